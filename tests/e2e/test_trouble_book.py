"""Trouble with the workbook itself: one sentence, exit code 2, the file as it was, nothing sent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from filelock import FileLock

from factuurbode.convert.probe import installed
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.journal.journal import beside
from support.bakery import Bakery
from support.workbooks import LINE, small_book

pytestmark = pytest.mark.libreoffice
SAVE_AS = Path(__file__).parents[1] / "support" / "calc_save_as.py"


@pytest.fixture(scope="module")
def saved_by_calc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `old.xls` and `locked.xlsx` (with a password), both saved by LibreOffice Calc."""
    folder = tmp_path_factory.mktemp("calc")
    office = installed()
    order = {
        "book": small_book(folder / "boek.xlsx").as_uri(),
        "profile": (folder / "profile").as_uri(),
        "soffice": str(office.soffice),
        "xls": (folder / "old.xls").as_uri(),
        "encrypted": (folder / "locked.xlsx").as_uri(),
        "password": "geheim",
    }
    command = [str(office.python), "-s", "-B", str(SAVE_AS), json.dumps(order)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def changed(book: Path, change: Callable[[openpyxl.Workbook], object]) -> None:
    """The workbook after somebody's edit in a spreadsheet program."""
    workbook = openpyxl.load_workbook(book)
    change(workbook)
    workbook.save(book)


def without_column(workbook: openpyxl.Workbook) -> None:
    for row in workbook["Facturen"].iter_rows():
        for cell in row:
            if cell.value == "Factuurdatum":
                cell.value = "Ergens"


@pytest.mark.parametrize("command", ["check", "customer-copies", "status"])
def test_a_missing_sheet_is_named(bakery: Bakery, command: str) -> None:
    changed(bakery.book, lambda workbook: workbook.remove(workbook["Klanten"]))
    before = bakery.book.read_bytes()
    told = bakery.types(command)
    assert (told.code, bakery.mails) == (2, 0)
    assert "ontbreekt: Klanten." in told.words
    assert "Zet het werkblad of de kolom terug" in told.words
    assert bakery.book.read_bytes() == before


def test_a_missing_column_is_named_with_its_sheet(bakery: Bakery) -> None:
    changed(bakery.book, without_column)
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "Facturen › Factuurdatum" in told.words


@pytest.mark.parametrize(
    ("name", "says"),
    [("old.xls", "het is een oud .xls-bestand"), ("locked.xlsx", "het is met een wachtwoord beveiligd")],
)
def test_an_old_or_encrypted_workbook_is_refused_with_what_to_do(
    bakery: Bakery, saved_by_calc: Path, name: str, says: str
) -> None:
    bakery.book.write_bytes((saved_by_calc / name).read_bytes())
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert says in told.words
    assert "bewaar het als .xlsx-werkmap, zonder wachtwoord" in told.words


def test_protected_sheets_are_written_and_stay_protected(bakery: Bakery) -> None:
    def protect(workbook: openpyxl.Workbook) -> None:
        for sheet in workbook.worksheets:
            sheet.protection.set_password("geheim")
            sheet.protection.enable()

    changed(bakery.book, protect)
    assert bakery.sends().code == 0
    assert bakery.shown == {"2026-0001": {Channel.MAIL: State.SENT}}
    assert all(sheet.protection.sheet for sheet in openpyxl.load_workbook(bakery.book).worksheets)


def test_no_invoices_is_nothing_to_do(bakery: Bakery) -> None:
    bakery.opens(invoices=[], lines=[])
    told = bakery.sends()
    assert told.code == 0
    assert "Er is niets te verzenden." in told.words
    assert bakery.types("check").code == 0


@pytest.mark.parametrize("owner", ["~$ek.xlsx", ".~lock.boek.xlsx#"])
def test_open_in_excel_or_libreoffice_nothing_goes_out(bakery: Bakery, owner: str) -> None:
    bakery.book.with_name(owner).touch()
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "Sluit de werkmap in Excel of LibreOffice" in told.words


def test_a_lock_file_that_a_dead_run_left_behind_stops_nobody(bakery: Bakery) -> None:
    lock = bakery.book.with_name(".boek.factuurbode.lock")
    lock.touch()
    assert bakery.sends().code == 0
    with FileLock(lock):
        told = bakery.sends()
    assert told.code == 2
    assert "al een opdracht bezig" in told.words


def test_a_copy_and_yesterdays_backup_are_told_apart_and_send_nothing(bakery: Bakery) -> None:
    yesterday = bakery.book.read_bytes()
    assert bakery.sends().code == 0
    today = bakery.book.read_bytes()
    bakery.book.write_bytes(yesterday)
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 1)
    assert "is een kopie of een oudere versie" in told.words
    assert "reconcile WERKMAP --trust journal" in told.words
    bakery.book.write_bytes(today)
    beside(bakery.book).unlink()
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 1)
    assert "het journaal ernaast is weg" in told.words


def test_an_invoice_edited_after_it_was_sent_is_stopped_with_the_remedy(bakery: Bakery) -> None:
    bakery.sends()
    bakery.opens(lines=[{**LINE, "quantity": 11}])
    told = bakery.types("check")
    assert told.code == 0  # it has been delivered; nothing of it is blocked now
    assert "gewijzigd nadat de factuur was verzonden" in told.words
    told = bakery.types("customer-copies", "--invoices", "2026-0001", "--resend", "--reason", "kwijt")
    assert (told.code, bakery.mails) == (2, 1)
    assert "gewijzigd nadat de factuur was verzonden" in told.words


def test_a_workbook_that_is_not_there_or_a_folder(bakery: Bakery) -> None:
    bakery.book.unlink()
    told = bakery.types("check")
    assert told.code == 2
    assert "Er is geen werkmap" in told.words
    bakery.book.mkdir()
    told = bakery.types("check", language="en")
    assert told.code == 2
    assert "it is a folder" in told.words
