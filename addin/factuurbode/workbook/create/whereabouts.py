"""What formulas and dropdowns must know of the sheets that they refer to: names of tables, headings and places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ...domain.model import Language
from ..columns import Sheet
from ..layout import letter

HEADER_ROW = 2
FIRST_ROW = HEADER_ROW + 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a column stands: the title of its sheet, its letters, and the first row below the headings."""

    title: str
    letters: str
    first_row: int = FIRST_ROW

    def down_to(self, row: int) -> tuple[str, str]:
        """The first cell and the whole column down to *row*, as a formula on another sheet names them."""
        title = self.title.replace("'", "''")
        quoted = title if title.isalpha() else f"'{title}'"
        start = f"{quoted}!${self.letters}${self.first_row}"
        return start, f"{start}:${self.letters}${row}"


class Whereabouts(Protocol):
    """The sheets of one workbook, as they are called and where their columns stand."""

    def table(self, sheet: Sheet) -> str:
        """The name of the table of *sheet*."""
        ...

    def heading(self, sheet: Sheet, key: str) -> str:
        """The name of a column of that table, as a formula has it."""
        ...

    def standing(self, sheet: Sheet, key: str) -> Standing:
        """Where that column stands."""
        ...


class InNewBook:
    """A workbook that is being made."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def table(self, sheet: Sheet) -> str:
        """See `Whereabouts`."""
        return sheet.table(self._language)

    def heading(self, sheet: Sheet, key: str) -> str:
        """See `Whereabouts`."""
        return sheet.column(key).title(self._language)

    def standing(self, sheet: Sheet, key: str) -> Standing:
        """See `Whereabouts`."""
        return Standing(sheet.title(self._language), letter([column.key for column in sheet.columns].index(key)))
