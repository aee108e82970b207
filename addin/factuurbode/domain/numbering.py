"""Invoice numbers: each once, in series without silent gaps (L4; Wet OB art. 35a lid 1 sub b)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

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


def numbers_after(numbering: Numbering, used: Iterable[str], year: int) -> Iterator[str] | None:
    """The numbers that follow the highest one of *used* in the series of *year*, one after the other, without end.

    None when the pattern has no `{number}`.
    """
    first = next_number(numbering, used, year)
    parts = _parts(numbering.pattern, year)
    if first is None or parts is None:
        return None
    before, width, after = parts
    start = int(first.removeprefix(before).removesuffix(after))
    return (f"{before}{number:0{width}}{after}" for number in count(start))


def _parts(pattern: str, year: int) -> tuple[str, int, str] | None:
    """What stands before and after the number, and how wide it is."""
    match = _PATTERN.fullmatch(pattern.strip())
    if match is None:
        return None
    before, after = (part.replace("{year}", str(year)) for part in (match["before"], match["after"]))
    return None if {"{", "}"} & {*before, *after} else (before, int(match["width"] or 1), after)


def gaps(numbers: Iterable[str]) -> tuple[Gap, ...]:
    """The gaps within each series; a series is what stands around the last run of digits (`2026-` of `2026-0012`)."""
    return tuple(gap for one in series_of(numbers) for gap in one.gaps)


@dataclass(frozen=True, slots=True)
class Series:
    """One series: its `first` and `last` number, how many are used, those it lacks, and those that are used twice.

    A void number is neither a gap nor used, unless an invoice has it all the same.
    """

    first: str
    last: str
    used: int
    gaps: tuple[Gap, ...]
    doubles: tuple[str, ...]
    voids: tuple[str, ...]


def series_of(used: Iterable[str], void: Iterable[str] = ()) -> tuple[Series, ...]:
    """The series of the *used* and the *void* numbers; what has no digits belongs to none."""
    members: defaultdict[tuple[str, str], dict[int, list[str]]] = defaultdict(dict)
    voids: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for number, is_void in [*((one, False) for one in used), *((one, True) for one in void)]:
        if match := _SERIES.fullmatch(number.strip()):
            before, digits, after = match.groups()
            taken = members[before, after].setdefault(int(digits), [])
            taken += [] if is_void else [number.strip()]
            voids[before, after] += [number.strip()] if is_void else []
    return tuple(_series(around, members[around], voids[around]) for around in sorted(members))


def _series(around: tuple[str, str], members: Mapping[int, list[str]], void: Sequence[str]) -> Series:
    before, after = around
    written = {int(number.removeprefix(before).removesuffix(after)): number for number in void}
    written |= {number: taken[0] for number, taken in members.items() if taken}
    ordered = sorted(members)
    found = []
    for lower, upper in pairwise(ordered):
        if upper > lower + 1:
            width = len(written[lower]) - len(before) - len(after)
            first, last = (f"{before}{missing:0{width}}{after}" for missing in (lower + 1, upper - 1))
            found.append(Gap(first, last, upper - lower - 1))
    doubles = tuple(taken[0] for _, taken in sorted(members.items()) if len(taken) > 1)
    used = sum(bool(taken) for taken in members.values())
    return Series(written[ordered[0]], written[ordered[-1]], used, tuple(found), doubles, tuple(void))
