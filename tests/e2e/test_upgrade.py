"""A bakery that upgrades its workbook: nothing goes out twice, and the old workbook is no trap."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from factuurbode.cli import main
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.journal.journal import beside
from factuurbode.workbook.reader import read_ledger
from support.bakery import Bakery
from support.older_books import LATER_SETTINGS, older

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def old(bakery: Bakery) -> Bakery:
    """The bakery with a workbook of an earlier version."""
    older(bakery.book, settings=LATER_SETTINGS, sheets=["Import"])
    return bakery


def after(bakery: Bakery) -> Bakery:
    """The same bakery with its upgraded workbook."""
    return replace(bakery, book=bakery.book.with_name("boek (bijgewerkt).xlsx"))


def recorded(book: Path) -> dict[Channel, State]:
    return dict(read_ledger(book).invoices[0].recorded.states)


def test_it_says_what_is_missing_and_how_to_go_on(old: Bakery) -> None:
    before = old.book.read_bytes()
    told = old.types("upgrade")
    assert told.code == 0
    for words in (
        "In boek.xlsx ontbreekt wat latere versies",
        "• het blad Import",
        "bij Afdrukken: Lijst bij elke ronde",
        "bij Facturen maken: Bezorgkosten, ",
        "Dat staat nu in boek (bijgewerkt).xlsx",
        "Ga verder met boek (bijgewerkt).xlsx",
        "boek.xlsx blijft als uw kopie",
    ):
        assert words in told.words
    assert old.book.read_bytes() == before
    assert after(old).book.exists()
    again = after(old).types("upgrade")
    assert (again.code, "ontbreekt niets; er is niets geschreven" in again.words) == (0, True)


def test_in_english_too(old: Bakery) -> None:
    told = old.types("upgrade", language="en")
    assert "Go on with boek (bijgewerkt).xlsx" in told.words


def test_for_programs_there_is_one_object(old: Bakery) -> None:
    told = json.loads(old.types("upgrade", "--json").words)
    assert told["upgraded"] == str(after(old).book)
    assert told["added"]["sheets"] == ["Import"]
    assert {"group": "Afdrukken", "setting": "Lijst bij elke ronde"} in told["added"]["settings"]
    assert json.loads(after(old).types("upgrade", "--json").words)["upgraded"] is None


def test_a_current_workbook_is_left_as_it_is(bakery: Bakery) -> None:
    told = bakery.types("upgrade")
    assert (told.code, "ontbreekt niets" in told.words) == (0, True)
    assert not after(bakery).book.exists()


def test_what_went_out_of_the_old_one_does_not_go_out_of_the_new_one(old: Bakery) -> None:
    old.sends()
    assert old.mails == 1
    old.types("upgrade")
    new = after(old)
    assert beside(new.book) == beside(old.book)
    assert recorded(new.book) == {Channel.MAIL: State.SENT}
    assert new.sends().code == 0
    assert new.mails == 1


def test_the_old_one_is_refused_as_long_as_the_new_one_stands_beside_it(old: Bakery) -> None:
    old.types("upgrade")
    for command in (("customer-copies",), ("status",), ("check",), ("upgrade",), ("reconcile", "--trust", "workbook")):
        told = old.types(*command)
        assert told.code == 2
        assert "Ga verder met boek (bijgewerkt).xlsx" in told.words
    assert old.mails == 0
    assert after(old).sends().code == 0
    assert old.sends().code == 2
    assert old.mails == 1


def test_without_the_new_one_the_old_one_goes_on_and_sends_nothing_twice(old: Bakery) -> None:
    old.types("upgrade")
    after(old).sends()
    after(old).book.unlink()
    told = old.sends()
    assert told.code == 2  # the journal has gone further: a person chooses
    assert "reconcile" in told.words
    assert old.types("reconcile", "--trust", "journal").code == 0
    old.sends()
    assert old.mails == 1


def test_the_new_one_may_take_the_name_of_the_old_one(old: Bakery) -> None:
    old.sends()
    old.types("upgrade")
    old.book.rename(old.book.with_name("boek oud.xlsx"))
    after(old).book.rename(old.book)
    assert old.sends().code == 0
    assert old.mails == 1
    copy = replace(old, book=old.book.with_name("boek oud.xlsx"))
    assert copy.sends().code == 2
    assert copy.mails == 1


def test_a_second_upgrade_takes_the_place_of_the_first(old: Bakery) -> None:
    old.types("upgrade")
    first = after(old)
    older(first.book, settings=["printing.cover_list"])
    assert "boek (bijgewerkt 2).xlsx" in first.types("upgrade").words
    second = replace(old, book=old.book.with_name("boek (bijgewerkt 2).xlsx"))
    assert second.sends().code == 0
    assert (old.sends().code, first.sends().code) == (2, 2)
    assert old.mails == 1


def test_an_upgrade_that_is_hindered_leaves_the_way_free(old: Bakery) -> None:
    source = openpyxl.load_workbook(old.book)
    source["Instellingen"].protection.sheet = True
    source.save(old.book)
    told = old.types("upgrade")
    assert told.code == 2
    assert "beveiligd" in told.words
    assert not after(old).book.exists()
    assert old.sends().code == 0
    assert old.mails == 1


def test_a_second_upgrade_that_is_hindered_leaves_the_first_in_its_place(old: Bakery) -> None:
    old.types("upgrade")
    first = after(old)
    older(first.book, settings=["printing.cover_list"])
    source = openpyxl.load_workbook(first.book)
    source["Instellingen"].protection.sheet = True
    source.save(first.book)
    assert first.types("upgrade").code == 2
    assert (old.sends().code, first.sends().code) == (2, 0)
    assert old.mails == 1


def test_an_import_into_the_old_one_is_undone_in_the_new_one(old: Bakery) -> None:
    week = old.book.with_name("leveringen.csv")
    week.write_text(
        "Klantnr;Datum;Artikel;Omschrijving;Aantal;Prijs;Btw\n0001;06-10-2026;;Bolletje;12;0,50;9\n", encoding="utf-8"
    )
    assert old.types("import", str(week), "--yes").code == 0
    before = read_ledger(old.book)
    assert len(before.invoices) == 2
    old.types("upgrade")
    new = after(old)
    assert read_ledger(new.book).invoices == before.invoices
    told = main(["import", "undo", str(new.book), "--yes"])
    assert (told, [one.number for one in read_ledger(new.book).invoices]) == (0, ["2026-0001"])
    assert "Import" in openpyxl.load_workbook(new.book).sheetnames


def test_check_and_doctor_mention_it_and_nothing_is_wrong(old: Bakery) -> None:
    checked = old.types("check")
    assert (checked.code, "factuurbode upgrade WERKMAP" in checked.words) == (0, True)
    assert "factuurbode upgrade WERKMAP" in old.types("doctor").words
    old.types("upgrade")
    assert "factuurbode upgrade" not in after(old).types("check").words
    assert "Ga verder met boek (bijgewerkt).xlsx" in old.types("doctor").words


def test_an_open_workbook_is_not_upgraded(old: Bakery) -> None:
    old.book.with_name(".~lock.boek.xlsx#").touch()
    told = old.types("upgrade")
    assert (told.code, after(old).book.exists()) == (2, False)
    assert "geopend" in told.words
