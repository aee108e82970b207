"""Between the values of Calc's cells and those that Excel's interface gives and takes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

EPOCH = dt.datetime(1899, 12, 30)
DATE, TIME, LOGICAL = 2, 4, 1024  # com.sun.star.util.NumberFormat
_COERCED = re.compile(
    r"\s*[-+]?[\d.,]+\s*%?\s*|\s*\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?\s*|true|false|waar|onwaar"
    r"|\d{1,2}\s+[a-z]{3,9}(\s+\d{2,4})?|\d{1,2}:\d{2}(:\d{2})?",
    re.IGNORECASE,
)

_ON_SHEET = re.compile(r"('[^']+'|\w+)!(?=\$?[A-Z])")


class CellError(str):
    """A cell in which a formula ended in an error."""

    __slots__ = ()


def from_cell(value: Any, kind: int) -> Any:
    """A number as the date or truth value that its format makes of it."""
    if not isinstance(value, float) or not kind:
        return value
    if kind & LOGICAL:
        return bool(value)
    return EPOCH + dt.timedelta(seconds=round(value * 86400))


def number_of(moment: dt.datetime) -> float:
    """A moment as a spreadsheet counts it."""
    return (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)


def text_of(text: str) -> str | None:
    """What Excel keeps of *text* as text: without the apostrophe; None when it would make something else of it."""
    if text.startswith("'"):
        return text[1:]
    return None if _COERCED.fullmatch(text) or text[:1] in ("=", "+", "-", "@") else text


def for_calc(formula: str) -> str:
    """*formula* as Calc's interface wants it: `;` between arguments, and `$Sheet.A1` for Excel's `Sheet!A1`."""
    pieces = formula.split('"')
    pieces[::2] = [_ON_SHEET.sub(r"$\1.", piece.replace(",", ";")) for piece in pieces[::2]]
    return '"'.join(pieces)
