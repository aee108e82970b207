"""Amounts and quantities as exact decimals. Whether a comma or a point is the decimal mark, the file itself tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ...workbook.cells import LARGEST, Cell, exact
from .misread import Misread

COMMA, POINT = ",", "."
_NOISE = {ord(sign): None for sign in " \t\u00a0\u2007\u2009\u202f'’´`€\u200b\ufeff"} | {
    ord(sign): "-" for sign in "−–—‐‑"
}
_CURRENCY = re.compile(r"^euro?|euro?s?$", re.IGNORECASE)
_BARE = re.compile(r"[0-9][0-9.,]*|[.,][0-9]+")
_WHOLE_DASH = re.compile(r"[.,](?:-{1,2}|=)$")
_LONGEST = 20
_LONGEST_RATE = 40
_PERCENTAGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_OF_A_RATE = re.compile(r"btw|vat|tarief|rate")
_RATES = {
    **dict.fromkeys(("laag", "low", "verlaagd", "reduced", "l"), Decimal(9)),
    **dict.fromkeys(("hoog", "high", "standaard", "standard", "algemeen", "h"), Decimal(21)),
    **dict.fromkeys(("nul", "zero", "geen", "none", "vrijgesteld", "exempt", "n"), Decimal(0)),
}


@dataclass(frozen=True, slots=True)
class Votes:
    """How many cells can only be read with a comma, or only with a point, as decimal mark; and those with either."""

    comma: int = 0
    point: int = 0
    either: int = 0

    def __add__(self, other: Votes) -> Votes:
        return Votes(self.comma + other.comma, self.point + other.point, self.either + other.either)

    @property
    def mark(self) -> str:
        """The mark that most cells tell, or '' when none or as many tell the other."""
        return "" if self.comma == self.point else COMMA if self.comma > self.point else POINT


def votes(cells: Iterable[tuple[Cell, int]]) -> Votes:
    """What the texts among *cells* (each with how often it occurs) tell of the decimal mark."""
    total = Votes()
    for cell, count in cells:
        if isinstance(cell, str) and (digits := _digits(cell)[1]):
            told = _told(digits)
            total += Votes(
                count * (told == COMMA), count * (told == POINT), count * (told == "" and _marks(digits) != "")
            )
    return total


def number_in(cell: Cell, mark: str) -> Decimal | None:
    """The number in *cell*, None when it is empty; *mark* decides what `1.234` is.

    `€ 1.234,50`, `-5`, `5-`, `(5)`, `1'234.50` and `12,-` are understood. Raises Misread.
    """
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise Misread("number_unreadable")
    if isinstance(cell, float | int):
        return _credible(exact(cell) if isinstance(cell, float) else Decimal(cell))
    if not cell or cell.isspace():
        return None
    negative, digits = _digits(cell)
    if not digits:
        raise Misread("number_unreadable")
    decimal_mark = _told(digits) or mark
    thousands = POINT if decimal_mark == COMMA else COMMA
    whole, _, fraction = digits.partition(decimal_mark)
    if thousands in fraction or decimal_mark in fraction or not _grouped_well(whole, thousands):
        raise Misread("number_unreadable")
    number = Decimal(f"{whole.replace(thousands, '') or '0'}.{fraction or '0'}").normalize() + 0
    return _credible(-number if negative else number)


def percent_in(cell: Cell, mark: str, *, fractions: bool) -> Decimal | None:
    """The percentage in *cell*: `9`, `9%` and `9,00 %` are 9; 0.09 is too where *fractions* says so. Raises Misread."""
    if isinstance(cell, str) and cell.rstrip().endswith("%"):
        return number_in(cell.rstrip().removesuffix("%"), mark)
    number = number_in(cell, mark)
    return (number * 100).normalize() + 0 if fractions and number is not None and abs(number) <= 1 else number


def rate_in(cell: Cell, mark: str) -> Decimal | None:
    """The VAT rate in *cell*: a percentage, 0.09, `9% laag`, or the name of a rate (`Laag`, `BTW hoog`, `H`).

    A name is the rate of today (since 2019); where another held, the row must tell the percentage. Raises Misread.
    """
    try:
        return _rate_in(cell, mark)
    except Misread as misread:
        raise Misread("rate_unreadable") from misread


def _rate_in(cell: Cell, mark: str) -> Decimal | None:
    if isinstance(cell, str) and len(cell) <= _LONGEST_RATE:
        told = _PERCENTAGE.search(cell)
        named = _RATES.get("".join(re.findall(r"[a-z]+", _OF_A_RATE.sub("", cell.casefold()))))
        if told and (named is not None or not cell.rstrip().endswith("%")):
            return number_in(told[1], mark)
        if named is not None:
            return named
    return percent_in(cell, mark, fractions=True)


def _credible(number: Decimal) -> Decimal:
    if not number.is_finite():  # a damaged workbook can hold such a cell
        raise Misread("number_unreadable")
    if abs(number) >= LARGEST:
        raise Misread("number_too_large")
    return number


def _digits(cell: str) -> tuple[bool, str]:
    """Whether *cell* is negative, and its digits with their marks; '' when something else stands in it."""
    bare = _CURRENCY.sub("", cell.translate(_NOISE))
    bare = _WHOLE_DASH.sub("", bare)
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, _CURRENCY.sub("", bare[1:-1])
    elif bare.startswith("-"):
        negative, bare = True, _CURRENCY.sub("", bare[1:])
    elif bare.endswith("-"):
        negative, bare = True, bare[:-1]
    bare = bare.removeprefix("+")
    return negative, bare if _BARE.fullmatch(bare) and len(bare) <= _LONGEST else ""


def _told(digits: str) -> str:
    """The decimal mark that *digits* can only have, or '' when there is no mark or either would do."""
    commas, points = digits.count(COMMA), digits.count(POINT)
    if commas and points:
        return COMMA if digits.rfind(COMMA) > digits.rfind(POINT) else POINT
    if commas > 1 or points > 1:
        return POINT if commas else COMMA
    if not commas and not points:
        return ""
    mark = COMMA if commas else POINT
    whole, _, fraction = digits.partition(mark)
    could_be_thousands = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return "" if could_be_thousands else mark


def _marks(digits: str) -> str:
    return digits.strip("0123456789")


def _grouped_well(whole: str, thousands: str) -> bool:
    first, *groups = whole.split(thousands)
    return not groups or (1 <= len(first) <= 3 and all(len(group) == 3 for group in groups))
