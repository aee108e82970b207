"""What becomes of references to a table's cells when the table grows or rows leave it, as in Excel.

Only the columns of the table move: an area that is wider stays as it is. Below the table nothing moves
(`table_growth`, `table_cutting`), so that what refers to a cell there stays as it is, too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

Stretch = tuple[int, int]
"""The first and the last row of an area; of a single cell, its row twice."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A table on the sheet `title` whose data reached row `old_last` and now reach `new_last`; `new` are the new rows.

    An area of all its rows takes the new ones in. What begins or ends with the totals row goes down with it: the cells
    right below that were empty, and are no longer meant where rows have come.
    """

    title: str
    columns: range
    header_row: int
    old_last: int
    new_last: int
    totals: bool = False
    new: range = range(0)

    def after(self, rows: Stretch, *, whole: bool) -> Stretch:
        """Where the area of *rows* is now; *whole* says whether one of all rows is meant to stay so."""
        first, last = rows
        if self.totals and first == self.old_last + 1:
            return self._totals, max(last, self._totals)
        if self.totals and last == self.old_last + 1:
            return first, self._totals
        if whole and last == self.old_last and first in (self.header_row, self.header_row + 1):
            return first, self.new_last
        return rows

    @property
    def _totals(self) -> int:
        return self.new_last + 1

    def shift(self, _: int) -> int:
        """No row of data has moved."""
        return 0

    def among(self, column: int, row: int) -> bool:
        """Whether a cell is one of the table's data now."""
        return column in self.columns and self.header_row < row <= self.new_last


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A table on the sheet `title` from which rows went: `places` has the new row of each of those that stay.

    A totals row is among them; `last_row` was the last of all. What points to a cell that is gone stays while no other
    row has taken its place, as when the cell had only been emptied: it may have been there before the cell was filled.
    """

    title: str
    columns: range
    header_row: int
    old_last: int
    new_last: int
    totals: bool
    places: Mapping[int, int]
    new: range = range(0)
    _stay: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _was: Mapping[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stay", tuple(sorted(self.places)))
        object.__setattr__(self, "_was", {place: row for row, place in self.places.items()})

    def after(self, rows: Stretch, *, whole: bool) -> Stretch | None:
        """Where the area of *rows* is now, or None when nothing is left of it."""
        first, last = rows
        top, bottom = self.header_row + 1, self.old_last + self.totals
        if last < top or first > bottom or (first < top and last > bottom):
            return rows
        if whole and last == self.old_last and first in (self.header_row, top):
            return first, self.new_last
        kept = self._stay[bisect_left(self._stay, first) : bisect_right(self._stay, last)]
        emptied = self.new_last + self.totals + 1
        if not kept and first >= top:
            return rows if first >= emptied else None
        return self._start(first, last, kept, emptied), self._end(last, kept, emptied)

    def _start(self, first: int, last: int, kept: tuple[int, ...], emptied: int) -> int:
        if first <= self.header_row:
            return first
        beyond = last > self.old_last + self.totals
        if first in self.places or first < emptied or (kept and not beyond):
            return self.places[kept[0]]
        return first

    def _end(self, last: int, kept: tuple[int, ...], emptied: int) -> int:
        if last > self.old_last + self.totals:
            return last
        if last in self.places or last < emptied:
            return self.places[kept[-1]] if kept else self.header_row
        return last

    def shift(self, row: int) -> int:
        """How many rows the cells that are in *row* now have moved, upwards below zero."""
        return row - self._was.get(row, row)

    def among(self, column: int, row: int) -> bool:
        """Whether a cell is one of the table's data now."""
        return column in self.columns and self.header_row < row <= self.new_last


RowMoves = Grown | Shrunk
