"""Invoice numbers: how they are made, and what they are made of (L4; Wet OB art. 35a lid 1 sub b)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from .model import Kind
from .settings import Numbering

CREDIT_PREFIX = "C"
"""Stands before the pattern where credit notes have a series of their own."""
_PATTERN = re.compile(r"(?P<before>.*)\{number(?::0?(?P<width>\d{1,2}))?\}(?P<after>.*)", re.DOTALL)
_YEAR = re.escape("{year}")
_DIGITS = r"\d{1,15}"  # of more Python would make no number
_SERIES = re.compile(rf"(.*?)({_DIGITS})(\D*)", re.DOTALL)


def same_number(number: str) -> str:
    """The form in which two invoice numbers are the same number: without case and outer space."""
    return number.strip().casefold()


def pattern_for(numbering: Numbering, kind: Kind) -> str:
    """The pattern of the series in which a document of *kind* is numbered."""
    own = kind is Kind.CREDIT_NOTE and numbering.own_credit_series
    return f"{CREDIT_PREFIX}{numbering.pattern.strip()}" if own else numbering.pattern.strip()


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


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is written: what its series has before and after it, and its digits.

    By the pattern of the settings there may be a `year`; '' where it does not belong to that, or names none.
    """

    before: str
    digits: str
    after: str
    pattern: str = ""
    year: str = ""

    @property
    def number(self) -> int:
        """Which one of its series it is."""
        return int(self.digits)

    @property
    def series(self) -> tuple[str, str]:
        """The same for all numbers of its series."""
        return self.before.casefold(), self.after.casefold()

    def with_number(self, number: int) -> str:
        """That number of the same series, as wide."""
        return f"{self.before}{number:0{len(self.digits)}}{self.after}"


def written(number: str, numbering: Numbering) -> Written | None:
    """*number* in its parts: those of the pattern where it fits, else its last run of digits and what stands around it.

    None for one without digits.
    """
    text = number.strip()
    for pattern in patterns(numbering):
        if (form := _form(pattern)) and (found := form.fullmatch(text)):
            year = found.groupdict().get("year") or ""
            return Written(text[: found.start("n")], found["n"], text[found.end("n") :], pattern, year)
    match = _SERIES.fullmatch(text)
    return Written(*match.groups()) if match else None


def patterns(numbering: Numbering) -> tuple[str, ...]:
    """The patterns of the series that the settings make, in the order in which a number is held against them."""
    return tuple(dict.fromkeys(pattern_for(numbering, kind) for kind in Kind))


def first_of(pattern: str, numbering: Numbering, year: int) -> Written | None:
    """The first number of the series of *year*; None when the pattern has no `{number}`."""
    parts = _parts(pattern, year)
    if parts is None:
        return None
    before, width, after = parts
    named = str(year) if "{year}" in pattern else ""
    return Written(before, f"{numbering.first_number:0{width}}", after, pattern, named)


def _form(pattern: str) -> re.Pattern[str] | None:
    """What the numbers of all years look like."""
    match = _PATTERN.fullmatch(pattern.strip())
    if match is None or _parts(pattern, 2000) is None:
        return None
    form = rf"{re.escape(match['before'])}(?P<n>{_DIGITS}){re.escape(match['after'])}"
    form = form.replace(_YEAR, r"(?P<year>\d{4})", 1).replace(_YEAR, "(?P=year)")
    return re.compile(form, re.IGNORECASE)


def _parts(pattern: str, year: int) -> tuple[str, int, str] | None:
    """What stands before and after the number, and how wide it is."""
    match = _PATTERN.fullmatch(pattern.strip())
    if match is None:
        return None
    before, after = (part.replace("{year}", str(year)) for part in (match["before"], match["after"]))
    return None if {"{", "}"} & {*before, *after} else (before, int(match["width"] or 1), after)
