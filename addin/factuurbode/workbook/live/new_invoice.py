"""A new invoice in the open workbook: the next number, its row prepared, the cursor at its customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import xlwings

from ...domain.model import Place
from ...domain.numbering import next_number
from ...errors import NumberingUnclear
from ..columns import INVOICES, Filled
from ..layout import SheetLayout, find_sheets, index_of
from .book import LiveBook
from .excel import at_rest, in_excel
from .pages import LivePages
from .selection import go_to
from .tables import room_below
from .writing import write_rows


def new_invoice(book: xlwings.Book, today: date, taken: Iterable[str] = ()) -> str:
    """The number of the invoice that was prepared; it is none of *taken*. Raises BookError.

    Formulas and formats continue as in the row above.
    """
    live = LiveBook(book)
    live.ensure_writable()
    ledger = live.read()
    used = [*(invoice.number for invoice in ledger.invoices), *taken]
    number = next_number(ledger.settings.numbering, used, today.year)
    if number is None:
        raise NumberingUnclear(pattern=ledger.settings.numbering.pattern)
    with in_excel(live.path):
        pages = LivePages(book, live.path)
        _, found = find_sheets(pages, (INVOICES,))
        layout = found[INVOICES.key].layout
        sheet = book.sheets[layout.title]
        filled = pages.column(layout.title, layout.columns["number"], layout.header_row + 1)
        with at_rest(book.app):
            row = room_below(sheet, layout, filled, 1)
            _continue_formulas(sheet, layout, row)
            write_rows(sheet, {row: {layout.columns["number"]: number, layout.columns["date"]: today}})
        go_to(book, Place(layout.title, f"{layout.columns['customer']}{row}"))
    return number


def _continue_formulas(sheet: xlwings.Sheet, layout: SheetLayout, row: int) -> None:
    """Fill the calculated cells of *row* from the row above where Excel has not done so itself."""
    if row - 1 <= layout.header_row:
        return
    for column in INVOICES.columns:
        if column.filled is not Filled.CALCULATED or column.key not in layout.columns:
            continue
        index = index_of(layout.columns[column.key]) + 1
        above, cell = sheet.range((row - 1, index)), sheet.range((row, index))
        if str(above.formula).startswith("=") and not str(cell.formula):
            above.autofill(sheet.range((row - 1, index), (row, index)), "fill_default")
