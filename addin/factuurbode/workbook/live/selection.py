"""What the person has selected on the Invoices sheet, and bringing them to a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import xlwings

from ...domain.model import Place
from ..cells import identifier
from ..columns import INVOICES
from ..layout import HEADER_WITHIN, find_sheets
from ..words import normal
from .book import LiveBook
from .excel import in_excel, seen_areas
from .pages import LivePages


@dataclass(frozen=True, slots=True)
class Selection:
    """The invoice numbers of the selected rows, in the order of the sheet; none when something else is selected.

    `several` says whether more than one row was selected, also when all but one of them are hidden or empty.
    """

    numbers: tuple[str, ...] = ()
    several: bool = False


def selected(book: xlwings.Book) -> Selection:
    """The selected invoices: of several areas all, of hidden and filtered rows none. Raises BookError."""
    path = LiveBook(book).path
    with in_excel(path):
        chosen = book.app.selection
        here = {normal(title) for title in (INVOICES.nl, INVOICES.en)}
        if chosen is None or normal(chosen.sheet.name) not in here or chosen.sheet.book.name != book.name:
            return Selection()
        pages = LivePages(book, path, head=HEADER_WITHIN)
        _, found = find_sheets(pages, (INVOICES,))
        layout = found[INVOICES.key].layout
        numbers = pages.column(layout.title, layout.columns["number"], layout.header_row + 1)
        areas = seen_areas(chosen)
        several = chosen.shape[0] > 1 or len({area.row for area in areas}) > 1
        rows = _rows(areas, layout.header_row + 1, layout.header_row + len(numbers))
    told = (numbers[row - layout.header_row - 1] for row in sorted(rows))
    names = (identifier(cell) for cell in told if isinstance(cell, str | int | float))
    return Selection(tuple(dict.fromkeys(filter(None, names))), several)


def go_to(book: xlwings.Book, place: Place) -> None:
    """Show the cell at *place* to the person. Raises BookNotWritable."""
    with in_excel(LiveBook(book).path):
        sheet = book.sheets[place.sheet]
        sheet.activate()
        sheet.range(place.cell).select()


def _rows(areas: Sequence[xlwings.Range], first: int, last: int) -> set[int]:
    """The rows of *areas* between *first* and *last*."""
    rows: set[int] = set()
    for area in areas:
        rows.update(range(max(first, area.row), min(last, area.last_cell.row) + 1))
    return rows
