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

from ..columns import Mask
from ..fault import Fault
from ..proposal import Correction, Known
from .batch import Batch
from .identity import Contents, Keys, bases_of, counted, nth
from .made import Around, Made


@dataclass(frozen=True, slots=True)
class _Taken:
    """A row that was taken in: by an earlier import, on `invoice`, or just now, as `row` of another file."""

    content: str
    invoice: str = ""
    row: int = -1
    number: int = 0
    only_alike: bool = False  # it is of another source: it may be the same row, but no changed one


def recognised(batch: Batch, around: Around, made: Made) -> tuple[Keys, Mask]:
    """The key of every row, and which rows are new.

    Known ones are counted, changed ones reported, and rows that contradict another file are rejected, all in *made*.
    """
    contents = Contents(batch)
    listed, differ = bases_of(batch, contents)
    bases: Keys = np.empty(len(listed), dtype=object)
    bases[:] = listed
    fresh: Mask = np.ones(len(batch), dtype=np.bool_)
    asked: Collection[str] = listed if differ else dict.fromkeys(listed)
    known = around.known(asked)
    several_files = bool((batch.file != batch.file[:1]).any())
    named = batch.columns["source"].where(bool)
    if not known and not several_files and not named.any():
        if len(asked) < len(listed):
            _count(bases, listed)
        return bases, fresh
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, base in enumerate(listed):
        rows_of[base].append(row)
    taken = _taken(rows_of, known)
    for base, before in _by_name(batch, rows_of, around).items():
        taken.setdefault(base, []).extend(before)
    matching = _Matching(batch, contents, around, made, bases, fresh)
    for base, rows in rows_of.items():
        matching.match(base, rows, taken.get(base, []))
    made.rejected += batch.rejected()
    batch.reasons.clear()
    return bases, fresh


class _Matching:
    """Matches the rows of one key with those that were taken in under it."""

    def __init__(self, batch: Batch, contents: Contents, around: Around, made: Made, keys: Keys, fresh: Mask) -> None:
        self._batch, self._around, self._made = batch, around, made
        self._keys, self._fresh = keys, fresh
        self._said = contents.of(np.arange(len(batch)))
        self._files = batch.file.tolist()

    def match(self, base: str, rows: Sequence[int], taken: list[_Taken]) -> None:
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
                self._keys[row] = nth(base, number)
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


def _count(keys: Keys, bases: Sequence[str]) -> None:
    """Tell rows of the same key apart, where nothing was taken in before."""
    seen: defaultdict[str, int] = defaultdict(int)
    for row, base in enumerate(bases):
        seen[base] += 1
        if seen[base] > 1:
            keys[row] = nth(base, seen[base])


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


def _by_name(batch: Batch, rows_of: Mapping[str, Sequence[int]], around: Around) -> dict[str, list[_Taken]]:
    """What was taken in of a source before it had a mapping of its own, under the keys that it has now."""
    source = batch.columns["source"]
    plain = {base.removeprefix(source.at(rows[0])): base for base, rows in rows_of.items() if source.at(rows[0])}
    if not plain:
        return {}
    before = _taken(plain, around.known(plain))
    return {
        plain[base]: [_Taken(one.content, one.invoice, only_alike=True) for one in taken]
        for base, taken in before.items()
    }
