"""Ranges of cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from xlwings import base_classes, utils

from support.calc_engine.office import uno_module
from support.calc_engine.values import DATE, LOGICAL, TIME, CellError, for_calc, from_cell, number_of, text_of

_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
_ERRORS = 4  # com.sun.star.sheet.FormulaResult.ERROR


class Range(base_classes.Range):
    """A rectangle of cells; `areas` has more than one when the person selected with Ctrl."""

    sheet: Any = None
    has_array = False
    max_cells_per_write = None

    def __init__(self, sheet: Any, cells: Any, areas: Sequence[Any] = ()) -> None:
        self.sheet = sheet
        self.cells = cells
        self.areas = list(areas) or [cells]
        self.at = cells.RangeAddress
        self.options: dict[str, Any] = {}

    @property
    def api(self) -> Any:
        return self.cells

    @property
    def row(self) -> int:
        return int(self.at.StartRow) + 1

    @property
    def column(self) -> int:
        return int(self.at.StartColumn) + 1

    @property
    def shape(self) -> tuple[int, int]:
        return self.at.EndRow - self.at.StartRow + 1, self.at.EndColumn - self.at.StartColumn + 1

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def address(self) -> str:
        return self.get_address()

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        found: Range = self.sheet.range((self.row + row - 1, self.column + column - 1))
        return found

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        def cell(column: int, row: int) -> str:
            letters = str(utils.col_name(column + 1))  # type: ignore[no-untyped-call]
            return f"{'$' if col_absolute else ''}{letters}{'$' if row_absolute else ''}{row + 1}"

        parts = [area.RangeAddress for area in self.areas]
        told = ",".join(f"{cell(a.StartColumn, a.StartRow)}:{cell(a.EndColumn, a.EndRow)}" for a in parts)
        return f"[{self.sheet.book.name}]{self.sheet.name}!{told}" if external else told

    # --- values ---
    @property
    def raw_value(self) -> list[list[Any]]:
        rows = [[None if value == "" else value for value in row] for row in self.cells.getDataArray()]
        for kind, areas in self._kinds():
            for row, column in _cells(areas, self.at):
                rows[row][column] = from_cell(rows[row][column], kind)
        wrong = self.cells.queryFormulaCells(_ERRORS)
        for row, column in _cells(wrong.RangeAddresses, self.at):
            rows[row][column] = CellError(self.cells.getCellByPosition(column, row).String)
        return rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        height, width = self.shape
        rows = value if isinstance(value, list | tuple) else [[value] * width] * height
        moments: list[tuple[int, int, dt.datetime]] = []
        formulas: list[tuple[int, int, str]] = []
        written = [
            tuple(self._written(cell, row, column, moments, formulas) for column, cell in enumerate(cells))
            for row, cells in enumerate(rows)
        ]
        self.cells.setDataArray(tuple(written))
        for row, column, formula in formulas:
            self.cells.getCellByPosition(column, row).setFormula(for_calc(formula))
            self._spread(column, for_calc(formula))
        for row, column, moment in moments:
            self._show_as_moment(self.cells.getCellByPosition(column, row), moment)

    def _spread(self, column: int, formula: str) -> None:
        """Excel fills a column of a table with the first formula that is put into it."""
        if not self.sheet.book.app.api.AutoCorrect.AutoFillFormulasInLists:
            return
        here = self.column + column - 1
        for table in self.sheet.tables:
            area = table.database.DataArea
            if area.StartColumn <= here <= area.EndColumn and area.StartRow < self.row - 1 <= area.EndRow:
                rows = range(area.StartRow + 1, area.EndRow + 1)
                cells = [self.sheet.sheet.getCellByPosition(here, row) for row in rows]
                if sum(bool(cell.getFormula()) for cell in cells) == 1:
                    for cell in cells:
                        cell.setFormula(formula)

    def _written(self, value: Any, row: int, column: int, moments: list[Any], formulas: list[Any]) -> Any:
        if value is None:
            return ""
        if isinstance(value, dt.datetime):
            moments.append((row, column, value))
            return number_of(value)
        if isinstance(value, str) and value.startswith("="):
            formulas.append((row, column, value))
            return ""
        if isinstance(value, str):
            kept = text_of(value)
            if kept is None and self.cells.getCellByPosition(column, row).NumberFormat != self._key("@"):
                raise ValueError(f"Excel would not keep {value!r} as text")
            return value if kept is None else kept
        return float(value)

    def _show_as_moment(self, cell: Any, moment: dt.datetime) -> None:
        """Excel gives a cell without a format that of a date, and leaves others."""
        kind = self.sheet.book.document.NumberFormats.getByKey(cell.NumberFormat).Type
        if not kind & (DATE | TIME):
            cell.NumberFormat = self._key("yyyy-mm-dd hh:mm" if moment.time() != dt.time() else "yyyy-mm-dd")

    def _kinds(self) -> Iterator[tuple[int, list[Any]]]:
        """The areas whose format makes dates or truth values of numbers: one call for each format."""
        formats = self.sheet.book.document.NumberFormats
        groups = self.cells.getUniqueCellFormatRanges()
        for index in range(groups.Count):
            group = groups.getByIndex(index)
            kind = formats.getByKey(group.getByIndex(0).NumberFormat).Type & (DATE | TIME | LOGICAL)
            if kind:
                yield kind, [group.getByIndex(one).RangeAddress for one in range(group.Count)]

    def _key(self, code: str) -> int:
        locale = uno_module().createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "en", "US"
        formats = self.sheet.book.document.NumberFormats
        key = formats.queryKey(code, locale, False)
        return int(key if key != -1 else formats.addNew(code, locale))

    @property
    def number_format(self) -> str | None:
        """The format of all cells, or None when they differ, as in Excel."""
        if self.cells.getUniqueCellFormatRanges().Count > 1:
            groups = self.cells.getUniqueCellFormatRanges()
            keys = {groups.getByIndex(index).getByIndex(0).NumberFormat for index in range(groups.Count)}
            if len(keys) > 1:
                return None
        key = self.cells.getCellByPosition(0, 0).NumberFormat
        return str(self.sheet.book.document.NumberFormats.getByKey(key).FormatString)

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.cells.NumberFormat = self._key(code)

    @property  # type: ignore[misc]
    def formula(self) -> Any:
        formulas = self.cells.getFormulaArray()
        return formulas[0][0] if len(self) == 1 else formulas

    @property  # type: ignore[misc]
    def row_height(self) -> float | None:
        """The height of all rows, 0 for hidden ones, or None when they differ, as in Excel."""
        seen = sum(one.EndRow - one.StartRow + 1 for one in self.cells.queryVisibleCells().RangeAddresses)
        if 0 < seen < self.shape[0]:
            return None
        return 15.0 if seen else 0.0

    # --- what a person does ---
    def select(self) -> None:
        self.sheet.book.document.CurrentController.select(self.cells)

    def autofill(self, destination: Any, type_: str) -> None:
        destination.api.fillAuto(0, 1)  # downwards, from the first row

    def clear_contents(self) -> None:
        self.cells.clearContents(_CONTENTS)

    def delete(self, shift: str | None = None) -> None:
        assert shift == "up"
        self.sheet.sheet.removeRange(self.at, uno_module().Enum("com.sun.star.sheet.CellDeleteMode", "UP"))

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        assert (cell_type, value_type) == ("visible", None)
        seen = [area.queryVisibleCells() for area in self.areas]
        found = [address for ranges in seen for address in ranges.RangeAddresses]
        return [Range(self.sheet, self.sheet.at(address)) for address in found]


def _cells(areas: Sequence[Any], within: Any) -> Iterator[tuple[int, int]]:
    """Each cell of *areas* by row and column within *within*."""
    for area in areas:
        for row in range(area.StartRow - within.StartRow, area.EndRow - within.StartRow + 1):
            for column in range(area.StartColumn - within.StartColumn, area.EndColumn - within.StartColumn + 1):
                yield row, column
