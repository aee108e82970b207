"""The part of a table (ECMA-376 part 1, 18.5.1): which rows it has, and how it grows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from ..parts.sheet_facts import parsed
from ..parts.sheet_xml import column_number, split_reference
from .row_moves import Grown, RowMoves, Shrunk


class TablePart:
    """A table, by the root of its part. Its totals row, if it has one, is its last."""

    def __init__(self, root: Any) -> None:
        self.root = root
        start, _, end = root.get("ref").partition(":")
        self._start = start
        self._last_letters, self._last = split_reference(end or start)
        first_letters, self.header_row = split_reference(start)
        self.columns = range(column_number(first_letters), column_number(self._last_letters) + 1)
        self._totals = int(root.get("totalsRowCount", "0"))

    @property
    def last_data_row(self) -> int:
        """The last row that is not a totals row."""
        return self._last - self._totals

    @property
    def last_row(self) -> int:
        """The last row, be it of totals."""
        return self._last

    @property
    def totals_row(self) -> int | None:
        """The row of the totals, if the table has one."""
        return self._last if self._totals else None

    @property
    def formulas(self) -> Mapping[int, str]:
        """The formulas of calculated columns, by the number of the column in the sheet."""
        found = {}
        for number, column in zip(self.columns, self.root.iter("{*}tableColumn"), strict=False):
            formula = column.find("{*}calculatedColumnFormula")
            if formula is not None and formula.text:
                found[number] = str(formula.text)
        return found

    def grown(self, title: str, last: int, first_new: int = 0) -> Grown | None:
        """What it is for the sheet *title* when the table reaches row *last*; None when it already does.

        The rows from *first_new* on are new, as far as they come below the table.
        """
        old = self.last_data_row
        if last <= old:
            return None
        new = range(max(first_new, old + 1), last + 1) if first_new else range(0)
        return Grown(title, self.columns, self.header_row, old, last, totals=bool(self._totals), new=new)

    def shrunk(self, title: str, places: Mapping[int, int]) -> Shrunk:
        """What it is for the sheet *title* when only the rows of *places* stay, each in its new place."""
        last = max(places.values()) - self._totals
        totals = bool(self._totals)
        return Shrunk(title, self.columns, self.header_row, self.last_data_row, last, totals, places)

    def follow(self, moves: RowMoves) -> None:
        """Have the rows that it has after *moves*; its order of sorting, too."""
        for sorting in self.root.iter("{*}sortState", "{*}sortCondition"):
            start, _, end = sorting.get("ref", "").partition(":")
            if end:
                letters, row = split_reference(end)
                sorting.set("ref", f"{start}:{letters}{moves.new_last if row == moves.old_last else row}")
        self.reach(moves.new_last)

    def reach(self, last_data_row: int) -> None:
        """End with *last_data_row*, and with the totals row below it; the filter leaves that one out."""
        self._last = last_data_row + self._totals
        self.root.set("ref", f"{self._start}:{self._last_letters}{self._last}")
        for auto_filter in self.root.findall(f"{{{etree.QName(self.root).namespace}}}autoFilter"):
            auto_filter.set("ref", f"{self._start}:{self._last_letters}{last_data_row}")


def totals_rows(parts: Mapping[str, bytes], sheet: str) -> frozenset[int]:
    """The totals rows of the tables on the sheet in the part *sheet*. Raises ValueError for a damaged part."""
    return frozenset(row for table in _on_sheet(parts, sheet) if (row := table.totals_row) is not None)


def table_names(parts: Mapping[str, bytes], sheet: str) -> Mapping[int, str]:
    """The names of those tables by the rows of their headings. Raises ValueError for a damaged part."""
    return {table.header_row: str(table.root.get("displayName", "")) for table in _on_sheet(parts, sheet)}


def _on_sheet(parts: Mapping[str, bytes], sheet: str) -> Iterator[TablePart]:
    folder, name = posixpath.split(sheet)
    relations = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in parsed(relations) if relations is not None else ():
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
        if str(relation.get("Type", "")).endswith("/table") and target in parts:
            table = parsed(parts[target])
            if table.get("ref"):
                yield TablePart(table)
