"""A new invoice in the open workbook: the next number, its row prepared, the cursor at its customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

import xlwings

from ...domain.model import Place
from ...domain.numbering import next_number
from ...errors import NumberingUnclear
from ..columns import INVOICES, Filled
from ..layout import SheetLayout, find_sheets, index_of
from ..own_formulas import OwnFormulas
from .book import LiveBook
from .continuing import continue_formulas
from .excel import at_rest, in_excel
from .pages import LivePages
from .selection import go_to
from .tables import own_columns, room_below
from .writing import runs, write_rows


def new_invoice(book: xlwings.Book, today: date, taken: Iterable[str] = ()) -> str:
    """The number of the invoice that was prepared; it is none of *taken*. Raises BookError.

    Formulas continue as in the rows above.
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
            _prepare(sheet, layout, row, OwnFormulas(pages))
            write_rows(sheet, {row: {layout.columns["number"]: number, layout.columns["date"]: today}})
        go_to(book, Place(layout.title, f"{layout.columns['customer']}{row}"))
    return number


def _prepare(sheet: xlwings.Sheet, layout: SheetLayout, row: int, ours: OwnFormulas) -> None:
    """Formulas continue in calculated columns and those that are not ours; nothing stands in those that we write."""
    kinds = {index_of(layout.columns[one.key]) + 1: one.filled for one in INVOICES.columns if one.key in layout.columns}
    calculated = [column for column, filled in kinds.items() if filled is Filled.CALCULATED]
    calculated += own_columns(sheet, layout)
    otherwise = partial(ours.of, layout.title)
    continue_formulas(sheet, calculated, row, row, layout.header_row, otherwise)
    for run in runs(sorted(column for column, filled in kinds.items() if filled is Filled.OURS)):
        sheet.range((row, run[0]), (row, run[-1])).clear_contents()
