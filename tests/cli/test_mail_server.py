"""`factuurbode mailserver`: what was found, where, how to sign in; filled in only when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factuurbode.cli import main
from factuurbode.deliver.discovery import Found, Search, Source
from factuurbode.domain.model import Language
from factuurbode.domain.settings import Security, SignIn
from factuurbode.workbook.reader import read_ledger
from support.workbooks import small_book

Captured = pytest.CaptureFixture[str]
NOTHING = dict.fromkeys(
    ("mail.server", "mail.port", "mail.security", "mail.sign_in", "mail.user", "mail.sender", "mail.provider")
)
HOSTED = Found(Source.MX, "smtp.office365.com", 587, Security.STARTTLS, "x@y.test", SignIn.OAUTH, "Microsoft 365")
OWN = Found(Source.SRV, "smtp.bakkerij.test", 465, Security.TLS, "info@bakkerij.test")


def answers(monkeypatch: pytest.MonkeyPatch, search: Search) -> None:
    monkeypatch.setattr("factuurbode.cli.mail_server.find_mail_server", lambda _: search)


def test_a_known_provider_is_told_with_its_source_and_help_and_nothing_changes(
    tmp_path: Path, capsys: Captured
) -> None:
    book = small_book(tmp_path / "boek.xlsx")
    before = book.read_bytes()
    assert main(["--lang", "nl", "mailserver", str(book), "Jan@UPCmail.nl"]) == 0
    out = capsys.readouterr().out
    assert "smtp.ziggo.nl, poort 587, STARTTLS, aanmelden met wachtwoord, gebruiker Jan@upcmail.nl." in out
    assert "Bron: wat factuurbode van deze provider weet" in out
    assert "UPC heet nu Ziggo" in out
    assert "Zo meldt u zich aan bij Ziggo" in out
    assert "met --write wordt dit ingevuld" in out
    assert book.read_bytes() == before


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_write_fills_the_settings_in_the_words_of_the_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, language: Language
) -> None:
    book = small_book(tmp_path / "boek.xlsx", language=language, settings=NOTHING)
    answers(monkeypatch, Search("x@y.test", HOSTED))
    assert main(["mailserver", str(book), "x@y.test", "--write"]) == 0
    ledger = read_ledger(book)
    mail = ledger.settings.mail
    assert (mail.provider, mail.server, mail.port) == ("Microsoft 365", "smtp.office365.com", 587)
    assert (mail.security, mail.sign_in) == (Security.STARTTLS, SignIn.OAUTH)
    assert (mail.user, mail.sender) == ("x@y.test", "x@y.test")
    assert mail.per_minute == 30
    assert ledger.problems == ()


def test_who_the_baker_is_stays_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {**NOTHING, "mail.user": "eigen-naam", "mail.sender": "facturen@bakkerij.test", "mail.provider": "Gmail"}
    book = small_book(tmp_path / "boek.xlsx", settings=given)
    answers(monkeypatch, Search("info@bakkerij.test", OWN))
    assert main(["mailserver", str(book), "info@bakkerij.test", "--write"]) == 0
    mail = read_ledger(book).settings.mail
    assert (mail.user, mail.sender) == ("eigen-naam", "facturen@bakkerij.test")
    assert (mail.provider, mail.server, mail.daily_limit) == ("", "smtp.bakkerij.test", None)


def test_without_an_address_the_senders_is_meant(tmp_path: Path, capsys: Captured) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings={"mail.sender": "jan@kpnmail.nl"})
    assert main(["--lang", "en", "mailserver", str(book)]) == 0
    assert "smtp.kpnmail.nl" in capsys.readouterr().out


def test_a_server_of_another_name_is_told_to_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    answers(monkeypatch, Search("info@bakkerij.test", OWN, foreign=True))
    assert main(["--lang", "nl", "mailserver", str(small_book(tmp_path / "boek.xlsx")), "info@bakkerij.test"]) == 0
    assert "Let op: het domein van info@bakkerij.test wijst naar een server" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (Search("jan@niets.test"), "het domein maakt zelf geen mailserver bekend"),
        (Search("jan@niets.test", offline=True), "er is geen internet"),
        (Search("jan@odido.nl", unverified="Odido"), "is niet zeker welke mailserver geldt"),
    ],
)
def test_what_is_not_found_is_told_plainly_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, search: Search, said: str
) -> None:
    book = small_book(tmp_path / "boek.xlsx")
    before = book.read_bytes()
    answers(monkeypatch, search)
    assert main(["--lang", "nl", "mailserver", str(book), search.address, "--write"]) == 2
    err = " ".join(capsys.readouterr().err.split())
    assert said in err
    assert "Vraag uw provider of webhoster" in err
    assert book.read_bytes() == before


@pytest.mark.parametrize("typed", ["geen adres", "a@b.test; c@d.test", "jan@"])
def test_what_is_no_address_is_said_so(tmp_path: Path, capsys: Captured, typed: str) -> None:
    assert main(["--lang", "nl", "mailserver", str(small_book(tmp_path / "boek.xlsx")), typed]) == 2
    assert "is geen e-mailadres" in capsys.readouterr().err


def test_a_program_gets_the_facts(tmp_path: Path, capsys: Captured) -> None:
    book = small_book(tmp_path / "boek.xlsx")
    assert main(["mailserver", str(book), "jan@hotmail.nl", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "address": "jan@hotmail.nl",
        "former": "Hotmail",
        "foreign": False,
        "source": "own-table",
        "provider": "Outlook.com",
        "server": "smtp-mail.outlook.com",
        "port": 587,
        "security": "starttls",
        "sign_in": "oauth",
        "user": "jan@hotmail.nl",
    }


def test_a_workbook_that_is_open_is_not_written(tmp_path: Path, capsys: Captured) -> None:
    book = small_book(tmp_path / "boek.xlsx")
    book.with_name(f"~${book.name}").touch()
    assert main(["--lang", "nl", "mailserver", str(book), "jan@ziggo.nl", "--write"]) == 2
    assert "geopend" in capsys.readouterr().err
