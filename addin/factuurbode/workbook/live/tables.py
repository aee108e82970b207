"""Room in the tables of the open workbook: for rows of the Log, and for a new invoice."""

from __future__ import annotations

from collections.abc import Sequence

import xlwings

from ..cells import Cell
from ..layout import SheetLayout, index_of


def room_below(sheet: xlwings.Sheet, layout: SheetLayout, filled: Sequence[Cell], count: int) -> int:
    """The first of *count* free rows below the filled ones; the table grows when it has no more.

    *filled* is the column that is never empty in a filled row, from the row below the headings on.
    """
    last = max((place for place, cell in enumerate(filled, start=1) if cell != ""), default=0)
    first = layout.header_row + last + 1
    table = table_of(sheet, layout)
    if table is not None:
        reach(table, first + count - 1)
    return first


def table_of(sheet: xlwings.Sheet, layout: SheetLayout) -> xlwings.main.Table | None:
    """The table whose headings are those of *layout*, if there is one."""
    return next((table for table in sheet.tables if table.range.row == layout.header_row), None)


def own_columns(sheet: xlwings.Sheet, layout: SheetLayout) -> list[int]:
    """The columns of the table, counted from 1, that somebody added to ours."""
    table = table_of(sheet, layout)
    ours = {index_of(letters) + 1 for letters in layout.columns.values()}
    columns = range(table.range.column, table.range.last_cell.column + 1) if table is not None else range(0)
    return [column for column in columns if column not in ours]


def reach(table: xlwings.main.Table, last_row: int) -> None:
    """Let *table* have *last_row* among its rows; its totals row, if it has one, goes down with it."""
    totals = bool(table.show_totals)
    whole = table.range
    end = whole.last_cell
    if end.row - totals >= last_row:
        return
    table.show_totals = False
    sheet = whole.sheet
    table.resize(sheet.range((whole.row, whole.column), (last_row, end.column)))
    table.show_totals = totals
