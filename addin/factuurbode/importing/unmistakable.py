"""Cells that were read as the rest of their file told, written so that they mean the same without that rest."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..workbook.columns import Type
from .mapping.fields import BY_KEY
from .meaning.days import day_in
from .meaning.misread import Misread
from .meaning.numbers import COMMA, POINT
from .proposal import Detected

_EITHER = re.compile(r"([+-]?[1-9]\d{0,2})([.,])(\d{3})")
_NUMBERS = (Type.NUMBER, Type.MONEY, Type.PERCENT, Type.WHOLE)


def unmistakable(detected: Detected) -> dict[str, Callable[[str], str]]:
    """By the columns of *detected* in which a cell alone could be taken for something else, how to write it instead.

    `1.500` is 1.5 among prices with a point and 1500 among those with a comma; 11-03-2026 is in November where the
    month stands first. Everything else keeps its text.
    """
    found: dict[str, Callable[[str], str]] = {}
    for key, column in detected.matched.items():
        if BY_KEY[key].type in _NUMBERS and detected.decimal:
            found[column] = lambda cell: _number(cell, detected.decimal)
        elif BY_KEY[key].type is Type.DATE and detected.date_order in ("mdy", "ymd"):
            found[column] = lambda cell: _day(cell, detected.date_order)
    return found


def _number(cell: str, mark: str) -> str:
    """A nought behind three decimals makes them decimals; thousands need no sign. A comma is read so anyway."""
    match = _EITHER.fullmatch(cell.strip())
    if match is None or (mark == COMMA and match[2] == POINT):
        return cell
    return f"{match[1]}{match[2]}{match[3]}0" if match[2] == mark else f"{match[1]}{match[3]}"


def _day(cell: str, order: str) -> str:
    try:
        day = day_in(cell, order)
    except Misread:
        return cell
    return day.isoformat() if day else cell
