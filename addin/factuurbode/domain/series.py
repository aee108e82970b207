"""The series that invoice numbers make, and what they lack: a gap has to be explained (L4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, pairwise

from .numbering import Written, first_of, patterns, written
from .settings import Numbering

_Key = tuple[str, str]


class Why(StrEnum):
    """What is known of numbers that are missing."""

    UNKNOWN = ""
    UNDONE = "import-undone"  # an import gave them, and was undone
    ROW_GONE = "row-gone"  # they were given, and their rows are no longer there


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that a series lacks; `first` and `last` may be the same.

    `before` and `after` are the numbers beside it, '' where the series begins or ends with it.
    """

    first: str
    last: str
    count: int
    before: str = ""
    after: str = ""
    why: Why = Why.UNKNOWN


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


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers of a series that were given: from `first` to `last`; `next` is the one that comes next."""

    form: Written
    first: int
    last: int
    next: int
    written: Mapping[int, str]

    def at(self, number: int) -> str:
        """That number as it is written, or would be."""
        return self.written.get(number) or self.form.with_number(number)

    def __str__(self) -> str:
        return " – ".join(dict.fromkeys((self.at(self.first), self.at(self.next))))


@dataclass(slots=True)
class _Members:
    """The numbers of one series while they are gathered."""

    form: Written
    used: dict[int, list[str]] = field(default_factory=dict)
    void: dict[int, str] = field(default_factory=dict)
    missing: dict[int, Why] = field(default_factory=dict)
    start: int | None = None


def series_of(
    used: Iterable[str], void: Iterable[str], numbering: Numbering, missing: Mapping[str, Why] | None = None
) -> tuple[Series, ...]:
    """The series of the *used* and the *void* numbers; what has no digits belongs to none.

    The newest series of each pattern of *numbering* begins with its first number. Of *missing* ones the reason is
    known; those whose rows are gone were given, so that a series goes on up to them.
    """
    found = _gathered(used, void, numbering)
    for number, why in (missing or {}).items():
        if one := written(number, numbering):
            found.setdefault(one.series, _Members(one)).missing[one.number] = why
    for newest in _newest(found, numbering):
        newest.start = numbering.first_number
    known = ((key, one) for key, one in sorted(found.items()) if one.used or one.void or _given(one))
    return tuple(_series(one) for _, one in known)


def spans(given: Iterable[str], numbering: Numbering, year: int) -> Mapping[_Key, Span]:
    """By `Written.series`: the series of the *given* numbers, and those that the settings make this *year*."""
    found = _gathered(given, (), numbering)
    for pattern in patterns(numbering):
        if form := first_of(pattern, numbering, year):
            found.setdefault(form.series, _Members(form))
    known = {}
    for key, one in found.items():
        start = numbering.first_number if one.form.pattern else max(one.used)
        end = max(one.used, default=start - 1)
        names = {number: names[0] for number, names in one.used.items()}
        known[key] = Span(one.form, min([start, *one.used]), end, max(end + 1, start), names)
    return known


def _gathered(used: Iterable[str], void: Iterable[str], numbering: Numbering) -> dict[_Key, _Members]:
    found: dict[_Key, _Members] = {}
    for number in used:
        if one := written(number, numbering):
            found.setdefault(one.series, _Members(one)).used.setdefault(one.number, []).append(number.strip())
    for number in void:
        if one := written(number, numbering):
            found.setdefault(one.series, _Members(one)).void[one.number] = number.strip()
    return found


def _newest(found: Mapping[_Key, _Members], numbering: Numbering) -> Iterator[_Members]:
    """Of each pattern the series of the last year that there are numbers of; of older ones the start is not known."""
    for pattern in patterns(numbering):
        ours = [one for one in found.values() if one.form.pattern == pattern and (one.used or one.void)]
        if ours:
            yield max(ours, key=lambda one: one.form.year)


def _given(one: _Members) -> list[int]:
    return [number for number, why in one.missing.items() if why is Why.ROW_GONE]


def _series(one: _Members) -> Series:
    names = {**one.void, **{number: taken[0] for number, taken in one.used.items()}}
    ends = sorted([*names, *_given(one)])
    doubles = tuple(taken[0] for _, taken in sorted(one.used.items()) if len(taken) > 1)
    voids = tuple(number for _, number in sorted(one.void.items()))
    name = {number: names.get(number) or one.form.with_number(number) for number in (ends[0], ends[-1])}
    return Series(name[ends[0]], name[ends[-1]], len(one.used), tuple(_holes(one, names, ends)), doubles, voids)


def _holes(one: _Members, names: Mapping[int, str], ends: list[int]) -> Iterator[Gap]:
    """What is missing between the lowest and the highest number that was given, and before it down to the start."""
    undone = [number for number in one.missing if number < ends[0]]
    lowest = min([ends[0], *undone, *([one.start] if one.start is not None else [])])
    there = sorted({lowest - 1, *names, ends[-1] + 1})
    for lower, upper in pairwise(there):
        for first, last, why in _stretches(lower + 1, upper - 1, one.missing):
            before, after = names.get(lower, ""), names.get(upper, "")
            form = one.form
            yield Gap(form.with_number(first), form.with_number(last), last - first + 1, before, after, why)


def _stretches(first: int, last: int, missing: Mapping[int, Why]) -> Iterator[tuple[int, int, Why]]:
    """The numbers from *first* to *last*, cut where the reason is another."""
    known = sorted(number for number in missing if first <= number <= last)
    alike = groupby(enumerate(known), key=lambda one: (missing[one[1]], one[1] - one[0]))
    runs = [(why, [number for _, number in run]) for (why, _), run in alike]
    done = first
    for why, run in runs:
        if run[0] > done:
            yield done, run[0] - 1, Why.UNKNOWN
        yield run[0], run[-1], why
        done = run[-1] + 1
    if done <= last:
        yield done, last, Why.UNKNOWN
