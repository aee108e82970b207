"""Which rows stand on which draft, and what does not follow from the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ...domain.model import Customer, Kind, Line
from ..columns import Mask, Places


class Said(NamedTuple):
    """What is said of one draft: `more` are its lines without a row; `period` is None where the rows' days tell it."""

    payer: Customer
    issued: date
    kind: Kind = Kind.INVOICE
    number: str = ""
    corrects: str = ""
    corrects_draft: int | None = None
    reference: str = ""
    remark: str = ""
    more: tuple[Line, ...] = ()
    period: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows of all drafts behind each other, in the order of their lines; where each draft begins among them; and
    what is said of each. No draft is without rows.
    """

    rows: Places
    starts: Places
    said: Sequence[Said]

    @classmethod
    def of(cls, groups: Iterable[tuple[Sequence[int], Said]]) -> Groups:
        """The *groups*, each with its rows."""
        listed = list(groups)
        rows = np.array([row for members, _ in listed for row in members], dtype=np.int64)
        return cls(rows, starts_of([len(members) for members, _ in listed]), [said for _, said in listed])

    def __len__(self) -> int:
        return len(self.starts)

    def __add__(self, other: Groups) -> Groups:
        """These drafts and behind them those of *other*."""
        rows, starts = np.r_[self.rows, other.rows], np.r_[self.starts, other.starts + len(self.rows)]
        return Groups(rows, starts, [*self.said, *other.said])

    def members(self) -> list[Places]:
        """The rows of each draft."""
        return [self.rows[start:end] for start, end in pairwise([*self.starts.tolist(), len(self.rows)])]

    def having(self, wanted: Mask) -> Iterator[tuple[int, Places]]:
        """The drafts of which some row is *wanted*: the place of each, and its rows."""
        found = wanted[self.rows]
        if found.any():
            members = self.members()
            for place in np.flatnonzero(np.logical_or.reduceat(found, self.starts)).tolist():
                yield place, members[place]

    def numbers(self) -> Places:
        """For each of the rows the place of its draft."""
        numbers: Places = np.repeat(np.arange(len(self)), np.diff(self.starts, append=len(self.rows)))
        return numbers


def starts_of(counts: Sequence[int]) -> Places:
    """Where groups of these sizes begin when they stand behind each other."""
    starts: Places = np.cumsum([0, *counts], dtype=np.int64)[:-1]
    return starts
