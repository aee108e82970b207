"""Lines that belong to no invoice, because their number is empty or unknown: nobody would be charged for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from .model import Line, Origin
from .numbering import same_number
from .problems import Problem

_PARTS = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class StrayLine:
    """Such a line: the number typed, what it is about, and the invoices of the nearest lines above and below it."""

    number: str
    description: str
    origin: Origin
    above: str = ""
    below: str = ""


def strays_among(lines: Iterable[tuple[str, Line]], known: AbstractSet[str]) -> tuple[StrayLine, ...]:
    """The strays among *lines*, each with the number typed; *known* are those of invoices (as `same_number` is)."""
    ordered = sorted(lines, key=lambda numbered: numbered[1].origin.row)
    below = _nearest(reversed(ordered), known)[::-1]
    return tuple(
        StrayLine(number, line.description, line.origin, before, after)
        for (number, line), before, after in zip(ordered, _nearest(ordered, known), below, strict=True)
        if same_number(number) not in known
    )


def _nearest(lines: Iterable[tuple[str, Line]], known: AbstractSet[str]) -> list[str]:
    """For each of *lines* the last number of an invoice up to there."""
    numbers: list[str] = []
    for number, _ in lines:
        last = numbers[-1] if numbers else ""
        numbers.append(number if same_number(number) in known else last)
    return numbers


def stray_problems(strays: Iterable[StrayLine], numbers: Sequence[str], settled: AbstractSet[str]) -> Iterator[Problem]:
    """A problem for each of *strays*, told of every invoice that it may belong to: those do not go out.

    These are, as far as there are any among *numbers*: those that are the same but for case, zeros and signs; of the
    neighbours those that are one typing error away; all that are; the neighbours. A line without a number belongs to
    a neighbour. Invoices that went out or are void (*settled*, as `same_number` has them) are not disturbed; a line
    that belongs to no other is a problem of the whole book.
    """
    alike = _Alike(numbers)
    for stray in strays:
        where = stray.origin.at("invoice")
        homes = [number for number in _homes(stray, numbers, alike) if same_number(number) not in settled]
        for home in homes or [""]:
            if stray.number:
                yield Problem("line_invoice_unknown", place=where, value=stray.number, invoice=home)
            else:
                yield Problem("line_invoice_missing", place=where, value=stray.description, invoice=home)


def _homes(stray: StrayLine, numbers: Sequence[str], alike: _Alike) -> Sequence[str]:
    beside = {same_number(number) for number in (stray.above, stray.below) if number}
    neighbours = [number for number in numbers if same_number(number) in beside]
    if not stray.number:
        return neighbours
    same, close = alike.to(same_number(stray.number))
    return same or [number for number in neighbours if number in close] or close or neighbours


class _Alike:
    """Which of *numbers* resemble one; a number that is wrong once is often so on many lines."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self._forms = [(number, same_number(number), _parts(number)) for number in numbers]
        self._found: dict[str, tuple[Sequence[str], Sequence[str]]] = {}

    def to(self, number: str) -> tuple[Sequence[str], Sequence[str]]:
        """Those that are *number* but for case, zeros and signs, and those that are a typing error away from it."""
        if number not in self._found:
            parts = _parts(number)
            same = [one for one, _, others in self._forms if others == parts]
            close = [one for one, form, _ in self._forms if _one_slip_apart(form, number)]
            self._found[number] = same, close
        return self._found[number]


def _parts(number: str) -> list[str]:
    """The letters and digits of *number* without what often goes wrong: case, leading zeros and the signs between."""
    return [part.lstrip("0") for part in _PARTS.findall(number.casefold())]


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether a character too many, too few or wrong, or two that changed places, makes the one from the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) == 1:
        return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))
    if len(longer) != len(shorter):
        return False
    wrong = [index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(wrong) == 1
