"""Days. Which of `01-02-2026` is the month, the other dates in its column tell; a time with a zone is a Dutch day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from ...workbook.cells import Cell, text
from ...workbook.dates import date_in
from .misread import Misread

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2199, 12, 31)

_LONGEST = 60
_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel, which thinks that 1900 was a leap year
_SERIAL = re.compile(r"(\d{5,6})(?:[.,]\d+)?")
_TIME = (
    r"(?:[T ,]+(?:om |at )?(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?)(?:\s*uur)?)?"
)
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|CEST|CET|[+-]\d{2}:?\d{2})?"
_NUMERIC = re.compile(rf"(?P<a>\d{{1,4}})\s*[-/.\s]\s*(?P<b>\d{{1,2}})\s*[-/.\s]\s*(?P<c>\d{{1,4}}){_TIME}{_ZONE}")
_OTHER = re.compile(rf"(?P<day>.*?\d{{4}}|\d{{8}}){_TIME}{_ZONE}")
_USUAL = (
    (re.compile(r"[\u2010-\u2014\u2212]"), "-"),
    (re.compile(r"\[\w+(?:/\w+)*\]$"), ""),  # the name of a zone after its offset (RFC 9557)
    (re.compile(r"^(\d{8})T?(\d\d)(\d\d)(?:\d\d)?$"), r"\1 \2:\3"),
    (re.compile(r"^(\d\d)(\d\d)((?:19|20)\d\d)$"), r"\1-\2-\3"),
    (re.compile(r"(?<=\d)(?:e|de|ste|st|nd|rd|th|er)\b", re.IGNORECASE), ""),
    (re.compile(r"['’](?=\d\d\b)"), ""),
    (re.compile(r"\b(\d{1,2})u(\d\d)\b", re.IGNORECASE), r"\1:\2"),
)
"""How dates are also written, and what is usual for it."""
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "CET": 60, "CEST": 120}


@cache
def _here() -> ZoneInfo:
    """The zone whose days these are. Looked up only for times that have a zone: not every computer knows zones."""
    return ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Order:
    """In which order day and month stand in a column: how many dates tell it, and how many could be either."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    example: str = ""

    @property
    def told(self) -> str:
        """`mdy` when more dates can only be read so; a Dutch file puts the day first."""
        return "mdy" if self.month_first > self.day_first else "dmy"


def order_of(cells: Iterable[tuple[Cell, int]]) -> Order:
    """What *cells* (each with how often it occurs) tell of the order of day and month."""
    day_first = month_first = either = 0
    example = ""
    for cell, count in cells:
        match = _NUMERIC.fullmatch(text(cell)) if isinstance(cell, str) else None
        if match is None or len(match["a"]) > 2:
            continue
        first, second = int(match["a"]), int(match["b"])
        if first > 12 >= second:
            day_first += count
        elif second > 12 >= first:
            month_first += count
        elif first != second:
            either += count
            example = example or text(cell)
    return Order(day_first, month_first, either, example)


def day_in(cell: Cell, order: str) -> dt.date | None:
    """The day in *cell*, None when it is empty; *order* (`dmy` or `mdy`) decides where both could be.

    Raises Misread for what is no day, or one before 1990 or after 2199.
    """
    found = _day(cell, order)
    if found is not None and not EARLIEST <= found <= LATEST:
        raise Misread("date_unreadable")
    return found


def _day(cell: Cell, order: str) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return (cell.astimezone(_here()) if cell.tzinfo else cell).date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _from_serial(int(cell))
    written = text(cell) if isinstance(cell, str) else ""
    if not written and isinstance(cell, str):
        return None
    if len(written) > _LONGEST:
        raise Misread("date_unreadable")
    if serial := _SERIAL.fullmatch(written):
        return _from_serial(int(serial[1]))
    if match := _NUMERIC.fullmatch(written):
        return _zoned(_numeric(match, order), match)
    if (match := _OTHER.fullmatch(written)) and (found := date_in(match["day"].replace("'", " "))):
        return _zoned(found, match)
    if found := date_in(written):
        return found
    if (tidied := _tidied(written)) != written:
        return _day(tidied, order)
    raise Misread("date_unreadable")


def _tidied(written: str) -> str:
    """*written*, which is no date as it stands, in the words of the others."""
    for pattern, usual in _USUAL:
        written = pattern.sub(usual, written)
    return written


def _from_serial(days: int) -> dt.date:
    if not 0 < days < 120_000:
        raise Misread("date_unreadable")
    return _EPOCH + dt.timedelta(days=days)


def _numeric(match: re.Match[str], order: str) -> dt.date:
    first, second, third = match["a"], match["b"], match["c"]
    if len(first) == 4 or (order == "ymd" and len(third) <= 2):
        year, month, day = first, second, third
    else:
        month_first = order == "mdy" if max(int(first), int(second)) <= 12 else int(second) > 12
        day, month, year = (second, first, third) if month_first else (first, second, third)
    if len(year) not in (2, 4):
        raise Misread("date_unreadable")
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError as error:
        raise Misread("date_unreadable") from error


def _zoned(day: dt.date, match: re.Match[str]) -> dt.date:
    """*day*, which a time with a zone may make the day before or after it here."""
    if not match["zone"] or not match["time"]:
        return day
    hour, minute = (int(part) for part in re.findall(r"\d+", match["time"])[:2])
    half = match["time"].lower()
    hour = hour % 12 + (12 if "p" in half else 0) if "m" in half else hour
    zone = match["zone"]
    offset = _ZONES.get(zone)
    if offset is None:
        sign = -1 if zone[0] == "-" else 1
        offset = sign * (int(zone[1:3]) * 60 + int(zone[-2:]))
    try:
        there = dt.datetime.combine(day, dt.time(hour, minute), dt.timezone(dt.timedelta(minutes=offset)))
    except ValueError as error:
        raise Misread("date_unreadable") from error
    return there.astimezone(_here()).date()
