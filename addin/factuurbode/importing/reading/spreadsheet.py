"""A sheet of a workbook (.xlsx, .xlsm, .xlsb, .ods) as a table."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from ...errors import BookMissing, BookUnreadable, ImportMissing, ImportUnreadable
from ...workbook.cells import Cell, ExcelError
from ...workbook.source import MAX_CELLS, Parts, Source, bytes_of
from ..columns import Coded
from .sheet_errors import errors_in_ods, errors_in_xlsb
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

_NO_ERRORS: Mapping[tuple[int, int], str] = {}


class Spreadsheet:
    """A workbook that has been weighed; its sheets are parsed when they are asked for."""

    def __init__(self, path: Path) -> None:
        """Raises ImportMissing, or ImportUnreadable for a workbook that is damaged, locked or too large."""
        self.path = path
        ending = path.suffix.lower()
        try:
            self._data = bytes_of(path)
            self._source = Source(path, self._data) if ending in (".xlsx", ".xlsm") else None
            self._parts = self._weighed(ending)
            self.titles = self._source.titles if self._source else self._sheet_names()
        except BookMissing as error:
            raise ImportMissing(path=path) from error
        except BookUnreadable as error:
            raise ImportUnreadable(path=path, detail=error.facts["detail"]) from error

    def table(self, title: str) -> Table:
        """The cells of the sheet *title*, with the errors that formulas show. Raises ImportUnreadable."""
        rows = self._rows(title)
        errors = self._errors(title)
        width = max((len(row) for row in rows), default=0)
        columns = tuple(_coded(rows, index, errors) for index in range(width))
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
            return list(CalamineWorkbook.from_filelike(io.BytesIO(self._data)).sheet_names)
        except _DAMAGED as error:
            detail = (
                "unreadable.password" if b"encryption-data" in self._parts.get("META-INF/manifest.xml", b"") else ""
            )
            raise ImportUnreadable(path=self.path, detail=detail or "unreadable.damaged") from error

    def _rows(self, title: str) -> list[list[Cell]]:
        try:
            if self._source:
                return self._source.rows(title)
            frame = pd.read_excel(
                io.BytesIO(self._data), sheet_name=title, header=None, dtype=object, na_filter=False, engine="calamine"
            )
        except BookUnreadable as error:
            raise ImportUnreadable(path=self.path, detail=error.facts["detail"]) from error
        except _DAMAGED as error:
            raise ImportUnreadable(path=self.path, detail="unreadable.damaged") from error
        if frame.size > MAX_CELLS:
            raise ImportUnreadable(path=self.path, detail="unreadable.too_large")
        return frame.values.tolist()

    def _errors(self, title: str) -> Mapping[tuple[int, int], str]:
        """The cells (row and column from 0) in which a formula failed; the parser leaves them empty."""
        if self._source:
            return {_place(reference): error for reference, error in self._source.errors(title).items()}
        try:
            if self.path.suffix.lower() == ".ods":
                return errors_in_ods(self._parts["content.xml"], title)
            return errors_in_xlsb(self._parts, self.titles.index(title))
        except _DAMAGED:  # the parser could read it all the same
            return _NO_ERRORS


def _coded(rows: Sequence[Sequence[Cell]], index: int, errors: Mapping[tuple[int, int], str]) -> Coded[Cell]:
    """One column. A type is part of a value: 1 and TRUE are two."""
    places: dict[tuple[type, Cell], int] = {}
    codes = np.empty(len(rows), dtype=np.int64)
    for number, row in enumerate(rows):
        cell: Cell = row[index] if index < len(row) else ""
        if (number, index) in errors:
            cell = ExcelError(errors[number, index])
        codes[number] = places.setdefault((cell.__class__, cell), len(places))
    return Coded([cell for _, cell in places], codes)


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1
