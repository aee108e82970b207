"""Which rows were imported before, which of those say something else now, and which are new.

Rows that share a key are told apart by counting them. That count says nothing by itself: a file of one day, from a
till that begins at receipt 1 every day, has the first row of a key that is another's in the file of the whole week. So
rows are matched by what they say first. What is left is a changed row only if it has the customer or the day of the
row that it could be; else it is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..columns import Mask, constant
from ..fault import Fault
from ..proposal import Correction, Known
from .batch import Batch
from .identity import IdentityColumns, counted
from .made import Around, Made


@dataclass(frozen=True, slots=True)
class _Taken:
    """A row that was taken in: by an earlier import, on `invoice`, or just now, as `row` of another file."""

    content: str
    invoice: str = ""
    row: int = -1
    number: int = 0
    only_alike: bool = False  # it is of another source: it may be the same row, but no changed one


def recognised(batch: Batch, around: Around, made: Made) -> tuple[IdentityColumns, Mask]:
    """What every row is known by, and which rows are new.

    Known ones are counted, changed ones reported, and rows that contradict another file are rejected, all in *made*.
    """
    identities = IdentityColumns(batch)
    fresh: Mask = np.ones(len(batch), dtype=np.bool_)
    known = around.known(identities.asked())
    by_name = _taken_by_name(batch, identities, around)
    if not known and not by_name and not (batch.file != batch.file[:1]).any():
        identities.count()
        return identities, fresh
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, base in enumerate(identities.bases(np.arange(len(batch)))):
        rows_of[base].append(row)
    taken = _taken(rows_of, known)
    matching = _Matching(batch, around, made, identities, fresh)
    for base, rows in rows_of.items():
        matching.match(rows, taken.get(base, []) + by_name.get(base, []))
    made.rejected += batch.rejected()
    batch.reasons.clear()
    return identities, fresh


class _Matching:
    """Matches the rows of one key with those that were taken in under it."""

    def __init__(self, batch: Batch, around: Around, made: Made, identities: IdentityColumns, fresh: Mask) -> None:
        self._batch, self._around, self._made = batch, around, made
        self._identities, self._fresh = identities, fresh
        self._said = identities.contents(np.arange(len(batch)))
        self._files = batch.file.tolist()

    def match(self, rows: Sequence[int], taken: list[_Taken]) -> None:
        """Settle *rows*, file by file: each row that was taken in is at most one row of a file."""
        number = max((one.number for one in taken), default=0)
        if len(rows) == 1 and not taken:
            return
        for file in dict.fromkeys(self._files[row] for row in rows):
            left = list(taken)
            unmatched = [row for row in rows if self._files[row] == file and not self._alike(row, left)]
            for row in unmatched:
                if self._changed(row, left):
                    continue
                number += 1
                self._identities.number(row, number)
                taken.append(_Taken(self._said[row], row=row))

    def _alike(self, row: int, left: list[_Taken]) -> bool:
        for one in left:
            if one.content == self._said[row]:
                left.remove(one)
                self._fresh[row] = False
                self._made.known += 1
                return True
        return False

    def _changed(self, row: int, left: list[_Taken]) -> bool:
        for one in left:
            if one.only_alike or not _same_place(one.content, self._said[row]):
                continue
            left.remove(one)
            self._fresh[row] = False
            if one.row >= 0:
                origin = self._batch.origin(one.row)
                fault = Fault("row_contradicts", value=origin.file.name, detail=f"{origin.row}")
                self._batch.reasons[row].append(fault.reason)
            else:
                changed = self._made.corrections if self._around.gone_out(one.invoice) else self._made.altered
                changed.append(Correction(self._batch.origin(row), one.invoice))
            return True
        return False


def _same_place(one: str, other: str) -> bool:
    """Whether two contents are about the same customer or the same day: those are their first two parts."""
    return bool(set(one.split("\x1f", 2)[:2]) & set(other.split("\x1f", 2)[:2]))


def _taken(bases: Collection[str], known: Mapping[str, Known]) -> dict[str, list[_Taken]]:
    """What earlier imports took in under each of *bases*, in the order of their numbers.

    A number may be missing: its import was undone, or its row did not become a line.
    """
    taken: defaultdict[str, list[_Taken]] = defaultdict(list)
    for key, one in known.items():
        base, number = (key, 1) if key in bases else counted(key)
        if base in bases:
            taken[base].append(_Taken(one.content, one.invoice, number=number))
    for before in taken.values():
        before.sort(key=lambda one: one.number)
    return taken


def _taken_by_name(batch: Batch, identities: IdentityColumns, around: Around) -> dict[str, list[_Taken]]:
    """What was taken in of a source before it had a mapping of its own, under the keys that it has now."""
    named = np.flatnonzero(batch.columns["source"].where(bool))
    if not len(named):
        return {}
    nameless = batch.take(named)
    nameless.columns["source"] = constant("", len(named))
    before = IdentityColumns(nameless)
    known = around.known(before.asked())
    if not known:
        return {}
    bases = dict(zip(before.bases(np.arange(len(named))), identities.bases(named), strict=True))
    return {
        bases[base]: [_Taken(one.content, one.invoice, only_alike=True) for one in taken]
        for base, taken in _taken(bases, known).items()
    }
