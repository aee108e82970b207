"""A file's cells as columns, from its first row on, with what was found out to read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...workbook.cells import Cell, ExcelError, exact
from ..columns import Coded, Mask

_IN_FULL = 10**20  # nobody reads more noughts


@dataclass(frozen=True, slots=True)
class Table:
    """All cells of a file or of one of its sheets; '' is an empty cell. The first row is row 1 for a person."""

    file: Path
    columns: tuple[Coded[Cell], ...]
    rows: int
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""

    def row(self, index: int) -> tuple[str, ...]:
        """The cells of the row with zero-based *index* as text, without the empty ones at its end."""
        cells = [shown(column.at(index)) for column in self.columns]
        while cells and not cells[-1].strip():
            del cells[-1]
        return tuple(cells)

    def filled(self) -> Mask:
        """For each row whether anything stands in it."""
        found: Mask = np.zeros(self.rows, np.bool_)
        for column in self.columns:
            empty = [place for place, cell in enumerate(column.values) if _empty(cell)]
            if not empty:  # then every row has something in this column
                return np.ones(self.rows, np.bool_)
            filled = np.ones(len(column.values), np.bool_)
            filled[empty] = False
            found |= filled[column.codes]
        return found


def shown(cell: Cell) -> str:
    """*cell* as text that can be written into a file and read again."""
    if isinstance(cell, ExcelError):
        return str.__str__(cell)
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        written = format(exact(cell), "f" if abs(cell) < _IN_FULL else "")
        return f"{written}0" if written[-4:-3] == "." else written  # 1.234 could be taken for a thousand
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)


def _empty(cell: Cell) -> bool:
    return cell.__class__ is str and (not cell or cell.isspace())
