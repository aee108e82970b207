"""Dates that were typed as text. Day before month, as Dutch and British people write; or year first (ISO 8601)."""

from __future__ import annotations

import datetime as dt
import re

from .words import normal

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january januar janvier",
            "feb februari february februar fevrier février",
            "mrt maart mar march märz maerz mars",
            "apr april avril",
            "mei may mai",
            "jun juni june juin",
            "jul juli july juillet",
            "aug augustus august aout août",
            "sep sept september septembre",
            "okt oktober oct october octobre",
            "nov november novembre",
            "dec december dez dezember decembre décembre",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY_NAMES = (
    "ma di wo do vr za zo mon tue wed thu fri sat sun",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_DAYS = frozenset(name for names in _DAY_NAMES for name in names.split())
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_PARTS = re.compile(r"[\s./\-,]+")
_EARLIEST, _LATEST = 1990, 2199


def date_in(written: str) -> dt.date | None:
    """The day that *written* names, or None when it names none. Two-digit years are of this century."""
    parts = [part for part in _PARTS.split(_TIME.sub("", written)[:60]) if part]
    if parts and normal(parts[0]) in _DAYS:
        parts = parts[1:]
    if len(parts) == 1 and len(parts[0]) == 8 and parts[0].isdecimal():
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) != 3:
        return None
    first, second, third = parts
    if len(first) == 4:
        return _day(first, second, third)
    if normal(first) in _MONTHS:
        return _day(third, first, second)
    return _day(third, second, first)


def _day(year: str, month: str, day: str) -> dt.date | None:
    months = str(_MONTHS.get(normal(month), month))
    if not all(part.isascii() and part.isdecimal() for part in (year, months, day)) or len(year) not in (2, 4):
        return None
    whole_year = int(year) + (2000 if len(year) == 2 else 0)
    if not _EARLIEST <= whole_year <= _LATEST:
        return None
    try:
        return dt.date(whole_year, int(months), int(day))
    except (ValueError, OverflowError):  # of a day with twenty digits, too
        return None
