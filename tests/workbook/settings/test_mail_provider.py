"""Choosing a provider fills the mail settings, under its old name too (R14)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from factuurbode.domain.mail_providers import PROVIDERS, UNVERIFIED, provider_named
from factuurbode.domain.model import Language
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.texts import problem_sentence, texts_in
from factuurbode.workbook.reader import read_ledger
from support.workbooks import small_book

NO_SERVER = {"mail.server": None, "mail.port": None, "mail.security": None, "mail.sign_in": None}


def mail_of(tmp_path: Path, provider: str, language: Language = Language.NL) -> tuple[Mail, list[tuple[str, str]]]:
    book = small_book(tmp_path / "book.xlsx", language=language, settings={**NO_SERVER, "mail.provider": provider})
    ledger = read_ledger(book)
    texts = texts_in(language)
    return ledger.settings.mail, [(one.code, problem_sentence(texts, one)) for one in ledger.problems]


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.name)
def test_every_provider_of_the_sheet_fills_server_port_security_and_sign_in(tmp_path: Path, provider: object) -> None:
    known = next(one for one in PROVIDERS if one is provider)
    mail, problems = mail_of(tmp_path, known.name)
    assert (mail.server, mail.port, mail.security, mail.sign_in, mail.daily_limit, mail.per_minute) == (
        known.server,
        known.port,
        known.security,
        known.sign_in,
        known.daily_limit,
        known.per_minute,
    )
    assert problems == []


@pytest.mark.parametrize(
    ("old", "now", "server"),
    [
        *((name, "Ziggo", "smtp.ziggo.nl") for name in ("UPC", "chello", "home.nl", "casema", "Quicknet")),
        *((name, "KPN", "smtp.kpnmail.nl") for name in ("Telfort", "Planet", "XS4ALL", "het net", "hetnet", "TISCALI")),
        ("Hotmail", "Outlook.com", "smtp-mail.outlook.com"),
    ],
)
def test_an_old_name_leads_to_where_it_lives_now_and_says_so(tmp_path: Path, old: str, now: str, server: str) -> None:
    mail, problems = mail_of(tmp_path, old)
    assert mail.server == server
    [(code, sentence)] = problems
    assert code == "provider_moved"
    assert f"“{old}” heet nu {now};" in sentence


def test_an_old_name_takes_the_row_that_the_baker_changed(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx", settings={**NO_SERVER, "mail.provider": "Telfort"})
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Mailservers"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "KPN")
    sheet[f"B{row}"], sheet[f"C{row}"] = "smtp.eigen.test", 2525
    workbook.save(book)
    mail = read_ledger(book).settings.mail
    assert (mail.server, mail.port) == ("smtp.eigen.test", 2525)


def test_a_provider_that_was_taken_from_the_sheet_is_still_known(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx", settings={**NO_SERVER, "mail.provider": "Ziggo"})
    workbook = openpyxl.load_workbook(book)
    del workbook["Mailservers"]
    workbook.save(book)
    mail = read_ledger(book).settings.mail
    assert (mail.server, mail.security, mail.sign_in) == ("smtp.ziggo.nl", Security.STARTTLS, SignIn.PASSWORD)


@pytest.mark.parametrize("provider", UNVERIFIED)
def test_a_provider_that_nobody_could_verify_is_not_guessed(tmp_path: Path, provider: str) -> None:
    mail, problems = mail_of(tmp_path, provider, Language.EN)
    assert mail.server == ""
    [(code, sentence)] = problems
    assert code == "provider_unverified"
    assert "factuurbode mailserver" in sentence


def test_who_filled_in_a_server_is_not_bothered(tmp_path: Path) -> None:
    for provider in ("Odido", "UPC"):
        book = small_book(tmp_path / "book.xlsx", settings={"mail.server": "smtp.x.test", "mail.provider": provider})
        assert read_ledger(book).problems == ()


def test_no_name_means_two_things() -> None:
    names = [one.name for one in PROVIDERS]
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in UNVERIFIED if provider_named(name)]
