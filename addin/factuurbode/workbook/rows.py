"""The rows of a sheet as typed fields; what cannot be understood is noted as a problem, and the field is left empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from ..domain.model import Language, Origin, Place
from ..domain.problems import Fact, Problem, Severity
from . import cells
from .cells import Cell, ExcelError, Unclear
from .columns import Column, Filled, Sheet
from .layout import FoundSheet, index_of
from .meanings import E, chosen, country, detail_of, yes_no
from .pages import Pages

_ABSENT = -1
T = TypeVar("T")


class SheetRows:
    """The rows of one sheet below its headings; iterating leaves out the empty ones."""

    def __init__(self, source: Pages, sheet: Sheet, found: FoundSheet, language: Language) -> None:
        self.title = found.layout.title
        self.letters = found.layout.columns
        self.columns: Mapping[str, Column] = {column.key: column for column in sheet.columns}
        self.index = {key: index_of(self.letters[key]) if key in self.letters else _ABSENT for key in self.columns}
        self.language = language
        self._source = source
        self._percent_cells: dict[str, frozenset[str]] = {}
        self._typed = [self.index[key] for key, column in self.columns.items() if _counts(column)]
        self._header = found.layout.header_row
        self._totals = found.totals
        self._rows = found.rows
        for row in found.rows:
            row.append("")  # what is read where a column is absent
        for reference, error in source.errors(self.title).items():
            self._mark(reference, error)

    def __iter__(self) -> Iterator[Row]:
        typed, totals = self._typed, self._totals
        for number, row in enumerate(self._rows[self._header :], start=self._header + 1):
            if number in totals:
                continue
            for index in typed:
                cell = row[index]
                if cell != "" and not (isinstance(cell, str) and cell.isspace()):
                    yield Row(self, number, row)
                    break

    def row(self, number: int, cells: list[Cell]) -> Row:
        """The row *number*, of which *cells* were read by themselves."""
        return Row(self, number, [*cells, ""])

    def is_percent(self, key: str, number: int) -> bool:
        """Whether the cell shows its number as a percentage. Looked up in the file only when it matters."""
        letters = self.letters[key]
        if key not in self._percent_cells:
            self._percent_cells[key] = self._source.percent_cells(self.title, letters)
        return f"{letters}{number}" in self._percent_cells[key]

    def _mark(self, reference: str, error: str) -> None:
        letters = reference.rstrip("0123456789")
        row, column = int(reference[len(letters) :]) - 1, index_of(letters)
        if row < len(self._rows) and column < len(self._rows[row]):
            self._rows[row][column] = ExcelError(error)


class Row:
    """One row. `invoice` is what its problems are said to concern.

    The methods that lines need are written for speed: what a cell usually holds is seen at once.
    """

    __slots__ = ("_cells", "_index", "_sheet", "invoice", "number", "problems")

    def __init__(self, sheet: SheetRows, number: int, row: list[Cell]) -> None:
        self._sheet = sheet
        self._index = sheet.index
        self._cells = row
        self.number = number
        self.invoice = ""
        self.problems: list[Problem] = []

    @property
    def origin(self) -> Origin:
        """Where the row stands."""
        return Origin(self._sheet.title, self.number, self._sheet.letters)

    def raw(self, key: str) -> Cell:
        """What stands in the cell, '' when it is empty or the column is absent."""
        return self._cells[self._index[key]]

    def text(self, key: str) -> str:
        """The text in the cell."""
        cell = self._cells[self._index[key]]
        if cell == "":
            return ""
        if cell.__class__ is str and cell.isascii() and "\r" not in cell:
            return cell.strip()
        return self._parsed(key, cell, cells.text, "")

    def identifier(self, key: str) -> str:
        """A number that is a name."""
        cell = self._cells[self._index[key]]
        if cell.__class__ is str and cell.isascii():
            return cell.strip()
        return self._parsed(key, cell, cells.identifier, "")

    def decimal(self, key: str) -> Decimal | None:
        """The number in the cell."""
        cell = self._cells[self._index[key]]
        if cell == "":
            return None
        if cell.__class__ is float and -cells.LARGEST < cell < cells.LARGEST:
            return cells.exact(cell)
        return self._parsed(key, cell, cells.decimal, None)

    def count(self, key: str, fallback: int) -> int:
        """The whole number, zero or more, in the cell, or *fallback*."""
        return self._value(key, cells.count, fallback)

    def days(self, key: str, fallback: int) -> int:
        """The number of days in the cell, or *fallback*."""
        return self._value(key, cells.days, fallback)

    def country(self, key: str, fallback: str) -> str:
        """The country in the cell as two letters, or *fallback*."""
        return self._value(key, country, fallback)

    def date(self, key: str) -> dt.date | None:
        """The day in the cell."""
        cell = self._cells[self._index[key]]
        if cell == "":
            return None
        if isinstance(cell, dt.date) and cell.__class__ is dt.date and cells.FIRST_YEAR <= cell.year <= cells.LAST_YEAR:
            return cell
        return self._parsed(key, cell, cells.date, None)

    def vat_rate(self, key: str) -> Decimal | None:
        """The VAT percentage in the cell."""
        cell = self._cells[self._index[key]]
        if cell == "":
            return None
        if cell.__class__ is float and 1 < cell < 100:
            return cells.exact(cell)
        return self._parsed(key, cell, cells.vat_rate, None)

    def discount(self, key: str) -> Decimal | None:
        """The percentage in the cell."""
        cell = self._cells[self._index[key]]
        if cell == "":
            return None
        fraction = None
        if isinstance(cell, float) and 0 < cell <= 1:
            fraction = self._sheet.is_percent(key, self.number) or None
        return self._value(key, lambda cell: cells.percent(cell, fraction=fraction), None)

    def yes(self, key: str) -> bool:
        """Whether the cell says yes."""
        return self._value(key, yes_no, False)

    def choice(self, key: str, kind: type[E], fallback: E) -> E:
        """The choice that the cell's word means, or *fallback*."""
        choices = self._sheet.columns[key].choices
        return self._value(key, lambda cell: chosen(cell, choices, kind), fallback)

    def note(
        self, code: str, key: str, value: Fact = "", detail: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Add a problem of the cell in column *key*."""
        place = Place(self._sheet.title, f"{self._sheet.letters.get(key, '')}{self.number}")
        self.problems.append(Problem(code, severity, place, value, self.invoice, detail))

    def _value(self, key: str, parse: Callable[[Cell], T | None], fallback: T) -> T:
        cell = self._cells[self._index[key]]
        return fallback if cell == "" else self._parsed(key, cell, parse, fallback)

    def _parsed(self, key: str, cell: Cell, parse: Callable[[Cell], T | None], fallback: T) -> T:
        try:
            if cell.__class__ is ExcelError:
                raise Unclear("cell_error")
            value = parse(cell)
        except Unclear as unclear:
            column = self._sheet.columns[key]
            calculated = column.filled is Filled.CALCULATED
            severity = Severity.WARNING if calculated else Severity.ERROR
            detail = detail_of(unclear, column.choices, column.title(self._sheet.language), self._sheet.language)
            self.note(unclear.code, key, cells.shown(cell), detail, severity)
            return fallback
        return fallback if value is None else value


def _counts(column: Column) -> bool:
    """Whether something in the column makes its row a row: formulas stand ready in empty rows too."""
    return column.filled is Filled.TYPED
