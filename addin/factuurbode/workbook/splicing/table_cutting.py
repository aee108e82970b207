"""Taking rows out of a table, as deleting them in Excel does: what stands below them in the table moves up."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ..parts.sheet_xml import column_letters, split_reference
from .row_moves import Shrunk
from .sheet_in_rows import SheetInRows
from .table_part import TablePart

_FIXED = ("mergeCells", "legacyDrawing")
"""Merged cells and notes do not move along: where there are any, rows are emptied and stay."""


@dataclass(frozen=True, slots=True)
class RowsOut:
    """Rows that leave the table whose headings are in `header_row`; a column of `typed` loses what stands in it."""

    header_row: int
    rows: AbstractSet[int]
    typed: AbstractSet[str]


class Cutting:
    """Taking `RowsOut` out of a sheet."""

    def __init__(self, title: str, sheet: SheetInRows, table: TablePart | None) -> None:
        self._title = title
        self._sheet = sheet
        self._table = table

    def remove(self, out: RowsOut) -> Shrunk | None:
        """Take the rows out; return what stays and where, or None when no row moves."""
        table = self._table
        if table is None or not self._can_move(table, out):
            self._empty(out)
            return None
        there = range(table.header_row + 1, table.last_data_row + 1)
        stay = [number for number in there if number not in out.rows]
        if not stay:  # a table has a row, if only an empty one
            stay = [there.start]
            self._empty(RowsOut(out.header_row, frozenset(stay), out.typed))
        places = {number: place for place, number in enumerate(stay, start=there.start)}
        last = there.start + len(stay) - 1
        if table.totals_row is not None:
            places[table.totals_row] = last + 1
        self._sheet.move_cells(places, range(there.start, table.last_row + 1), table.columns)
        self._move_links({number: places.get(number) for number in range(there.start, table.last_row + 1)})
        return table.shrunk(self._title, places)

    def _can_move(self, table: TablePart, out: RowsOut) -> bool:
        if any(self._sheet.element(name) is not None for name in _FIXED):
            return False
        first = min(out.rows, default=0)
        return not self._sheet.shares_formulas(range(first, table.last_row + 1), table.columns)

    def _empty(self, out: RowsOut) -> None:
        """Nothing typed stands in the rows any more; formulas stay and show nothing."""
        for number in self._sheet.row_numbers(min(out.rows, default=1), max(out.rows, default=0)):
            if number not in out.rows:
                continue
            for letters in out.typed:
                self._sheet.put(f"{letters}{number}", None)
            for column in self._table.columns if self._table else ():
                if self._sheet.has_cell(column_letters(column), number):
                    self._sheet.show(column_letters(column), number, "")
        self._move_links(dict.fromkeys(out.rows))

    def _move_links(self, places: Mapping[int, int | None]) -> None:
        """Links in the table's columns go along from each row of *places* to its new one, or are gone with it."""
        links = self._sheet.element("hyperlinks")
        if links is None or self._table is None:
            return
        columns = {column_letters(column) for column in self._table.columns}
        for link in list(links):
            letters, row = _cell(link.get("ref", ""))
            if letters not in columns or row not in places:
                continue
            if (target := places[row]) is not None:
                link.set("ref", f"{letters}{target}")
            else:
                links.remove(link)
        if not len(links):
            links.getparent().remove(links)


def _cell(reference: str) -> tuple[str, int]:
    """The column and row of a single cell; that of several cells together has none."""
    try:
        return split_reference(reference)
    except ValueError:
        return "", 0
