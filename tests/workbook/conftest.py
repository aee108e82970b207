"""LibreOffice Calc for tests that need a second opinion on a workbook."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_FORMULA_VALUE = re.compile(rb"(</f>)<v>[^<]*</v>|(</f>)<v/>")


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
            timeout=120,
        )
        return folder / book.name

    return save_again


@pytest.fixture
def without_values(tmp_path: Path) -> Callable[[Path], Path]:
    """A copy of a workbook whose formulas have lost their values, so that only a calculation can bring them back."""

    def strip(book: Path) -> Path:
        bare = tmp_path / f"bare-{book.name}"
        with zipfile.ZipFile(book) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name.startswith("xl/worksheets/sheet"):
                    data = _FORMULA_VALUE.sub(lambda match: match[1] or match[2], data)
                target.writestr(name, data)
        return bare

    return strip
