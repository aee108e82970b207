"""One worksheet part: finding, filling and adding cells (ECMA-376 part 1, 18.3)."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree

from .cell_xml import Formula, Plain, Value, fill, serial
from .shared_formulas import hand_on, says_it_for_others

_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_DAYS_TO_1904 = 1_462
STYLES_ABOVE = 50
"""So many rows above a new cell are looked at for its style."""


Row = Mapping[str, Value]
"""Values by column letter."""


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """The last row of a table, with its totals: its number, and the columns of the table."""

    row: int
    columns: range


class SheetXml:
    """The rows and cells of one worksheet part; *dates* are the styles that show a number as a date.

    Of a sheet from which rows were cut, *style_cut* says which style the last cell of a column has between two rows:
    None when there is no such cell, '' when it has no style.
    """

    def __init__(
        self,
        root: Any,
        *,
        from_1904: bool = False,
        dates: AbstractSet[str] = frozenset(),
        style_cut: Callable[[str, int, int], str | None] | None = None,
    ) -> None:
        self.root = root
        self._from_1904 = from_1904
        self._dates = dates
        self._style_cut = style_cut
        self.namespace = self._ns = str(etree.QName(root).namespace)
        self._cell_tag = f"{{{self._ns}}}c"
        self._data = root.find(f"{{{self._ns}}}sheetData")
        self._rows: dict[int, Any] = {}
        number = 0
        for row in self._data.iterchildren(f"{{{self._ns}}}row"):
            number = int(row.get("r", number + 1))
            self._rows[number] = row
        self._order = sorted(self._rows)
        self._last_row = max(self._rows, default=0)
        self._cells: dict[int, dict[int, Any]] = {}
        self.formulas_lost: set[str] = set()

    def put(self, reference: str, value: Value) -> None:
        """Set one cell, keeping its style; a new cell takes the style of the nearest cell above it.

        A moment in a cell that would show it as a bare number becomes text.
        """
        letters, row_number = split_reference(reference)
        row = self._rows.get(row_number)
        if row is None:
            if value is None:
                return
            self._new_row(row_number)
        cell = self._cell(letters, row_number, make=value is not None)
        if cell is None:
            return
        formula = cell.find(f"{{{self._ns}}}f")
        if says_it_for_others(formula):
            hand_on(self._data, formula, self._place)
        if formula is not None and not isinstance(value, Formula):
            self.formulas_lost.add(f"{letters}{row_number}")
        style = cell.get("s", "0")
        stored = Formula(value.text, self.stored(value.shows, style)) if isinstance(value, Formula) else None
        fill(cell, stored or self.stored(value, style), self._ns)

    def stored(self, value: Value, style: str) -> Plain:
        """*value* as a cell of that *style* keeps it: a day is a number only where it is shown as a day."""
        if isinstance(value, Formula):
            raise TypeError("a formula is kept with what it shows")
        if not isinstance(value, date):
            return value
        if style not in self._dates:
            return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
        return serial(value) - (_DAYS_TO_1904 if self._from_1904 else 0)

    def append(self, header_row: int, rows: Sequence[Row], totals: TotalsRow | None = None) -> tuple[int, int]:
        """Put *rows* below the last row that holds anything under *header_row*; return the first and last row.

        A totals row stays the last of its table: it moves down where there is room for it, and where there is none
        the rows come below everything.
        """
        columns = {column_number(letters) for row in rows for letters in row}
        filled = [
            number
            for number, row in self._rows.items()
            if number > header_row and self._holds(row, columns) and (totals is None or number != totals.row)
        ]
        first = max(filled, default=header_row) + 1
        if totals is not None and first <= totals.row < first + len(rows):
            if self._is_free(range(totals.row + 1, first + len(rows) + 1), totals.columns):
                self._move(totals, first + len(rows))
            else:
                first = max(number for number, row in self._rows.items() if self._holds(row, totals.columns)) + 1
        for offset, row in enumerate(rows):
            for letters in sorted(row, key=column_number):
                self.put(f"{letters}{first + offset}", row[letters])
        self.reach(first + len(rows) - 1)
        return first, first + len(rows) - 1

    def _placed(self, row: Any) -> Iterator[tuple[int, Any]]:
        """The cells of *row* with their columns; one that does not say where it is follows the one before it."""
        column = 0
        for cell in row.iterchildren(self._cell_tag):
            reference = cell.get("r")
            column = column_number(split_reference(reference)[0]) if reference else column + 1
            yield column, cell

    def _place(self, cell: Any) -> str:
        """Where *cell* is."""
        if reference := cell.get("r"):
            return str(reference)
        row = cell.getparent()
        number = next(number for number, one in self._rows.items() if one is row)
        return next(f"{column_letters(column)}{number}" for column, one in self._placed(row) if one is cell)

    def _holds(self, row: Any, columns: Container[int]) -> bool:
        for column, cell in self._placed(row):
            shown = cell.find(f"{{{self._ns}}}v") is not None or cell.find(f"{{{self._ns}}}is") is not None
            if shown and column in columns:
                return True
        return False

    def _is_free(self, numbers: range, columns: Container[int]) -> bool:
        return not any(
            column in columns and len(cell)
            for number in numbers
            if number in self._rows
            for column, cell in self._placed(self._rows[number])
        )

    def _move(self, totals: TotalsRow, target: int) -> None:
        """The cells of a totals row to the row *target*; what stands beside the table stays where it is."""
        source = self._rows.get(totals.row)
        if source is None:
            return
        if target not in self._rows:
            self._new_row(target)
        for column, cell in list(self._placed(source)):
            if column not in totals.columns:
                continue
            letters = column_letters(column)
            if cell.find(f"{{{self._ns}}}f") is not None:
                self.formulas_lost.add(f"{letters}{totals.row}")
            source.remove(cell)
            cell.set("r", f"{letters}{target}")
            self._insert(target, column, cell)
        self._cells.pop(totals.row, None)

    def _cells_in(self, row_number: int) -> dict[int, Any]:
        """The cells of a row by their column, in no order; found out once."""
        if row_number not in self._cells:
            self._cells[row_number] = dict(self._placed(self._rows[row_number]))
        return self._cells[row_number]

    def _insert(self, row_number: int, column: int, cell: Any) -> None:
        """Put *cell* into its place in its row; the columns that the row says it spans may no longer be true."""
        row, cells = self._rows[row_number], self._cells_in(row_number)
        row.attrib.pop("spans", None)
        if column in cells:
            row.replace(cells[column], cell)
        elif left := [other for other in cells if other < column]:
            cells[max(left)].addnext(cell)
        else:
            row.insert(0, cell)
        cells[column] = cell

    def reach(self, last_row: int) -> None:
        """Let the sheet's stated extent include *last_row*: some readers believe it."""
        reach(self.root, self._ns, row=last_row)

    def _new_row(self, number: int) -> Any:
        row = etree.Element(f"{{{self._ns}}}row", r=str(number))
        place = bisect(self._order, number)
        if number > self._last_row:
            self._data.append(row)
            self._last_row = number
        else:
            self._rows[self._order[place]].addprevious(row)
        self._order.insert(place, number)
        self._rows[number] = row
        return row

    def _cell(self, letters: str, row_number: int, *, make: bool) -> Any:
        wanted = column_number(letters)
        if (cell := self._cells_in(row_number).get(wanted)) is not None:
            return cell
        if not make:
            return None
        made = etree.Element(self._cell_tag, r=f"{letters}{row_number}")
        if style := self._style_above(letters, row_number):
            made.set("s", style)
        self._insert(row_number, wanted, made)
        return made

    def _style_above(self, letters: str, row_number: int) -> str | None:
        """The style of the nearest cell above, which may stand in a row that was cut."""
        wanted, highest = column_number(letters), max(row_number - STYLES_ABOVE, 1)
        found = row_number - 1
        while found > highest and not (found in self._rows and wanted in self._cells_in(found)):
            found -= 1
        nearer = self._style_cut(letters, found + 1, row_number - 1) if self._style_cut else None
        if nearer is None and found > highest:
            nearer = self._cells_in(found)[wanted].get("s")
        return nearer or None


def reach(root: Any, namespace: str, *, row: int = 1, letters: str = "A") -> None:
    """Let the extent that the sheet *root* states include a row and a column."""
    extent = root.find(f"{{{namespace}}}dimension")
    if extent is None or ":" not in extent.get("ref", ""):
        return
    start, end = extent.get("ref").split(":")
    last, lowest = split_reference(end)
    extent.set("ref", f"{start}:{max(last, letters, key=column_number)}{max(lowest, row)}")


def split_reference(reference: str) -> tuple[str, int]:
    """`J12` → (`J`, 12)."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(f"{reference} is not a cell")
    return match[1], int(match[2])


def column_number(letters: str) -> int:
    """`A` → 1, `AA` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → `A`, 27 → `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
