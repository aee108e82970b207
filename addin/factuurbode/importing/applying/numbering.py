"""The numbers of the invoices of an import: from the series of the settings, without gaps, each once (L4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...domain.numbering import numbers_after, pattern_for, same_number
from ...domain.settings import Numbering
from ...errors import NumberingUnclear, NumberTaken
from ..proposal import Draft


def numbered(drafts: Sequence[Draft], numbering: Numbering, used: Iterable[str]) -> tuple[Draft, ...]:
    """*drafts* in their order, each with its number, and credit notes with that of the invoice they correct.

    The numbers follow the dates; *used* are all that were ever given. Raises NumberingUnclear, and NumberTaken for an
    invoice that came with a number which is in use.
    """
    taken = {same_number(number) for number in used}
    for draft in drafts:
        if draft.number:
            if same_number(draft.number) in taken:
                raise NumberTaken(number=draft.number)
            taken.add(same_number(draft.number))
    series = _Series(numbering, taken)
    given = [draft.number for draft in drafts]
    for place in sorted(range(len(drafts)), key=lambda place: drafts[place].issued):
        given[place] = given[place] or series.next(drafts[place])
    return tuple(
        draft._replace(
            number=number,
            corrects=draft.corrects if draft.corrects_draft is None else given[draft.corrects_draft],
            corrects_draft=None,
        )
        for draft, number in zip(drafts, given, strict=True)
    )


class _Series:
    """The series of each kind and year, as far as they were used."""

    def __init__(self, numbering: Numbering, taken: set[str]) -> None:
        self._numbering = numbering
        self._taken = taken
        self._running: dict[tuple[str, int], Iterator[str]] = {}

    def next(self, draft: Draft) -> str:
        pattern, year = pattern_for(self._numbering, draft.kind), draft.issued.year
        if (pattern, year) not in self._running:
            running = numbers_after(replace(self._numbering, pattern=pattern), self._taken, year)
            if running is None:
                raise NumberingUnclear(pattern=pattern)
            self._running[pattern, year] = running
        return next(self._running[pattern, year])
