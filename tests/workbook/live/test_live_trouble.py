"""The open workbook when Excel or the person gets in the way: always a sentence, and Excel left as it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlwings

from factuurbode.domain.model import Channel, Language, Place
from factuurbode.domain.states import State
from factuurbode.errors import BookInCloud, BookIncomplete, BookNotSaved, BookNotWritable
from factuurbode.ports import LogRow, Outcome, StatusRow
from factuurbode.texts import error_sentence, texts_in
from factuurbode.workbook.cells import ExcelError
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.live import LiveBook
from factuurbode.workbook.live.excel import seen_stretches
from factuurbode.workbook.live.new_invoice import new_invoice
from factuurbode.workbook.live.pages import LivePages
from factuurbode.workbook.live.selection import go_to, selected
from support.calc_engine.office import uno_module
from support.workbooks import INVOICE, small_book

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("excel")]

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
SENT = Outcome(Channel.MAIL, State.SENT, "outcome.mail_sent", recipients=("a@x.example",))
NUMBERS = [f"2026-000{number}" for number in range(1, 9)]


@pytest.fixture
def book(tmp_path: Path) -> xlwings.Book:
    """An open workbook with eight invoices."""
    path = small_book(tmp_path / "boek.xlsx", invoices=[{**INVOICE, "number": number} for number in NUMBERS])
    return xlwings.Book(str(path))


def first_row(book: xlwings.Book) -> int:
    """The row of the first invoice."""
    column = book.sheets["Facturen"].range("A1:A60").value
    return 1 + int(column.index("2026-0001"))


def write(book: xlwings.Book) -> None:
    """What a run does."""
    LiveBook(book).write([StatusRow("2026-0001", (SENT,), NOW)], [LogRow(NOW, "r", "2026-0001", SENT)], "r")


# --- reading ---
def test_an_edit_that_is_not_saved_counts(book: xlwings.Book) -> None:
    sheet = book.sheets["Facturen"]
    sheet.range(f"A{first_row(book)}").value = "'2026-0099"
    assert LiveBook(book).read().invoices[0].number == "2026-0099"
    assert ClosedBook(LiveBook(book).path).read().invoices[0].number == "2026-0001"


def test_an_error_in_a_cell_is_an_error(book: xlwings.Book) -> None:
    sheet = book.sheets["Artikelen"]
    sheet.range("Z9").value = "=1/0"
    assert LivePages(book, LiveBook(book).path).rows(sheet.name)[8][25] == ExcelError("#DIV/0!")


def test_of_two_open_workbooks_with_equal_sheets_each_keeps_its_own(book: xlwings.Book, tmp_path: Path) -> None:
    other = xlwings.Book(str(small_book(tmp_path / "ander.xlsx", invoices=[{**INVOICE, "number": "0001"}])))
    write(book)
    assert LiveBook(other).read().identity.last_run == ""
    assert [invoice.number for invoice in LiveBook(other).read().invoices] == ["0001"]
    other.activate()
    assert selected(book).numbers == ()


# --- in the way ---
@pytest.mark.parametrize("title", ["Facturen", "Logboek", "Instellingen"])
def test_a_protected_sheet_is_noticed_before_anything_is_written(book: xlwings.Book, title: str) -> None:
    before = LiveBook(book).read()
    book.sheets[title].api.protect("")
    with pytest.raises(BookNotWritable):
        LiveBook(book).ensure_writable()
    assert LiveBook(book).read() == before


def test_asking_whether_it_can_be_written_changes_nothing(book: xlwings.Book) -> None:
    write(book)
    before = LiveBook(book).read()
    LiveBook(book).ensure_writable()
    assert LiveBook(book).read() == before


def test_a_workbook_that_was_closed_meanwhile_is_a_plain_error(book: xlwings.Book) -> None:
    known = LiveBook(book)
    known.read()
    book.close()
    for live in (known, LiveBook(book)):
        for act in (live.read, live.ensure_writable, live.save):
            with pytest.raises(BookNotWritable):
                act()
        with pytest.raises(BookNotWritable):
            live.write([], [], "r")
    with pytest.raises(BookNotWritable):
        go_to(book, Place("Facturen", "A1"))
    with pytest.raises(BookNotWritable):
        selected(book)


def test_a_workbook_that_was_never_saved_must_be_saved_first() -> None:
    new = xlwings.books.add()
    with pytest.raises(BookNotSaved):
        _ = LiveBook(new).path


def test_another_workbook_is_not_ours(tmp_path: Path) -> None:
    new = xlwings.books.add()
    new.save(tmp_path / "leeg.xlsx")
    with pytest.raises(BookIncomplete):
        LiveBook(xlwings.Book(str(tmp_path / "leeg.xlsx"))).read()


def test_excel_is_left_as_it_was_also_after_an_error(book: xlwings.Book) -> None:
    app = book.app
    app.screen_updating, app.enable_events = True, False
    write(book)
    assert (app.screen_updating, app.enable_events) == (True, False)
    book.sheets["Logboek"].api.protect("")
    with pytest.raises(BookNotWritable):
        write(book)
    assert (app.screen_updating, app.enable_events) == (True, False)
    app.enable_events = True


def test_the_link_of_one_invoice_stands_at_that_invoice_only(book: xlwings.Book) -> None:
    pdf = LiveBook(book).path.parent / "facturen" / "2026-0002.pdf"
    LiveBook(book).write([StatusRow("2026-0002", (SENT,), NOW, pdf)], [], "r")
    shown = [cell for row in book.sheets["Facturen"].used_range.value for cell in row]
    assert shown.count("2026-0002.pdf") == 1
    assert book.app.api.AutoCorrect.AutoFillFormulasInLists


# --- what is selected ---
def select(book: xlwings.Book, *areas: str) -> None:
    """Select areas as a person does with Ctrl."""
    document = book.impl.document
    sheet = document.Sheets.getByName("Facturen")
    document.CurrentController.setActiveSheet(sheet)
    ranges = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    for area in areas:
        ranges.addRangeAddress(sheet.getCellRangeByName(area).RangeAddress, False)
    document.CurrentController.select(ranges)


def test_several_areas_without_their_hidden_rows_are_selected(book: xlwings.Book) -> None:
    top = first_row(book)
    select(book, f"C{top + 5}:D{top + 6}", f"A{top}:B{top + 3}", f"C{top}:C{top}")
    assert selected(book).numbers == tuple(NUMBERS[index] for index in (0, 1, 2, 3, 5, 6))
    book.sheets["Facturen"].api.Rows.getByIndex(top).IsVisible = False  # the second invoice
    assert selected(book).numbers == tuple(NUMBERS[index] for index in (0, 2, 3, 5, 6))


def test_rows_that_a_filter_hides_are_not_selected_but_are_written(book: xlwings.Book) -> None:
    top = first_row(book)
    field = uno_module().createUnoStruct("com.sun.star.sheet.TableFilterField")
    field.Operator = uno_module().Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
    field.StringValue = "2026-0003"  # in the first column
    table = next(iter(book.sheets["Facturen"].tables)).api
    table.getFilterDescriptor().setFilterFields((field,))
    table.refresh()
    book.sheets["Facturen"].activate()
    book.sheets["Facturen"].range(f"A{top}:G{top + 7}").select()
    assert selected(book).numbers == ("2026-0003",)
    LiveBook(book).write([StatusRow(number, (SENT,), NOW) for number in NUMBERS], [], "r")
    assert all(invoice.recorded.states for invoice in LiveBook(book).read().invoices)


def test_the_rows_of_a_stretch_that_can_be_seen_are_found_by_their_height(book: xlwings.Book) -> None:
    sheet = book.sheets["Facturen"]
    for index in (2, 3, 7, 11):
        sheet.api.Rows.getByIndex(index).IsVisible = False
    seen = [range(area.row, area.last_cell.row + 1) for area in seen_stretches(sheet.range("B1:C12"))]
    assert [row for rows in seen for row in rows] == [1, 2, 5, 6, 7, 9, 10, 11]


def test_headings_and_empty_rows_are_no_invoices(book: xlwings.Book) -> None:
    top = first_row(book)
    select(book, f"A{top - 1}:A{top - 1}", f"A{top + 20}:B{top + 30}")
    assert selected(book).numbers == ()


def test_a_selection_on_another_sheet_is_none(book: xlwings.Book) -> None:
    go_to(book, Place("Klanten", "A5"))
    assert selected(book).numbers == ()
    go_to(book, Place("Facturen", f"C{first_row(book)}"))
    assert selected(book).numbers == ("2026-0001",)


# --- a new invoice ---
def test_a_new_invoice_follows_the_last_one_and_waits_at_its_customer(book: xlwings.Book) -> None:
    assert new_invoice(book, date(2026, 11, 2)) == "2026-0009"
    added = LiveBook(book).read().invoices[-1]
    assert (added.number, added.issued) == ("2026-0009", date(2026, 11, 2))
    chosen = book.app.selection
    assert chosen is not None
    assert chosen.shape == (1, 1)
    chosen.value = "'0001"
    assert LiveBook(book).read().invoices[-1].customer_number == "0001"


def test_formulas_of_a_new_invoice_continue_below_values_and_no_link_comes_along(book: xlwings.Book) -> None:
    sheet = book.sheets["Facturen"]
    last = 2 + len(LiveBook(book).read().invoices)
    for cell in (f"L{last}", f"M{last}", f"N{last}"):
        sheet.range(cell).value = 7.0
    sheet.range(f"L{last + 1}:N{last + 1}").value = [[None] * 3]
    sheet.range(f"T{last + 1}").value = '=HYPERLINK("a.pdf","a.pdf")'
    new_invoice(book, date(2026, 11, 2))
    assert str(sheet.range(f"L{last}").formula) == "7"
    assert all(str(sheet.range(f"{one}{last + 1}").formula).startswith("=") for one in "LMN")
    assert str(sheet.range(f"T{last + 1}").formula) == ""


def test_formulas_beside_the_log_continue_in_its_new_rows(book: xlwings.Book) -> None:
    log = book.sheets["Logboek"]
    table = log.tables[0]
    first, last = table.range.row + 1, table.range.last_cell.row
    log.range((first - 1, 8)).value = "Dag"
    table.resize(log.range((first - 1, 1), (last, 8)))
    log.range((first, 8)).value = f"=B{first}&1"
    rows = [LogRow(NOW, f"ronde-{number}", "2026-0002", SENT) for number in range(4)]
    LiveBook(book).write([], rows, "r")
    assert [log.range((first + number, 8)).value for number in range(4)] == [f"ronde-{number}1" for number in range(4)]


def test_a_new_year_begins_a_new_series(book: xlwings.Book) -> None:
    assert new_invoice(book, date(2027, 1, 2)) == "2027-0001"


# --- the first word comes at once ---
@pytest.mark.parametrize("module", ["factuurbode.workbook.live", "factuurbode.workbook.live.excel"])
def test_pandas_and_other_heavy_packages_stay_out(tmp_path: Path, module: str) -> None:
    for name in ("pandas", "numpy", "matplotlib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('too slow')", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import {module}; "
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'docxtpl'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (told.stdout.strip(), told.stderr) == ("[]", "")


class _InTheCloud:
    """A workbook of which Excel gives only an address; xlwings looks for the local copy, as on Windows."""

    name = "boek.xlsx"

    def __init__(self, found: str | None) -> None:
        self._found = found

    @property
    def fullname(self) -> str:
        if self._found is None:
            raise xlwings.XlwingsError("Couldn't find the local OneDrive for Business location")
        return self._found


def test_a_workbook_in_the_cloud_is_taken_where_it_is_kept_on_this_computer(tmp_path: Path) -> None:
    local = tmp_path / "OneDrive - Bakkerij" / "boek.xlsx"
    assert LiveBook(_InTheCloud(str(local))).path == local  # type: ignore[arg-type]


@pytest.mark.parametrize("found", [None, "https://bakkerij.sharepoint.example/Documenten/boek.xlsx"])
def test_a_workbook_that_is_only_in_the_cloud_is_refused_plainly(found: str | None) -> None:
    with pytest.raises(BookInCloud) as refused:
        LiveBook(_InTheCloud(found)).path  # type: ignore[arg-type]  # noqa: B018
    assert "OneDrive" in error_sentence(texts_in(Language.NL), refused.value)
