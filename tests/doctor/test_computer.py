"""What the doctor says of a computer, on the real one and with parts taken away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backend
import pytest

from factuurbode.cli.doctor import sentence
from factuurbode.convert import room
from factuurbode.doctor import Finding, Standing, examine_computer
from factuurbode.doctor.computer import converter, fonts, program, temporary_files
from factuurbode.doctor.computer import keyring as passwords
from factuurbode.doctor.computer import printers as known
from factuurbode.domain.model import Language
from factuurbode.texts import texts_in
from support.printserver import PrintServer, print_server


@pytest.fixture(scope="module")
def printer() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


class Safe(keyring.backend.KeyringBackend):
    """A keyring that keeps passwords."""

    priority = 5

    def __init__(self) -> None: ...

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("the doctor looks, and opens nothing", service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError(service, username)


class Unsafe(Safe):
    """One that the library itself would not choose."""

    priority = 0


@pytest.fixture
def with_keyring() -> Iterator[Callable[[keyring.backend.KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def said(finding: Finding, language: Language = Language.EN) -> str:
    return sentence(finding, texts_in(language))


def test_the_program_tells_its_version_and_what_it_runs_on() -> None:
    assert said(program()).startswith("factuurbode 0.")


@pytest.mark.libreoffice
def test_libreoffice_is_told_with_its_version_and_the_python_that_drives_it() -> None:
    found = converter()
    assert found.standing is Standing.FINE
    assert str(found.facts["version"]).count(".") >= 2
    assert "python" in str(found.facts["python"])


def test_word_is_told_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factuurbode.doctor.computer.word_is_installed", lambda: True)
    assert converter().code == "converter_word"


def test_without_a_converter_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factuurbode.convert.probe._PROGRAM_FOLDERS", ())
    monkeypatch.setenv("PATH", "")
    found = converter()
    assert (found.standing, found.code) == (Standing.MISSING, "converter_missing")
    assert said(found).endswith("Install LibreOffice (Writer).")


def test_a_program_that_tells_no_version_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from factuurbode.convert.probe import Installation

    silent = tmp_path / "soffice.bin"
    silent.write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setattr("factuurbode.doctor.computer.installed", lambda: Installation(silent, Path("python3")))
    assert converter().facts["version"] == "?"
    silent.chmod(0o755)
    assert converter().facts["version"] == "?"


def test_a_font_of_the_right_widths_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    for names, standing in ((["carlito", "dejavu sans"], Standing.FINE), (["dejavu sans"], Standing.MISSING)):
        monkeypatch.setattr("factuurbode.doctor.computer._font_names", lambda names=names: names)
        assert fonts().standing is standing
    assert "fonts-crosextra-carlito" in said(fonts())


def test_without_a_way_to_see_fonts_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert fonts().code == "fonts_unknown"


def test_on_windows_and_macos_fonts_are_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("factuurbode.doctor.computer._FONT_FOLDERS", {"linux": (tmp_path, tmp_path / "weg")})
    assert fonts().standing is Standing.MISSING
    (tmp_path / "Calibri.ttf").touch()
    assert fonts().facts == {"found": "Calibri"}


@pytest.mark.cups
def test_printers_are_told_with_the_default(printer: PrintServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", printer.server)
    assert said(known()) == "Known: Winkel. Without a choice: Winkel."
    printer.run("lpadmin", "-x", "Winkel")
    assert known().code == "printers_none"
    printer.add_queue("Winkel")
    assert said(known()) in ("Known: Winkel. There is no default printer.", "Known: Winkel. Without a choice: Winkel.")


def test_without_a_print_service_it_says_what_to_do_for_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = known()
    assert found.standing is Standing.NOTE
    assert "If you want to print" in said(found)


def test_a_keyring_is_told_by_its_name_and_not_opened(
    with_keyring: Callable[[keyring.backend.KeyringBackend], None],
) -> None:
    with_keyring(Safe())
    assert passwords().standing is Standing.FINE
    assert "Safe" in said(passwords())
    with_keyring(Unsafe())
    assert passwords().standing is Standing.NOTE
    assert "FACTUURBODE_SMTP_PASSWORD" in said(passwords())


def test_a_message_bus_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = threading.Event()
    monkeypatch.setattr("factuurbode.doctor.computer._SECONDS", 0.2)
    monkeypatch.setattr(keyring, "get_keyring", lambda: nobody.wait(60))
    found = passwords()
    nobody.set()
    assert found.standing is Standing.MISSING
    assert "does not answer" in said(found)


def test_a_password_in_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTUURBODE_SMTP_PASSWORD", "zeer geheim")
    assert passwords().code == "keyring_variable"
    assert "zeer geheim" not in said(passwords())


def test_room_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert temporary_files().standing is Standing.FINE
    monkeypatch.setattr(room, "NEEDED", 2**60)
    assert "no space left" in said(temporary_files())


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_everything_has_its_words(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = texts_in(language)
    for finding in examine_computer():
        assert sentence(finding, texts)
        assert texts(f"doctor_check.{finding.check}")
