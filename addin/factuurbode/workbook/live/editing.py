"""Rows that come into the tables of the open workbook, and rows that leave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import xlwings

from ...errors import NoRoomBelow
from ..layout import SheetLayout, index_of
from ..parts.cell_xml import Plain
from ..splicing.splice import SheetEdit
from ..splicing.table_cutting import RowsOut
from ..splicing.table_growth import TableRows
from .continuing import continue_formulas
from .tables import reach, table_of
from .writing import Row, RowCount, Told, by_row, runs, write_rows


def write_edits(book: xlwings.Book, path: Path, edits: Mapping[str, SheetEdit], told: Told) -> None:
    """Do *edits*, by sheet title; when one of them fails, the new rows of the others are emptied again.

    *told* hears how many of the rows that come and go are done.

    Raises NoRoomBelow before anything is written, and whatever Excel raises.
    """
    firsts = {title: _first_free(book.sheets[title], path, edit.grown) for title, edit in edits.items() if edit.grown}
    count = RowCount(sum(_rows_of(edit) for edit in edits.values()), told)
    written: list[tuple[xlwings.Sheet, int, TableRows]] = []
    try:
        for title, edit in edits.items():
            sheet = book.sheets[title]
            write_rows(sheet, by_row(edit.cells))
            if edit.grown:
                written.append((sheet, firsts[title], edit.grown))
                _grow(sheet, firsts[title], edit.grown, count)
            if edit.removed:
                _delete(sheet, edit.removed, count)
    except BaseException:
        for sheet, first, rows in written:
            with suppress(Exception):  # Excel has just said no; the workbook can still be closed without saving
                empty: dict[str, Sequence[Plain]] = {letters: [None] * rows.count for letters in rows.typed}
                write_rows(sheet, _rows(first, empty))
        raise


def _rows_of(edit: SheetEdit) -> int:
    return (edit.grown.count if edit.grown else 0) + (len(edit.removed.rows) if edit.removed else 0)


def _first_free(sheet: xlwings.Sheet, path: Path, rows: TableRows) -> int:
    """The row below the filled ones of the table. Raises NoRoomBelow when something stands where the new rows come."""
    below = _last_filled(sheet, rows)
    if taken := [row for row in _filled(sheet, rows, below + 1, below + rows.count) if row > below]:
        raise NoRoomBelow(path=path, sheet=sheet.name, row=taken[0])
    return below + 1


def _last_filled(sheet: xlwings.Sheet, rows: TableRows) -> int:
    """The last filled row of the table; rows that follow directly on it count as its own."""
    table = table_of(sheet, SheetLayout(sheet.name, rows.header_row, {}, rows.below))
    if table is None:
        return rows.below
    last = table.range.last_cell.row - bool(table.show_totals)
    if rows.below <= last:
        return rows.below
    filled = _filled(sheet, rows, rows.header_row + 1, rows.below)
    end = max((row for row in filled if row <= last), default=rows.header_row)
    while end >= last and not table.show_totals and end + 1 in filled:
        end += 1
    return end


def _filled(sheet: xlwings.Sheet, rows: TableRows, first: int, last: int) -> list[int]:
    """The rows from *first* to *last* with anything in a column that is typed."""
    typed = sorted(map(index_of, rows.typed))
    block = sheet.range((first, typed[0] + 1), (last, typed[-1] + 1)).options(ndim=2, empty="").value
    places = [place - typed[0] for place in typed]
    return [
        row for row, cells in enumerate(block, start=first) if any(cells[place] not in ("", None) for place in places)
    ]


def _grow(sheet: xlwings.Sheet, first: int, rows: TableRows, count: RowCount) -> None:
    """Let the table have the rows, continue its formulas and forms, and fill it."""
    last = first + rows.count - 1
    table = table_of(sheet, SheetLayout(sheet.name, rows.header_row, {}, last))
    if table is not None:
        reach(table, last)
    whole = table.range if table is not None else None
    columns = range(whole.column, whole.last_cell.column + 1) if whole is not None else range(1, 1)
    shown = {index_of(letters) + 1 for letters in rows.shown}
    emptied = {index_of(letters) + 1 for letters in rows.emptied}
    ours = {index_of(letters) + 1 for letters in (*rows.typed, *rows.plain)} | emptied
    own = sorted((shown | set(columns)) - ours)
    continue_formulas(sheet, own, first, last, rows.header_row, rows.otherwise)
    for column in ours:
        _continue_form(sheet, column, first, last, rows.header_row)
    for run in runs(sorted(emptied)):
        sheet.range((first, run[0]), (last, run[-1])).clear_contents()
    write_rows(sheet, _rows(first, rows.typed), count)


def _continue_form(sheet: xlwings.Sheet, column: int, first: int, last: int, header_row: int) -> None:
    row = first - 1 if first - 1 > header_row else first
    form = sheet.range((row, column)).number_format
    if form is not None and row < last:
        sheet.range((first, column), (last, column)).number_format = form


def _delete(sheet: xlwings.Sheet, out: RowsOut, count: RowCount) -> None:
    """Delete rows of the table, or empty them where there is no table; from below, so that the others stay put."""
    table = table_of(sheet, SheetLayout(sheet.name, out.header_row, {}, 0))
    if table is None:
        write_rows(sheet, {row: dict.fromkeys(out.typed) for row in out.rows}, count)
        return
    whole = table.range
    left, right = whole.column, whole.last_cell.column
    for run in reversed(list(runs(sorted(out.rows)))):
        sheet.range((run[0], left), (run[-1], right)).delete("up")
        count.more(len(run))


def _rows(first: int, columns: Mapping[str, Sequence[Plain]]) -> Mapping[int, Row]:
    letters = list(columns)
    return {
        number: dict(zip(letters, values, strict=True))
        for number, values in enumerate(zip(*columns.values(), strict=True), start=first)
    }
