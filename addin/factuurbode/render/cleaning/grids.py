"""Tables without a grid of columns, which Word reads and docxtpl and LibreOffice count on (w:tblGrid, 17.4.48)."""

from __future__ import annotations

from itertools import zip_longest

from lxml import etree

from ..package import WORDPROCESSING as W

_USUAL_WIDTH = 9_000  # twentieths of a point: about the width of the text on A4


def with_grids(story: etree._Element) -> None:
    """Give every table of *story* a grid, and every column of a grid a width."""
    for table in story.iter(f"{W}tbl"):
        grid = table.find(f"{W}tblGrid")
        widths = _widths(table)
        if grid is None:
            grid = etree.Element(f"{W}tblGrid")
            properties = table.find(f"{W}tblPr")
            table.insert(0 if properties is None else table.index(properties) + 1, grid)
        columns = grid.findall(f"{W}gridCol")
        if not columns:
            columns = [etree.SubElement(grid, f"{W}gridCol") for _ in widths]
        for column, width in zip_longest(columns, widths[: len(columns)], fillvalue=None):
            if column is not None and not str(column.get(f"{W}w", "")).isdecimal():
                column.set(f"{W}w", str(width or _USUAL_WIDTH // len(columns)))


def _widths(table: etree._Element) -> list[int]:
    """The widths of the columns, in twentieths of a point, by the row that has the most."""
    rows = [list(_of_row(row)) for row in table.findall(f"{W}tr")]
    return max(rows, key=len, default=[])


def _of_row(row: etree._Element) -> list[int]:
    columns: list[int] = []
    for cell in row.findall(f"{W}tc"):
        span, width = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}tcW")
        count = max(1, _number(None if span is None else span.get(f"{W}val")))
        known = width is not None and width.get(f"{W}type") == "dxa"
        columns += [_number(width.get(f"{W}w")) // count if width is not None and known else 0] * count
    missing = _USUAL_WIDTH // len(columns) if columns else 0
    return [width or missing for width in columns]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
