"""A worksheet part to which cells, columns and rules of new looks are added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from ..parts.cell_xml import Value
from ..parts.element_order import child
from ..parts.sheet_xml import column_letters, column_number, reach, split_reference
from ..splicing.sheet_in_rows import SheetInRows


class GrowingSheet(SheetInRows):
    """The same part; what is put in brings its look."""

    def put_dressed(self, letters: str, row: int, value: Value, style: str) -> None:
        """Put *value*, or nothing, into a cell that gets *style*."""
        if row not in self._rows:
            self._new_row(row)
        self._cell(letters, row, make=True).set("s", style)
        self.put(f"{letters}{row}", value)
        self._cells.pop(row, None)  # a column of 100,000 rows would keep a million cells at hand

    def style_of(self, letters: str, row: int) -> str | None:
        """The style of a cell that is there and holds nothing; None when it is not there, or holds something."""
        if not self.has_cell(letters, row):
            return None
        cell = self._cells_in(row)[column_number(letters)]
        return None if len(cell) else str(cell.get("s", "0"))

    def first_held(self, rows: range, columns: range) -> str | None:
        """A cell of *rows* in *columns* that holds something, or is merged with others."""
        for number in self.row_numbers(rows.start, rows.stop - 1):
            for column, cell in self._placed(self._rows[number]):
                if column in columns and len(cell):
                    return f"{column_letters(column)}{number}"
        for merged in self.root.iter(f"{{{self._ns}}}mergeCell"):
            if meets(str(merged.get("ref")), rows, columns):
                return str(merged.get("ref"))
        return None

    def set_height(self, row: int, height: float) -> None:
        """Give *row* a height in points."""
        element = self._rows[row]
        element.set("ht", f"{height:g}")
        element.set("customHeight", "1")

    def reach_column(self, letters: str) -> None:
        """Let the sheet's stated extent include a column."""
        reach(self.root, self._ns, letters=letters)

    def set_column(self, number: int, attributes: Mapping[str, str]) -> None:
        """Give column *number* its width and look; what held for several columns still holds for the others."""
        columns = child(self.root, "cols")
        for one in list(columns.iterchildren(tag=etree.Element)):
            first, last = int(one.get("min")), int(one.get("max"))
            if not first <= number <= last:
                continue
            for start, end in ((first, number - 1), (number + 1, last)):
                if start <= end:
                    part = etree.Element(one.tag, one.attrib)
                    part.set("min", str(start))
                    part.set("max", str(end))
                    one.addprevious(part)
            columns.remove(one)
        made = etree.Element(f"{{{self._ns}}}col", {"min": str(number), "max": str(number), **attributes})
        after = [one for one in columns.iterchildren(tag=etree.Element) if int(one.get("min")) < number]
        columns.insert(columns.index(after[-1]) + 1 if after else 0, made)

    def add_rule(self, rule: Any, area: str) -> None:
        """Let the validation *rule* hold in *area*; where a rule of the baker's own stands already, that one does."""
        rules = child(self.root, "dataValidations")
        rows, columns = extent_of(area)
        if not any(
            meets(one, rows, columns)
            for there in rules.iterchildren(tag=etree.Element)
            for one in str(there.get("sqref", "")).split()
        ):
            rule.set("sqref", area)
            rules.append(rule)
        if len(rules):
            rules.set("count", str(len(rules.findall("{*}*"))))
        else:
            self.root.remove(rules)

    def trust_digits(self, area: str) -> None:
        """Say that digits in *area* are meant as text, so that Excel does not doubt them."""
        ignored = child(self.root, "ignoredErrors")
        etree.SubElement(ignored, f"{{{self._ns}}}ignoredError", sqref=area, numberStoredAsText="1")


def extent_of(area: str) -> tuple[range, range]:
    """The rows and columns of an area such as `B3:C9`. Raises ValueError for whole rows and columns."""
    start, _, end = area.partition(":")
    (first_letters, first), (last_letters, last) = split_reference(start), split_reference(end or start)
    return range(first, last + 1), range(column_number(first_letters), column_number(last_letters) + 1)


def meets(area: str, rows: range, columns: range) -> bool:
    """Whether *area* has a cell in *rows* and *columns*."""
    try:
        down, across = extent_of(area)
    except ValueError:
        return False
    return (
        down.start < rows.stop
        and rows.start < down.stop
        and across.start < columns.stop
        and columns.start < across.stop
    )
