"""What all tests share: no skipped real parts in CI, and a fixed computer around them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from factuurbode import bootstrap

settings.register_profile("any-computer", deadline=None)  # how long an example takes is the computer's affair
settings.load_profile("any-computer")

REAL_PARTS = ("libreoffice", "smtp_tls", "cups", "screen", "secret_service")


_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class _RealParts:
    """With FACTUURBODE_NO_SKIPS set, a run in which a real part was skipped, or never met, has failed."""

    def __init__(self) -> None:
        self.met: set[str] = set()
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        parts = [part for part in REAL_PARTS if part in report.keywords]
        if report.when == "call" and report.passed:
            self.met.update(parts)
        if report.skipped and parts and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        missed = [part for part in REAL_PARTS if part not in self.met]
        if self.skipped or missed:
            reporter = session.config.pluginmanager.get_plugin("terminalreporter")
            if reporter is not None:
                reporter.write_line(f"real parts not tested: {missed}, skipped: {self.skipped}", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config: pytest.Config) -> None:
    among_others = "PYTEST_XDIST_WORKER" in os.environ  # only the process that hears of all tests can judge
    if os.environ.get("FACTUURBODE_NO_SKIPS") and not among_others:
        config.pluginmanager.register(_RealParts(), "real-parts")


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
            timeout=120,
        )
        return folder / book.name

    return save_again
