"""Invoice numbers: each once, in series without silent gaps (L4; Wet OB art. 35a lid 1 sub b)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .settings import Numbering

_PATTERN = re.compile(r"(?P<before>.*)\{number(?::0?(?P<width>\d{1,2}))?\}(?P<after>.*)", re.DOTALL)
_SERIES = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that a series lacks between two that it has; `first` and `last` may be the same."""

    first: str
    last: str
    count: int


def same_number(number: str) -> str:
    """The form in which two invoice numbers are the same number: without case and outer space."""
    return number.strip().casefold()


def next_number(numbering: Numbering, used: Iterable[str], year: int) -> str | None:
    """The number after the highest one of *used* in the series of *year*; None when the pattern has no `{number}`.

    The pattern may hold `{year}` and `{number}` with a width (`{number:04}`), each once, and nothing else in braces.
    """
    parts = _parts(numbering.pattern, year)
    if parts is None:
        return None
    before, width, after = parts
    series = re.compile(rf"{re.escape(before)}(\d+){re.escape(after)}", re.IGNORECASE)
    taken = (int(match[1]) for number in used if (match := series.fullmatch(number.strip())))
    following = max(max(taken, default=0) + 1, numbering.first_number)
    return f"{before}{following:0{width}}{after}"


def _parts(pattern: str, year: int) -> tuple[str, int, str] | None:
    """What stands before and after the number, and how wide it is."""
    match = _PATTERN.fullmatch(pattern.strip())
    if match is None:
        return None
    before, after = (part.replace("{year}", str(year)) for part in (match["before"], match["after"]))
    return None if {"{", "}"} & {*before, *after} else (before, int(match["width"] or 1), after)


def gaps(numbers: Iterable[str]) -> tuple[Gap, ...]:
    """The gaps within each series; a series is what stands around the last run of digits (`2026-` of `2026-0012`)."""
    series: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for number in numbers:
        if match := _SERIES.fullmatch(number.strip()):
            before, digits, after = match.groups()
            series[before, after][int(digits)] = digits
    found = []
    for (before, after), members in sorted(series.items()):
        ordered = sorted(members)
        for lower, upper in pairwise(ordered):
            if upper > lower + 1:
                width = len(members[lower])
                first, last = (f"{before}{missing:0{width}}{after}" for missing in (lower + 1, upper - 1))
                found.append(Gap(first, last, upper - lower - 1))
    return tuple(found)
