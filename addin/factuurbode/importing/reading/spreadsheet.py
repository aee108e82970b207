"""A sheet of a workbook (.xlsx, .xlsm, .xlsb, .ods) as a table."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeGuard

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ...errors import BookMissing, BookUnreadable, ImportMissing, ImportUnreadable
from ...workbook.cells import Cell, ExcelError
from ...workbook.panics import no_panic
from ...workbook.source import MAX_CELLS, Parts, Source, bytes_of
from ..columns import Coded
from ..meaning.words import LARGEST_EXACT
from .number_formats import zero_padded
from .shown_in_ods import shown_in_ods
from .shown_in_xlsb import shown_in_xlsb
from .table import Table

ERRORS = frozenset(
    {
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#N/B", "#VERW!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#GETAL!", "#LEEG!"),
        *("Err:502", "Err:504", "Err:508", "Err:509", "Err:519", "Err:522"),
    }
)
"""What a spreadsheet shows where a formula failed, in English and Dutch, as it also comes into a CSV file."""

_DAMAGED = (CalamineError, ValueError, KeyError, IndexError, OSError, struct.error)
"""What the parser raises for a file that is not what it should be."""

_OF_ANY_KIND = {"unreadable.no_workbook": "unreadable.no_spreadsheet"}
"""What a workbook of our own lacks is said in other words of a file that may be of several kinds."""


class Spreadsheet:
    """A workbook that has been weighed; its sheets are parsed when they are asked for."""

    def __init__(self, path: Path) -> None:
        """Raises ImportMissing, or ImportUnreadable for a workbook that is damaged, locked or too large."""
        self.path = path
        ending = path.suffix.lower()
        try:
            self._data = bytes_of(path)
            self._source = None if ending in (".xlsb", ".ods") else Source(path, self._data)
            self._parts = self._weighed(ending)
            self.titles = self._source.titles if self._source else self._sheet_names()
        except BookMissing as error:
            raise ImportMissing(path=path) from error
        except BookUnreadable as error:
            detail = error.facts["detail"]
            raise ImportUnreadable(path=path, detail=_OF_ANY_KIND.get(detail, detail)) from error

    def hidden(self) -> frozenset[str]:
        """The sheets that a person who opens the workbook does not see."""
        sheets = self._parsed.sheets_metadata
        return frozenset(sheet.name for sheet in sheets if sheet.visible is not SheetVisibleEnum.Visible)

    def table(self, title: str) -> Table:
        """The cells of the sheet *title*, with the errors that formulas show. Raises ImportUnreadable."""
        rows = self._rows(title)
        width = max((len(row) for row in rows), default=0)
        shown = self._shown(title, rows, width)
        columns = tuple(_coded(rows, index, shown) for index in range(width))
        return Table(self.path, columns, len(rows), sheet=title)

    def _weighed(self, ending: str) -> Mapping[str, bytes]:
        if self._source:
            return {}
        binary = ending == ".xlsb"
        endings = (".bin", ".xml", ".rels") if binary else (".xml",)
        must_have = "[Content_Types].xml" if binary else "content.xml"
        return dict(Parts(self.path, self._data, endings, must_have))

    def _sheet_names(self) -> list[str]:
        try:
            return list(self._parsed.sheet_names)
        except _DAMAGED as error:
            detail = (
                "unreadable.password" if b"encryption-data" in self._parts.get("META-INF/manifest.xml", b"") else ""
            )
            raise ImportUnreadable(path=self.path, detail=detail or "unreadable.damaged") from error

    @cached_property
    def _parsed(self) -> CalamineWorkbook:
        with no_panic():
            return CalamineWorkbook.from_filelike(io.BytesIO(self._data))

    def _rows(self, title: str) -> list[list[Cell]]:
        try:
            if self._source:
                return self._source.rows(title)
            with no_panic():
                frame = pd.read_excel(
                    io.BytesIO(self._data),
                    sheet_name=title,
                    header=None,
                    dtype=object,
                    na_filter=False,
                    engine="calamine",
                )
        except BookUnreadable as error:
            raise ImportUnreadable(path=self.path, detail=error.facts["detail"]) from error
        except _DAMAGED as error:
            raise ImportUnreadable(path=self.path, detail="unreadable.damaged") from error
        if frame.size > MAX_CELLS:
            raise ImportUnreadable(path=self.path, detail="unreadable.too_large")
        return frame.values.tolist()

    def _shown(self, title: str, rows: Sequence[Sequence[Cell]], width: int) -> Mapping[tuple[int, int], str]:
        """What cells (row and column from 0) show otherwise than the parser tells.

        Errors of formulas, which it leaves empty, and the zeros before a number.
        """
        try:
            if self._source:
                padded = zero_padded(self._source.xml(title), self._source.styles)
                places = {_place(cell): width for cell, width in padded.items()}
                return {**_with_zeros(places, rows), **self._errors(self._source, title)}
            if self.path.suffix.lower() == ".ods":
                return shown_in_ods(self._parts["content.xml"], title, len(rows), width)
            errors, widths = shown_in_xlsb(self._parts, self.titles.index(title))
            return {**_with_zeros(widths, rows), **errors}
        except _DAMAGED:  # the parser could read it all the same
            return {}

    @staticmethod
    def _errors(source: Source, title: str) -> Mapping[tuple[int, int], str]:
        return {_place(reference): ExcelError(error) for reference, error in source.errors(title).items()}


def _with_zeros(widths: Mapping[tuple[int, int], int], rows: Sequence[Sequence[Cell]]) -> Mapping[tuple[int, int], str]:
    """The whole numbers in cells that show so many digits at least."""
    return {
        (row, column): f"{int(cell):0{width}d}"
        for (row, column), width in widths.items()
        if row < len(rows) and column < len(rows[row]) and _is_whole(cell := rows[row][column])
    }


def _coded(rows: Sequence[Sequence[Cell]], index: int, shown: Mapping[tuple[int, int], str]) -> Coded[Cell]:
    """One column; *shown* are the cells that show something else than they hold. A type is part of a value: 1 and TRUE
    are two.
    """
    places: dict[tuple[type, Cell], int] = {}
    codes = np.empty(len(rows), dtype=np.int64)
    for number, row in enumerate(rows):
        cell: Cell = row[index] if index < len(row) else ""
        if (number, index) in shown:
            cell = shown[number, index]
        codes[number] = places.setdefault((cell.__class__, cell), len(places))
    return Coded([_finite(cell) for _, cell in places], codes)


def _finite(cell: Cell) -> Cell:
    """*cell*, and the error of Excel for a number that is none: no program saves one, but a file can hold it."""
    return ExcelError("#NUM!") if isinstance(cell, float) and not math.isfinite(cell) else cell


def _is_whole(cell: Cell) -> TypeGuard[float | int]:
    if isinstance(cell, bool) or not isinstance(cell, float | int):
        return False
    return 0 <= cell < LARGEST_EXACT and cell == int(cell)


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1
