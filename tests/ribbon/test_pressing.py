"""From a press to its end: every button, and the right words for whatever happens."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
import xlwings

from factuurbode.domain.numbering import next_number
from factuurbode.domain.settings import Numbering
from factuurbode.journal import Journal
from factuurbode.journal.journal import beside
from factuurbode.ribbon import commands
from factuurbode.ribbon.press import Press
from factuurbode.ribbon.pressing import pressed
from factuurbode.workbook.live import LiveBook
from factuurbode.workbook.reader import read_ledger
from support.excel_bakery import NUMBERS, ExcelBakery

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def stranger(bakery: ExcelBakery) -> xlwings.Book:
    """A workbook that is not one of ours."""
    bakery.closes()
    return xlwings.Book(impl=bakery.engine.app.books.add())


def test_another_workbook_gets_a_friendly_offer(
    bakery: ExcelBakery, stranger: xlwings.Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    bakery.engine.answers.extend(["ok", "ok"])
    pressed("customer_copies", stranger)
    assert "is geen werkmap van Factuurbode. Wilt u een nieuwe werkmap laten maken?" in bakery.said
    made = tmp_path / "Facturen.xlsx"
    assert read_ledger(made).invoices == ()
    assert bakery.engine.app.books.active.name == "Facturen.xlsx"


def test_a_new_workbook_never_takes_the_place_of_another(
    bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "Documents").mkdir()
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for _ in range(2):
        bakery.presses("new_workbook", "ok")
    bakery.presses("new_workbook", "cancel")
    made = sorted(path.name for path in (tmp_path / "Documents").glob("*.xlsx"))
    assert made == ["Facturen 2.xlsx", "Facturen.xlsx"]


def test_a_workbook_that_was_never_saved_is_to_be_saved_first(bakery: ExcelBakery, stranger: xlwings.Book) -> None:
    sheets = stranger.impl.document.Sheets
    for place, title in enumerate(("Facturen", "Instellingen")):
        sheets.insertNewByName(title, place)
    pressed("check", stranger)
    assert "is nog nooit opgeslagen. Sla haar eerst op" in bakery.said


def test_about_and_help_work_on_any_workbook(bakery: ExcelBakery, stranger: xlwings.Book) -> None:
    for command in ("about", "help"):
        pressed(command, stranger)
    (about,) = bakery.engine.alerts
    assert about.words.startswith("Factuurbode ")


def test_a_new_invoice_has_the_next_number_and_the_cursor_at_its_customer(bakery: ExcelBakery) -> None:
    bakery.presses("new_invoice")
    chosen = bakery.book.app.selection
    assert chosen is not None
    assert chosen.address == "$C$7:$C$7"
    year = datetime.now().astimezone().year
    expected = "2026-0005" if year == 2026 else f"{year}-0001"
    assert bakery.book.sheets["Facturen"].range("A7").value == expected


def test_settings_brings_one_to_the_sheet(bakery: ExcelBakery) -> None:
    bakery.presses("settings")
    assert bakery.book.impl.document.CurrentController.ActiveSheet.Name == "Instellingen"


def test_a_password_needs_an_account(bakery: ExcelBakery) -> None:
    assert "Gebruiker" in bakery.presses("password", "ok")


def test_a_new_invoice_never_gets_a_number_that_is_void(bakery: ExcelBakery) -> None:
    journal = Journal(beside(bakery.folder / "boek.xlsx"))
    journal.voids.record(journal.begin_run("void"), "2026-0005", "misdruk")
    journal.close()
    bakery.presses("new_invoice")
    number = [one.number for one in LiveBook(bakery.book).read().invoices][-1]
    assert number == next_number(Numbering(), [*NUMBERS, "2026-0005"], datetime.now().astimezone().year)


def test_help_and_about_and_import(bakery: ExcelBakery, tmp_path: Path) -> None:
    bakery.presses("help")
    (page,) = (tmp_path / "state" / "factuurbode").glob("help.nl.html")
    text = page.read_text(encoding="utf-8")
    assert "Opnieuw bezorgen" in text
    assert "data:image/png;base64," in text
    assert "Factuurbode" in bakery.presses("about", "ok")
    assert "factuurbode import" in bakery.presses("import_file", "ok")


def test_a_copy_of_the_workbook_asks_who_is_right_and_sends_nothing(bakery: ExcelBakery) -> None:
    yesterday = shutil.copy(bakery.folder / "boek.xlsx", bakery.folder / "gisteren")
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "ok", "ok")
    bakery.closes()
    shutil.copy(yesterday, bakery.folder / "boek.xlsx")
    bakery.engine.app.books.open(str(bakery.folder / "boek.xlsx"))
    assert "Wie heeft er gelijk?" in bakery.presses("customer_copies", "cancel")
    said = bakery.presses("customer_copies", "yes", "ok")
    assert "Werkmap en journaal horen weer bij elkaar." in said
    assert sorted(bakery.saved) == ["2026-0001", "2026-0002"]
    assert len(bakery.mailed) == 2


def test_a_mistake_in_the_program_is_one_sentence_and_a_file(
    bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def mistake(press: Press) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("factuurbode.ribbon.pressing.COMMANDS", {**commands.COMMANDS, "check": mistake})
    said = bakery.presses("check", "ok")
    (log,) = (tmp_path / "state" / "factuurbode").glob("*.txt")
    assert log.name in said
    assert "Traceback" not in said
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert bakery.engine.statuses[-1] is False


def test_a_protected_sheet_is_told_before_anything_goes_out(bakery: ExcelBakery) -> None:
    bakery.book.impl.document.Sheets.getByName("Instellingen").protect("")
    bakery.selects("A3:A4")
    said = bakery.presses("customer_copies", "ok")
    assert "Is een blad beveiligd, hef de beveiliging op" in said
    assert bakery.mailed == []
