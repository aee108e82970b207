"""The sheets of a workbook that is open in Excel, each read in one block with the edits that are not saved yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlwings

from ...errors import BookUnreadable
from ..cells import Cell, ExcelError
from ..source import MAX_CELLS
from .excel import in_excel

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"})

_COM_ERRORS = (-2_146_826_300, -2_146_826_200)
"""COM gives numbers as floats and errors as these whole numbers; xlwings knows those of before 2007."""


class LivePages:
    """`workbook.pages.Pages` over xlwings. With *head*, only so many first rows of each sheet are read."""

    def __init__(self, book: xlwings.Book, path: Path, head: int | None = None) -> None:
        self._book = book
        self._path = path
        self._head = head

    @property
    def path(self) -> Path:
        """Where the workbook is."""
        return self._path

    @property
    def titles(self) -> list[str]:
        """The names of the worksheets, in their order."""
        with in_excel(self._path):
            return [sheet.name for sheet in self._book.sheets]

    def rows(self, title: str) -> list[list[Cell]]:
        """All cells of the sheet *title*. Raises BookUnreadable when it is too large, BookNotWritable."""
        with in_excel(self._path):
            sheet = self._book.sheets[title]
            last = sheet.used_range.last_cell
            height, width = last.row, last.column
            if height * width > MAX_CELLS:
                raise BookUnreadable(path=self._path, detail="unreadable.too_large")
        return self.rows_between(title, 1, min(height, self._head or height))

    def rows_between(self, title: str, first: int, last: int) -> list[list[Cell]]:
        """All cells of the rows from *first* to *last*."""
        with in_excel(self._path):
            sheet = self._book.sheets[title]
            width = sheet.used_range.last_cell.column
            block = sheet.range((first, 1), (last, width)).options(ndim=2, empty="", err_to_str=True)
            return [[_cell(cell) for cell in row] for row in block.value]

    def column(self, title: str, letters: str, first: int) -> list[Cell]:
        """The cells of one column from row *first* to the last used one."""
        with in_excel(self._path):
            sheet = self._book.sheets[title]
            last = max(first, sheet.used_range.last_cell.row)
            block = sheet.range(f"{letters}{first}:{letters}{last}").options(ndim=1, empty="", err_to_str=True)
            return [_cell(cell) for cell in block.value]

    def totals_rows(self, title: str) -> frozenset[int]:
        """The rows in which a table of the sheet *title* has its totals."""
        with in_excel(self._path):
            tables = [table for table in self._book.sheets[title].tables if table.show_totals]
            return frozenset(table.range.last_cell.row for table in tables)

    def tables(self, title: str) -> Mapping[int, str]:
        """The names of the tables on the sheet *title*, by the rows of their headings."""
        with in_excel(self._path):
            return {table.range.row: str(table.name) for table in self._book.sheets[title].tables}

    def errors(self, title: str) -> Mapping[str, str]:  # noqa: ARG002 - part of the protocol
        """None: they already stand in `rows`."""
        return {}

    def percent_cells(self, title: str, letters: str) -> frozenset[str]:
        """The cells of the column *letters* that show their number as a percentage."""
        with in_excel(self._path):
            sheet = self._book.sheets[title]
            last = sheet.used_range.last_cell.row
            return frozenset(f"{letters}{row}" for row in _percent_rows(sheet, letters, 1, last))


def _percent_rows(sheet: xlwings.Sheet, letters: str, first: int, last: int) -> list[int]:
    """Rows with a percent format; a block of one format is asked for once, a mixed one in halves."""
    shown = sheet.range(f"{letters}{first}:{letters}{last}").number_format
    if shown is not None:
        return list(range(first, last + 1)) if "%" in str(shown) else []
    if first == last:
        return []
    middle = (first + last) // 2
    return _percent_rows(sheet, letters, first, middle) + _percent_rows(sheet, letters, middle + 1, last)


def _cell(value: Any) -> Cell:
    """A cell as the reader of files gives it: days without a time are dates, amounts are floats."""
    if isinstance(value, str):
        return ExcelError(value) if value in _ERRORS else value
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value.replace(tzinfo=None)
    if isinstance(value, Decimal):  # COM gives cells in a currency format so
        return float(value)
    if value.__class__ is int and _COM_ERRORS[0] <= value <= _COM_ERRORS[1]:  # one that xlwings has no name for
        return ExcelError("#ERROR!")
    cell: Cell = "" if value is None else value
    return cell
