"""Finding LibreOffice and a Python that can talk to it, or saying plainly that there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from factuurbode.convert import probe
from factuurbode.errors import ConverterMissing


@pytest.mark.libreoffice
def test_what_is_found_can_be_run() -> None:
    found = probe.installed()

    assert found.soffice.name in ("soffice.bin", "soffice")
    assert probe.imports_uno(found.python)


def test_a_python_without_the_bridge_is_seen(tmp_path: Path) -> None:
    assert not probe.imports_uno(tmp_path / "no python")
    assert not probe.imports_uno(Path("/bin/false"))


def test_our_own_packages_do_not_reach_the_other_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)

    assert not {"PYTHONPATH", "VIRTUAL_ENV"} & probe.environment().keys()


def test_without_libreoffice_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(probe, "_PROGRAM_FOLDERS", ())

    with pytest.raises(ConverterMissing, match="soffice"):
        probe.installed()


def test_without_the_bridge_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice.bin"
    program.touch(0o755)
    monkeypatch.setattr(probe, "_PROGRAM_FOLDERS", (str(tmp_path),))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(probe, "imports_uno", lambda _: False)

    with pytest.raises(ConverterMissing, match="python3-uno"):
        probe.installed()
