"""A dry run and a look at an invoice leave nothing but what they show."""

from __future__ import annotations

import pytest

from support.bakery import Bakery
from support.passwords import SECRET, password_in_settings
from support.workbooks import INVOICE, LINE


def beside(bakery: Bakery) -> list[str]:
    """The files in the bakery's folder, without the workbook."""
    folder = bakery.book.parent
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path != bakery.book)
    return sorted(path.as_posix() for path in files)


PDF, MAIL = "facturen/proef/Factuur 2026-0001 Café De Proef.pdf", "facturen/proef/Factuur 2026-0001 Café De Proef.eml"


@pytest.mark.libreoffice
def test_a_dry_run_leaves_its_folder_and_nothing_else(bakery: Bakery) -> None:
    before = bakery.book.read_bytes()
    assert bakery.types("customer-copies", "--dry-run").code == 0
    assert beside(bakery) == [MAIL, PDF]
    assert bakery.book.read_bytes() == before


@pytest.mark.libreoffice
def test_a_second_dry_run_takes_the_place_of_the_first(bakery: Bakery) -> None:
    bakery.types("customer-copies", "--dry-run")
    mail = (bakery.book.parent / MAIL).read_bytes()
    bakery.opens(lines=[{**LINE, "quantity": 11}])
    bakery.types("customer-copies", "--dry-run")
    assert beside(bakery) == [MAIL, PDF]
    assert (bakery.book.parent / MAIL).read_bytes() != mail


@pytest.mark.libreoffice
def test_a_password_in_a_cell_stays_there_until_something_is_done(bakery: Bakery) -> None:
    password_in_settings(bakery.book, "Wachtwoord", SECRET)
    before = bakery.book.read_bytes()
    bakery.types("customer-copies", "--dry-run")
    assert bakery.book.read_bytes() == before


@pytest.mark.libreoffice
def test_a_dry_run_knows_what_has_been_sent(bakery: Bakery) -> None:
    bakery.sends()
    kept = bakery.book.with_name("boek.factuurbode.db").read_bytes()
    told = bakery.types("customer-copies", "--dry-run", "--invoices", "2026-0001")
    assert bakery.book.with_name("boek.factuurbode.db").read_bytes() == kept
    assert "Al verzonden op" in told.words
    assert bakery.mails == 1


@pytest.mark.libreoffice
def test_an_invoice_that_is_asked_for_again_says_when_it_went(bakery: Bakery) -> None:
    bakery.sends()
    told = bakery.types("customer-copies", "--invoices", "2026-0001")
    assert told.code == 0
    assert "Al verzonden op" in told.words
    assert told.words.endswith("1 al eerder bezorgd")
    assert "Already sent on 20" in bakery.types("customer-copies", "--invoices", "2026-0001", language="en").words


def test_an_invoice_that_only_its_row_says_was_sent_is_not_sent_again(bakery: Bakery) -> None:
    bakery.opens(invoices=[{**INVOICE, "status": "Verzonden", "channel": "E-mail"}])
    told = bakery.types("customer-copies", "--invoices", "2026-0001")
    assert (told.code, bakery.mails) == (0, 0)
    assert "Al eerder bezorgd. 1 al eerder bezorgd" in told.words


def test_a_new_workbook_is_not_ready_and_each_setting_is_told_once(bakery: Bakery) -> None:
    bare = dict.fromkeys(("company.name", "company.kvk", "company.vat_number", "mail.server"), "")
    bakery.settings = bare
    bakery.opens(customers=[], invoices=[], lines=[])
    told = bakery.types("check")
    assert told.code == 1
    assert told.words.count("●") == 4
    assert "niets aan te merken" not in told.words


def test_a_setting_that_keeps_every_invoice_in_is_told_once(bakery: Bakery) -> None:
    bakery.settings = {"company.kvk": ""}
    numbers = ["2026-0001", "2026-0002", "2026-0003"]
    bakery.opens(
        invoices=[{**INVOICE, "number": number} for number in numbers],
        lines=[{**LINE, "invoice": number} for number in numbers],
    )
    told = bakery.types("check")
    assert (told.code, told.words.count("KvK")) == (1, 1)
