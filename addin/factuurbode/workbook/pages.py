"""What reading needs of a workbook, whether it is a file or open in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from .cells import Cell


class Pages(Protocol):
    """The sheets of a workbook. Everything raises BookUnreadable or BookNotWritable when it cannot be got at."""

    @property
    def path(self) -> Path:
        """Where the workbook is."""
        ...

    @property
    def titles(self) -> list[str]:
        """The names of the worksheets, in their order."""
        ...

    def rows(self, title: str) -> list[list[Cell]]:
        """All cells of the sheet *title*, from A1 on, all rows equally long; '' is an empty cell."""
        ...

    def totals_rows(self, title: str) -> frozenset[int]:
        """The rows of the sheet *title* in which a table has its totals."""
        ...

    def tables(self, title: str) -> Mapping[int, str]:
        """The names of the tables on the sheet *title*, by the rows of their headings."""
        ...

    def errors(self, title: str) -> Mapping[str, str]:
        """The cells that hold an Excel error but stand empty in `rows`, such as `{"H3": "#DIV/0!"}`."""
        ...

    def percent_cells(self, title: str, letters: str) -> frozenset[str]:
        """The cells of the column *letters* that show their number as a percentage."""
        ...
