"""The formulas of a table's columns as they continue in the rows below."""

from __future__ import annotations

from collections.abc import Callable

from ..parts.sheet_xml import column_letters, column_number
from .following import Following
from .row_moves import Grown
from .sheet_in_rows import SheetInRows
from .table_part import TablePart

FormulaAt = Callable[[int], str]


class Continued:
    """What Excel would fill into a new row of *table* on *sheet*."""

    def __init__(self, sheet: SheetInRows, table: TablePart | None) -> None:
        self._sheet = sheet
        self._stated = {column_letters(number): text for number, text in table.formulas.items()} if table else {}
        self._header = table.header_row if table else 0

    def below(self, letters: str, first: int, growth: Grown | None) -> tuple[FormulaAt, bool] | None:
        """The formula of column *letters* in the rows from *first* on, and whether it is the same in all of them.

        It is that of the row itself or of the one above it; where neither says it in full, that which the table states
        for the column. None when the column has none. It already reads as it does after *growth*.
        """
        after = Following([growth] if growth else [])
        title = growth.title if growth else ""
        for row in (first, first - 1):
            if row > self._header and (text := self._sheet.formula(letters, row)):
                at = (column_number(letters), row)
                return _moving(letters, row, after.formula(text, title, at))
        text = self._stated.get(letters, "")
        return _moving(letters, first, after.formula(text, title, anywhere=True)) if text else None


def _moving(letters: str, row: int, text: str) -> tuple[FormulaAt, bool]:
    """*text*, which stands in *row*, for any row: its relative references move along."""
    if not any(sign.isdigit() for sign in text):
        return (lambda _: text), True
    from openpyxl.formula.translate import Translator

    translator = Translator(f"={text}", origin=f"{letters}{row}")

    def at(number: int) -> str:
        return str(translator.translate_formula(f"{letters}{number}"))[1:]

    if at(row + 1) == text:
        return (lambda _: text), True
    return at, False
