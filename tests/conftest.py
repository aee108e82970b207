"""What all tests share: no skipped real parts in CI, and a fixed computer around them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from factuurbode import bootstrap

settings.register_profile("any-computer", deadline=None)  # how long an example takes is the computer's affair
settings.load_profile("any-computer")

pytest_plugins = ["support.real_parts"]

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(autouse=True)
def a_quiet_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language, password or printer of the computer that runs the tests gets in."""
    for name in ("FACTUURBODE_LANG", "FACTUURBODE_SMTP_PASSWORD", "CUPS_SERVER", "DISPLAY", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setattr(bootstrap, "PAUSES", ())  # nobody waits for a busy mail server; its own tests do


@pytest.fixture(scope="session")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Opens a workbook in LibreOffice, calculates everything anew, and saves it as .xlsx: returns that file."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("calc-profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")

    def save_again(book: Path) -> Path:
        folder = tmp_path_factory.mktemp("calc")
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
                *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(book)),
            ],
            check=True,
            capture_output=True,
        )
        return folder / book.name

    return save_again
