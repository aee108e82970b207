"""The formulas of a table's columns as they continue in the rows below."""

from __future__ import annotations

from collections.abc import Callable

from ..parts.sheet_xml import column_letters, column_number, split_reference
from .following import Following
from .formula_references import Area, with_areas
from .row_moves import Grown
from .sheet_cut import Cut, Written
from .sheet_in_rows import SheetInRows
from .table_part import TablePart

FormulaAt = Callable[[int], str]


class Continued:
    """What Excel would fill into a new row of *table* on *sheet*, of which *cut* holds the rows that were set aside."""

    def __init__(self, sheet: SheetInRows, table: TablePart | None, cut: Cut | None = None) -> None:
        self._sheet = sheet
        self._cut = cut
        self._stated = {column_letters(number): text for number, text in table.formulas.items()} if table else {}
        self._header = table.header_row if table else 0

    def below(self, letters: str, first: int, growth: Grown | None) -> tuple[FormulaAt, bool] | None:
        """The formula of column *letters* in the rows from *first* on, and whether it is the same in all of them.

        It is that which the table states for the column, else that of the row itself or of the nearest one above it
        with any: rows between hold values where somebody fixed them. One that leans on rows says only in its own row
        what it leans on, which the table does not tell. None when the column has none. It already reads as it does
        after *growth*.
        """
        after = Following([growth] if growth else [])
        title = growth.title if growth else ""
        stated = self._stated.get(letters, "")
        if stated and not _leans_on_rows(stated):
            return _moving(f"{letters}{first}", letters, after.formula(stated, title, anywhere=True))
        if found := self._nearest(letters, first):
            origin, text = found
            column, row = split_reference(origin)
            return _moving(origin, letters, after.formula(text, title, (column_number(column), row)))
        return _moving(f"{letters}{self._header + 1}", letters, stated) if stated else None

    def _nearest(self, letters: str, first: int) -> Written | None:
        """The formula in that row, or in the nearest one above it, with the cell in which it stands in full."""
        for row in (first, *reversed(self._sheet.row_numbers(self._header + 1, first - 1))):
            if found := self._sheet.formula(letters, row) or self._shared(letters, row):
                return found
        return self._cut.formula_above(letters, self._header + 1, first) if self._cut else None

    def _shared(self, letters: str, row: int) -> Written | None:
        group = self._sheet.group(letters, row)
        return self._cut.shared(group) if group and self._cut else None


def always(text: str) -> tuple[FormulaAt, bool]:
    """*text* as the formula of every row."""
    return (lambda _: text), True


def _leans_on_rows(text: str) -> bool:
    """Whether an area in it is not the same for every row."""
    leaning: list[Area] = []

    def looked_at(area: Area) -> str:
        if not all(area.fixed):
            leaning.append(area)
        return area.text

    with_areas(text, looked_at)
    return bool(leaning)


def _moving(origin: str, letters: str, text: str) -> tuple[FormulaAt, bool]:
    """*text*, which stands in the cell *origin*, for any row of column *letters*: relative references move along."""
    if not any(sign.isdigit() for sign in text):
        return always(text)
    from openpyxl.formula.translate import Translator

    translator = Translator(f"={text}", origin=origin)

    def at(number: int) -> str:
        return str(translator.translate_formula(f"{letters}{number}"))[1:]

    row = split_reference(origin)[1]
    return at, at(row + 1) == at(row)
