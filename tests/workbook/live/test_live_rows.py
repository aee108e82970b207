"""Rows into the open workbook when something is in the way, and what a person sees afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlwings

from factuurbode.domain.additions import Additions, NewRows, Removals, Rows
from factuurbode.errors import BookIncomplete, BookNotWritable, NoRoomBelow
from factuurbode.workbook.live import LiveBook, editing
from support.workbooks import small_book

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("excel")]

INVOICES = NewRows(
    ("number", "date", "customer"), [(f"2026-{number:04}", date(2026, 11, 6), "0001") for number in range(2, 9)]
)
LINES = NewRows(("invoice", "description"), [("2026-0002", "=1+1"), ("2026-0003", "007")])


@pytest.fixture
def book(tmp_path: Path) -> xlwings.Book:
    return xlwings.Book(str(small_book(tmp_path / "boek.xlsx")))


def test_what_stands_below_the_table_stays_and_nothing_is_written(book: xlwings.Book) -> None:
    before = LiveBook(book).read()
    book.sheets["Facturen"].range("C9").value = "meel bestellen"
    with pytest.raises(NoRoomBelow):
        LiveBook(book).add(Additions({Rows.LINES: LINES, Rows.INVOICES: INVOICES}), "run-1")
    after = LiveBook(book).read()
    assert after.invoices[0].lines == before.invoices[0].lines
    assert after.identity == before.identity


def test_when_excel_stops_halfway_the_new_rows_are_emptied(book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    before = LiveBook(book).read()
    grow = editing._grow
    done: list[object] = []

    def fails_at_the_second(*given: object) -> None:
        if done:
            raise RuntimeError("Excel is busy")
        done.append(given)
        grow(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(editing, "_grow", fails_at_the_second)
    with pytest.raises(BookNotWritable):
        LiveBook(book).add(Additions({Rows.INVOICES: INVOICES, Rows.LINES: LINES}), "run-1")
    after = LiveBook(book).read()
    assert (after.invoices, after.customers, after.identity) == (before.invoices, before.customers, before.identity)


def test_it_tells_how_many_of_how_many_rows_have_come_and_gone(book: xlwings.Book) -> None:
    live, told = LiveBook(book), list[tuple[int, int]]()
    lines = NewRows(LINES.keys, [(f"2026-{2 + place % 7:04}", f"brood {place}") for place in range(1_200)])
    with live.telling(lambda done, total: told.append((done, total))):
        live.add(Additions({Rows.INVOICES: INVOICES, Rows.LINES: lines}), "run-1")
    assert told == [(done, 1_207) for done in (7, 507, 1_007, 1_207)]
    assert [len(invoice.lines) for invoice in live.read().invoices[1:]] == [172, 172, 172, 171, 171, 171, 171]
    told.clear()
    gone = frozenset(str(row[0]) for row in INVOICES.rows)
    with live.telling(lambda done, total: told.append((done, total))):
        live.remove(Removals({Rows.INVOICES: gone, Rows.LINES: gone}), "run-2")
    assert told == [(7, 1_207), (1_207, 1_207)]
    live.add(Additions({Rows.INVOICES: INVOICES}), "run-3")
    assert len(told) == 2


def test_a_column_that_is_missing_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    import openpyxl

    path = small_book(tmp_path / "oud.xlsx")
    older = openpyxl.load_workbook(path)
    sheet = older["Klanten"]
    (place,) = [cell.column for cell in sheet[2] if cell.value == "Korting %"]
    sheet.cell(2, place).value = "Iets anders"
    older.save(path)
    book = LiveBook(xlwings.Book(str(path)))
    row = NewRows(("number", "name", "discount"), [("0009", "Nieuw", 5)])
    with pytest.raises(BookIncomplete, match="Korting"):
        book.add(Additions({Rows.CUSTOMERS: row}), "run-1")
    assert list(book.read().customers) == ["0001"]
    book.add(Additions({Rows.CUSTOMERS: NewRows(row.keys, [("0009", "Nieuw", 0)])}), "run-1")
    assert list(book.read().customers) == ["0001", "0009"]


def test_rows_apart_are_deleted_and_the_others_keep_their_formulas(book: xlwings.Book) -> None:
    live = LiveBook(book)
    live.add(Additions({Rows.INVOICES: INVOICES}), "run-1")
    live.remove(Removals({Rows.INVOICES: frozenset({"2026-0002", "2026-0004", "2026-0008"})}), "run-2")
    assert [one.number for one in live.read().invoices] == ["2026-0001", "2026-0003", *map("2026-000{}".format, "567")]
    sheet = book.sheets["Facturen"]
    assert all(str(sheet.range(f"N{row}").formula).startswith("=") for row in range(3, 8))
    assert sheet.range("N3").value == pytest.approx(27.25)
