"""What a cell means, read as forgivingly as a person would and no more.

Each function takes what the reader of the file gives (text, float, bool, date…; '' is an empty cell) and returns
the value, or None for an empty cell. What cannot be understood raises `Unclear` with the code of its problem.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from ..domain.problems import Fact
from .dates import date_in

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta

LARGEST = 10**8
"""No quantity, price or amount of a bakery is so large: somebody scanned a bar code, or a mark is out of place."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years in which an invoice, a delivery or an agreement can be."""

LONGEST_TERM = 3650
"""So many days somebody may wait for their money; a longer term is a slip of the keyboard."""

_LONGEST_SHOWN = 10**15
_INVISIBLE = {ord(sign): None for sign in "\u200b\u200e\u200f\u2060\ufeff"}
_SPACES = {ord(sign): " " for sign in "\u00a0\u2007\u2009\u202f"}
_NUMBER_NOISE = {ord(sign): None for sign in " \u00a0\u2007\u2009\u202f'’€"} | {ord("−"): "-"}


class ExcelError(str):
    """A cell in which Excel shows an error, such as #N/A."""

    __slots__ = ()


class Unclear(ValueError):
    """A cell that cannot be understood; `code` is that of the problem to report."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def shown(cell: Cell) -> Fact:
    """*cell* for the report of a problem; a number or a date is told in the reader's language."""
    if isinstance(cell, float):
        return exact(cell) if abs(cell) < _LONGEST_SHOWN else f"{cell:.15g}"
    if isinstance(cell, dt.date):
        return cell
    return _as_typed(cell)


def text(cell: Cell) -> str:
    """The text of a cell without stray spaces; a number as it is shown, a date as day-month-year."""
    if isinstance(cell, str):
        if not cell.isascii():
            cell = cell.translate(_SPACES).translate(_INVISIBLE)
        return cell.strip().replace("\r\n", "\n")
    if isinstance(cell, dt.date):
        return f"{cell.day}-{cell.month}-{cell.year}"
    return _as_typed(cell)


def identifier(cell: Cell) -> str:
    """A number that is a name: leading zeros are kept, and 12.0 is "12".

    Raises Unclear for a date: Excel makes one of `10-2026`, and what was typed is lost.
    """
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise Unclear("identifier_is_date")
    return text(cell)


def decimal(cell: Cell) -> Decimal | None:
    """A number: `1.234,50`, `1,234.50`, `€ 3,50` and `-2` too.

    Raises Unclear; `1.234` as text could be a thousand or a decimal, so it is not guessed.
    """
    if cell.__class__ is float or cell.__class__ is int:
        number = exact(cell)
    elif not isinstance(cell, str):
        raise Unclear("number_unreadable")
    elif cell and not cell.isspace():
        number = _decimal_in(cell)
    else:
        return None
    if not number.is_finite():  # a damaged workbook can hold such a cell
        raise Unclear("number_unreadable")
    if abs(number) >= LARGEST:
        raise Unclear("number_too_large")
    return number


def count(cell: Cell) -> int | None:
    """A whole number, zero or more. Raises Unclear for anything else."""
    try:
        number = decimal(cell)
    except Unclear as unclear:
        raise Unclear("count_unreadable") from unclear
    if number is None:
        return None
    if number != number.to_integral_value() or number < 0:
        raise Unclear("count_unreadable")
    return int(number)


def days(cell: Cell) -> int | None:
    """A number of days. Raises Unclear for what is none, or so many that nobody waits for it."""
    try:
        found = count(cell)
    except Unclear as unclear:
        raise Unclear("days_unreadable") from unclear
    if found is not None and found > LONGEST_TERM:
        raise Unclear("days_unreadable")
    return found


def percent(cell: Cell, *, fraction: bool | None = None) -> Decimal | None:
    """A percentage: 9, `9`, `9%` and `9 %` are 9.

    A bare number from 0 to 1 may be a fraction (0.09 shown as 9 %): `fraction` says so, or None when it cannot be
    known. Raises Unclear, also for such a number when it cannot be known.
    """
    if isinstance(cell, str) and cell.rstrip().endswith("%"):
        return decimal(cell.rstrip().removesuffix("%"))
    number = decimal(cell)
    if number is None or fraction is False or not 0 < number <= 1:
        return number
    if fraction:
        return (number * 100).normalize() + 0
    if number == 1:
        return number
    raise Unclear("percent_ambiguous")


def vat_rate(cell: Cell) -> Decimal | None:
    """A VAT percentage. One below 1 % has never existed, so 0.09 is 9 %. Raises Unclear."""
    try:
        return percent(cell)
    except Unclear as unclear:
        if unclear.code != "percent_ambiguous":
            raise
        return percent(cell, fraction=True)


def date(cell: Cell) -> dt.date | None:
    """A day, from a date or from text (`3-10-2026`, `2026-10-03`, `3 okt 2026`). Raises Unclear."""
    found: dt.date | None = None
    if isinstance(cell, dt.datetime):
        found = cell.date()
    elif isinstance(cell, dt.date):
        found = cell
    elif isinstance(cell, str):
        written = text(cell)
        if not written:
            return None
        found = date_in(written)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unclear("date_unreadable")
    return found


def _as_typed(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    return format(exact(cell), "f") if isinstance(cell, float) else str(cell)


@lru_cache(maxsize=8192)
def exact(number: float) -> Decimal:
    """*number* with the 15 digits that a spreadsheet shows: 1.1 + 2.2 is 3.3.

    It remembers: the same quantities, prices and rates come back thousands of times.
    """
    return Decimal(f"{number:.15g}")


def _decimal_in(written: str) -> Decimal:
    bare = written.translate(_NUMBER_NOISE).removeprefix("EUR").removesuffix("EUR")
    sign = -1 if bare.startswith("-") else 1
    digits = bare.removeprefix("-").removeprefix("+").removesuffix(",-").removesuffix(",--")
    point = max(digits.rfind("."), digits.rfind(","))
    if point < 0:
        whole_part, fraction = digits, ""
    else:
        mark, other = digits[point], "," if digits[point] == "." else "."
        whole_part, fraction = digits[:point], digits[point + 1 :]
        if mark in whole_part and other not in whole_part and len(fraction) == 3:
            whole_part, fraction = _ungrouped(digits, mark), ""
        elif other in whole_part and mark not in whole_part:
            whole_part = _ungrouped(whole_part, other)
        elif len(fraction) == 3 and 1 <= len(whole_part) <= 3 and not whole_part.startswith("0"):
            raise Unclear("number_ambiguous")
    if not f"{whole_part}{fraction}".isdecimal() or not digits.isascii() or len(digits) > 20:
        raise Unclear("number_unreadable")
    return sign * Decimal(f"{whole_part or '0'}.{fraction or '0'}").normalize() + 0


def _ungrouped(digits: str, mark: str) -> str:
    first, *groups = digits.split(mark)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
        raise Unclear("number_unreadable")
    return first + "".join(groups)
