"""The columns of a file as values: each field's texts, numbers and days, and faults where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ..domain.model import EInvoice, Kind, Language, Period, VatTreatment
from ..workbook import choices
from ..workbook.cells import LONGEST_TERM, Cell, ExcelError, Unclear
from ..workbook.choices import Choices
from ..workbook.columns import Type
from ..workbook.meanings import chosen, country
from .columns import Coded
from .fault import Fault
from .mapping.fields import BY_KEY
from .meaning.days import day_in, order_of
from .meaning.misread import Misread
from .meaning.numbers import COMMA, POINT, Votes, number_in, percent_in, rate_in, votes
from .meaning.words import name_in, text_in
from .opening import Opened
from .proposal import Remark
from .reading.spreadsheet import ERRORS
from .reading.table import shown
from .wishes import Wishes

_CHOICES: Mapping[str, tuple[Choices, type[StrEnum]]] = {
    "language": (choices.LANGUAGES, Language),
    "e_invoice": (choices.E_INVOICE, EInvoice),
    "vat_treatment": (choices.VAT_TREATMENT, VatTreatment),
    "period": (choices.PERIODS, Period),
    "kind": (choices.KINDS, Kind),
}
_NUMBERS = (Type.NUMBER, Type.MONEY, Type.PERCENT, Type.WHOLE)


@dataclass(frozen=True, slots=True)
class Typed:
    """A field's column of values, `Fault` where one was not understood; and what was found out on the way."""

    columns: Mapping[str, Coded[Any]]
    decimal: str
    date_order: str
    remarks: tuple[Remark, ...]


def typed(opened: Opened, wishes: Wishes) -> Typed:
    """The data rows of *opened*, each column understood as its field asks."""
    cells = {key: opened.table.columns[place].take(opened.rows) for key, place in opened.matched.places.items()}
    titles = {key: opened.header[place] for key, place in opened.matched.places.items()}
    marks, decimal, remarks = _marks(cells, titles, opened.table.delimiter, wishes)
    orders: dict[str, str] = {}
    columns = {}
    for key, column in cells.items():
        if BY_KEY[key].type is Type.DATE:
            orders[key], told = _order(column, titles[key], wishes)
            remarks += told
        columns[key] = column.map(
            _guarded(_meaning(key, column, marks.get(key, decimal), orders.get(key, "")), titles[key])
        )
    return Typed(columns, decimal, " ".join(sorted(set(orders.values()))), tuple(remarks))


def _marks(
    cells: Mapping[str, Coded[Cell]], titles: Mapping[str, str], delimiter: str, wishes: Wishes
) -> tuple[dict[str, str], str, list[Remark]]:
    """The decimal mark of each column of numbers, that of the file, and where it could only be guessed."""
    usual = POINT if delimiter == COMMA else COMMA
    counted = {key: votes(column.used()) for key, column in cells.items() if BY_KEY[key].type in _NUMBERS}
    decimal = wishes.decimal or sum(counted.values(), Votes()).mark
    marks = {key: wishes.decimal or told.mark or decimal or usual for key, told in counted.items()}
    remarks = [
        Remark("remark.decimal_guessed", {"column": titles[key], "count": str(told.either), "mark": marks[key]})
        for key, told in counted.items()
        if told.either and not (wishes.decimal or told.mark or decimal)
    ]
    return marks, decimal or usual, remarks


def _order(column: Coded[Cell], title: str, wishes: Wishes) -> tuple[str, list[Remark]]:
    """The order of day and month in a column, and a remark when some of its dates could be read either way."""
    found = order_of(column.used())
    order = wishes.date_order or found.told
    if not found.either:
        return order, []
    told = "contradict" if found.day_first and found.month_first else order
    if not wishes.date_order and not found.day_first and not found.month_first:
        told = "guessed"
    facts = {"column": title, "count": str(found.either), "example": found.example}
    return order, [Remark(f"remark.dates_{told}", facts)]


def _meaning(key: str, column: Coded[Cell], mark: str, order: str) -> Callable[[Cell], Any]:
    if key in _CHOICES:
        words, kind = _CHOICES[key]
        return lambda cell: chosen(cell, words, kind)
    if key == "country":
        return country
    match BY_KEY[key].type:
        case Type.IDENTIFIER:
            return name_in
        case Type.DATE:
            return lambda cell: day_in(cell, order)
        case Type.PERCENT:
            if key == "vat_rate":
                return lambda cell: rate_in(cell, mark)
            fractions = _are_fractions(column, mark)
            return lambda cell: percent_in(cell, mark, fractions=fractions)
        case Type.NUMBER | Type.MONEY:
            return lambda cell: number_in(cell, mark)
        case Type.WHOLE:
            return lambda cell: _days_in(cell, mark)
        case _:
            return text_in


def _days_in(cell: Cell, mark: str) -> Decimal | None:
    """The payment term in *cell*, the only field that is a whole number. Raises Misread."""
    number = number_in(cell, mark)
    if number is not None and (number % 1 or not 0 <= number <= LONGEST_TERM):
        raise Misread("days_unreadable")
    return number


def _are_fractions(column: Coded[Cell], mark: str) -> bool:
    """Whether a column of percentages holds them as parts of 1, as a spreadsheet keeps cells that show 10 %."""
    numbers = []
    for cell, _ in column.used():
        try:
            numbers.append(number_in(cell, mark))
        except Misread:
            return False
    some = [number for number in numbers if number]
    return bool(some) and all(abs(number) < 1 for number in some)


def _guarded(meaning: Callable[[Cell], Any], title: str) -> Callable[[Cell], Any]:
    """*meaning*, with a fault in the place of what it does not understand."""

    def guarded(cell: Cell) -> Any:
        if cell.__class__ is ExcelError or cell in ERRORS:
            return Fault("cell_error", title, shown(cell))
        try:
            return meaning(cell)
        except (Misread, Unclear) as error:
            return Fault(error.code, title, shown(cell))

    return guarded
