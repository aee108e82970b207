"""A password in a cell goes to the keyring and leaves the workbook; where it cannot, that is told."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from factuurbode.cli import main
from support.keyrings import MemoryKeyring
from support.passwords import SECRET, as_excel_keeps_texts, password_beside_server, password_in_settings
from support.workbooks import small_book

Captured = pytest.CaptureFixture[str]
ACCOUNT = {"mail.server": "smtp.ziggo.nl", "mail.user": "bakker@ziggo.nl", "mail.sign_in": "password"}


def inside(book: Path, text: str = SECRET) -> bool:
    with zipfile.ZipFile(book) as package:
        return any(text.encode() in package.read(name) for name in package.namelist())


def test_a_password_is_moved_cleared_and_told_in_one_sentence(
    tmp_path: Path, passwords: MemoryKeyring, capsys: Captured
) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings=ACCOUNT)
    place = password_in_settings(book)
    as_excel_keeps_texts(book)
    main(["--lang", "nl", "check", str(book)])
    assert f"In {place} stond een wachtwoord. Het staat nu in de sleutelhanger" in capsys.readouterr().err
    assert passwords.kept == {("factuurbode:smtp.ziggo.nl", "bakker@ziggo.nl"): SECRET}
    assert not inside(book)
    main(["--lang", "nl", "check", str(book)])
    assert "wachtwoord" not in capsys.readouterr().err


def test_a_password_beside_a_mail_server_belongs_to_that_server(tmp_path: Path, passwords: MemoryKeyring) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings=ACCOUNT)
    password_beside_server(book, "smtp.kpnmail.nl")
    main(["check", str(book)])
    assert passwords.kept == {("factuurbode:smtp.kpnmail.nl", "bakker@ziggo.nl"): SECRET}
    assert not inside(book)


def test_a_program_still_gets_one_object(tmp_path: Path, passwords: MemoryKeyring, capsys: Captured) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings=ACCOUNT)
    password_in_settings(book)
    main(["check", str(book), "--json"])
    assert json.loads(capsys.readouterr().out)["results"]


def test_a_password_that_no_keyring_keeps_stays_and_that_is_told(tmp_path: Path, capsys: Captured) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings=ACCOUNT)
    place = password_in_settings(book)
    used = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    try:
        main(["--lang", "nl", "check", str(book)])
    finally:
        keyring.set_keyring(used)
    told = " ".join(capsys.readouterr().err.split())
    assert f"In {place} staat een wachtwoord dat iedereen kan lezen die de werkmap krijgt" in told
    assert "FACTUURBODE_SMTP_PASSWORD" in told
    assert SECRET not in told
    assert inside(book)


def test_a_password_of_nobody_stays_and_the_missing_setting_is_named(
    tmp_path: Path, passwords: MemoryKeyring, capsys: Captured
) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings={**ACCOUNT, "mail.user": None})
    password_in_settings(book)
    main(["--lang", "nl", "check", str(book)])
    assert "Gebruiker" in capsys.readouterr().err
    assert passwords.kept == {}
    assert inside(book)


def test_a_workbook_that_cannot_be_written_keeps_it_and_says_so(
    tmp_path: Path, passwords: MemoryKeyring, capsys: Captured
) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings=ACCOUNT)
    password_in_settings(book)
    book.with_name(f"~${book.name}").touch()
    main(["--lang", "nl", "check", str(book)])
    assert "kon daar niet weg" in " ".join(capsys.readouterr().err.split())
    assert inside(book)
