"""The part of a table (ECMA-376 part 1, 18.5.1): which rows it has, and how it grows."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from .sheet_facts import parsed
from .sheet_xml import column_number, split_reference


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

    def reach(self, last_data_row: int) -> None:
        """End with *last_data_row*, and with the totals row below it; the filter leaves that one out."""
        self._last = last_data_row + self._totals
        self.root.set("ref", f"{self._start}:{self._last_letters}{self._last}")
        for auto_filter in self.root.findall(f"{{{etree.QName(self.root).namespace}}}autoFilter"):
            auto_filter.set("ref", f"{self._start}:{self._last_letters}{last_data_row}")


def totals_rows(parts: Mapping[str, bytes], sheet: str) -> frozenset[int]:
    """The totals rows of the tables on the sheet in the part *sheet*. Raises ValueError for a damaged part."""
    folder, name = posixpath.split(sheet)
    relations = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        return frozenset()
    found = set()
    for relation in parsed(relations):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
        if str(relation.get("Type", "")).endswith("/table") and target in parts:
            table = parsed(parts[target])
            if table.get("ref"):
                found.add(TablePart(table).totals_row)
    return frozenset(row for row in found if row is not None)
