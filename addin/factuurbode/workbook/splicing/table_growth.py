"""Rows that come below the filled ones of a table, as if they had been typed there.

Rows that stand ready in the table (with their form and formulas) are filled first; then the table grows. Formulas of
calculated columns and of those that are not ours continue, and so does the form of cells.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from ..parts.cell_xml import Formula, Plain
from ..parts.sheet_xml import TotalsRow, column_letters, column_number
from .row_moves import Grown
from .row_text import Cells, row_texts
from .sheet_formulas import Continued, always
from .sheet_in_rows import SheetInRows
from .table_part import TablePart

_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr=["'](\d{1,7})["']""")
_LOOK = ("ht", "customHeight", "s", "customFormat")
"""The attributes of a row that the rows below it take over."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """New rows below row *below*, the last one with anything typed in it, by column letters, all equally long.

    What stands in `shown` is the value of a formula, which continues from above. No formula continues in a column of
    `plain`, nor in one of `emptied`, in which none may stand either: it would be about another row. `otherwise` says
    the formula of a column of `shown` in which none is left, by its letters.
    """

    header_row: int
    below: int
    typed: Mapping[str, Sequence[Plain]]
    shown: Mapping[str, Sequence[Plain]]
    plain: AbstractSet[str] = frozenset()
    emptied: AbstractSet[str] = frozenset()
    otherwise: Callable[[str], str] = lambda _: ""

    @property
    def count(self) -> int:
        """How many rows."""
        return len(next(iter(self.typed.values()), ()))


class NoRoomInSheet(Exception):
    """Below the table there is something in the way, in row `row`."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def rows_to_touch(xml: bytes, below: int, table: TablePart | None) -> set[int]:
    """The rows of the sheet *xml* that stand below *below*, and that row itself: formulas continue from it.

    Where something stands below the *table*, all of its rows.
    """
    if table is not None and below > table.last_data_row:
        below = table.header_row
    return {number for found in _ROW_NUMBER.finditer(xml) if (number := int(found[1])) >= below}


class Growth:
    """Putting `TableRows` into a sheet; the text of the many goes in when the sheet is bytes again (`completed`)."""

    def __init__(self, title: str, sheet: SheetInRows, table: TablePart | None, formulas: Continued) -> None:
        self._title = title
        self._sheet = sheet
        self._table = table
        self._formulas = formulas
        self._mark = f"new{secrets.token_hex(8)}"
        self._blocks: list[str] = []

    def add(self, rows: TableRows) -> Grown | None:
        """Put *rows* in; return how the table has grown, or None when it keeps its size. Raises NoRoomInSheet."""
        first = self._first_free(rows)
        last = first + rows.count - 1
        self._make_room(first, last)
        grown = self._table.grown(self._title, last, first) if self._table else None
        columns = self._columns(rows, first, grown)
        look = self._row_look(first, rows.header_row)
        there = self._sheet.row_numbers(first, last)
        for number in there:
            self._fill(number, {letters: (cells, number - first) for letters, cells in columns.items()})
            for letters in rows.emptied:
                self._sheet.put(f"{letters}{number}", None)
        for stretch in _between(there, first, last):
            texts = row_texts(self._sheet, columns, first, stretch, look)
            self._sheet.insert_row(stretch.start, {self._mark: str(len(self._blocks))})
            self._blocks.append("".join(texts))
        self._sheet.reach(last)
        return grown

    def completed(self, xml: bytes) -> bytes:
        """*xml*, the sheet with all the new rows in it."""
        if not self._blocks:
            return xml
        mark = re.compile(rb'<(?:\w+:)?row r="\d+" %b="(\d+)"/>' % self._mark.encode())
        return mark.sub(lambda found: self._blocks[int(found[1])].encode(), xml)

    def _first_free(self, rows: TableRows) -> int:
        """Below everything that somebody typed in the table, in columns of their own too.

        Rows that follow directly on the table count as its own: LibreOffice lets no table grow by typing.
        """
        table, sheet = self._table, self._sheet
        if table is None:
            return rows.below + 1
        first = (rows.below if rows.below <= table.last_data_row else rows.header_row) + 1
        for number in sheet.row_numbers(first, table.last_data_row):
            if sheet.holds_typed(number, table.columns):
                first = number + 1
        if table.totals_row is None and first > table.last_data_row:
            while sheet.row(first) is not None and sheet.holds(first, table.columns):
                first += 1
        return first

    def _make_room(self, first: int, last: int) -> None:
        """Move the totals row down. Raises NoRoomInSheet when anything else is in the way."""
        table = self._table
        columns: range = table.columns if table else range(1, 1)
        end = table.last_data_row if table else first - 1
        totals = table.totals_row if table else None
        beyond = range(max(first, end + 1), last + 1 + (totals is not None and last > end))
        for number in self._sheet.row_numbers(beyond.start, beyond.stop - 1):
            if number != totals and self._sheet.holds(number, columns):
                raise NoRoomInSheet(number)
        if totals is not None and last > end:
            self._sheet.move_totals(TotalsRow(totals, columns), last + 1)

    def _columns(self, rows: TableRows, first: int, grown: Grown | None) -> Mapping[str, Cells]:
        """What each column gets; calculated columns of the baker's own continue without a value."""
        columns = {letters: Cells(values) for letters, values in rows.typed.items()}
        own = map(column_letters, self._table.columns) if self._table else ()
        for letters in dict.fromkeys((*rows.shown, *own)):
            if letters in columns:
                continue
            ours = letters in rows.plain or letters in rows.emptied
            found = None if ours else self._formulas.below(letters, first, grown)
            if found is None and letters in rows.shown and (text := rows.otherwise(letters)):
                found = always(text)
            values = rows.shown.get(letters) if found else None
            formula, constant = found or (None, True)
            columns[letters] = Cells(values or [None] * rows.count, formula=formula, constant=constant)
        return {
            letters: replace(cells, style=self._sheet.style_for(letters, first, rows.header_row))
            for letters, cells in columns.items()
        }

    def _row_look(self, first: int, header_row: int) -> str:
        row = self._sheet.row(first)
        if row is None and first - 1 > header_row:
            row = self._sheet.row(first - 1)
        return "" if row is None else "".join(f' {name}="{row.get(name)}"' for name in _LOOK if row.get(name))

    def _fill(self, number: int, cells: Mapping[str, tuple[Cells, int]]) -> None:
        """A row that is there already: its own formulas stay, with their new values."""
        for letters in sorted(cells, key=column_number):
            column, offset = cells[letters]
            value = column.values[offset]
            if column.formula is None:
                if value is not None or not self._sheet.has_cell(letters, number):
                    self._sheet.put(f"{letters}{number}", value)
            elif not self._sheet.show(letters, number, value):
                self._sheet.put(f"{letters}{number}", Formula(column.formula(number), value))


def _between(there: Sequence[int], first: int, last: int) -> Iterator[range]:
    """The stretches of row numbers from *first* to *last* without those that are *there*."""
    taken = set(there)
    missing = (number for number in range(first, last + 1) if number not in taken)
    for _, run in groupby(enumerate(missing), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield range(numbers[0], numbers[-1] + 1)
