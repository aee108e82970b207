"""A pytest plug-in: where FACTUURBODE_NO_SKIPS is set, a run in which a real part was left out has failed."""

from __future__ import annotations

import os

import pytest

REAL_PARTS = (
    "browser",
    "cups",
    "libreoffice",
    "mail_host",
    "nsis",
    "screen",
    "secret_service",
    "smtp_tls",
)
"""The markers of tests that need a program, a server or a screen: all markers of pyproject.toml."""

OF_THE_SYSTEM = ("root may write everywhere", "no such terminal", "this user may not mount a disk")
"""Reasons to skip a test that no installation takes away: what system this is, and as whom the tests run."""


class _RealParts:
    """Fails a run in which a real part was skipped, or never met, or that skips for a part that no marker names."""

    def __init__(self) -> None:
        self.met: set[str] = set()
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        parts = [part for part in REAL_PARTS if part in report.keywords]
        if report.when == "call" and report.passed:
            self.met.update(parts)
        if report.skipped and not hasattr(report, "wasxfail") and (parts or not _is_of_the_system(report)):
            self.skipped.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        missed = [part for part in REAL_PARTS if part not in self.met]
        if self.skipped or missed:
            reporter = session.config.pluginmanager.get_plugin("terminalreporter")
            if reporter is not None:
                reporter.write_line(f"real parts not tested: {missed}, skipped: {self.skipped}", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_of_the_system(report: pytest.TestReport) -> bool:
    reason = report.longrepr[2] if isinstance(report.longrepr, (tuple, list)) else ""
    return str(reason).removeprefix("Skipped: ") in OF_THE_SYSTEM


def pytest_configure(config: pytest.Config) -> None:
    """Judge the whole run; among several processes only the one that hears of all tests can."""
    among_others = "PYTEST_XDIST_WORKER" in os.environ
    if os.environ.get("FACTUURBODE_NO_SKIPS") and not among_others:
        config.pluginmanager.register(_RealParts(), "real-parts")
