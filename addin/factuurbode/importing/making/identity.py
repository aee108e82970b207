"""Which delivery a row is, so that the same file, or one that overlaps it, changes nothing the second time.

A row is known by its source, the number of its delivery and what was delivered; where it has no number, by all it
says. Rows that are alike within one file are told apart by counting them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import add
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from ...domain.model import Customer
from ..columns import Coded, Mask, Places, canonical, combined, groups, or_else
from ..proposal import RowIdentity
from .batch import Batch

CONTENT = (
    "buyer", "delivered", "article", "description", "quantity", "unit", "price", "price_incl", "amount", "amount_incl",
    "vat_rate", "discount", "reference", "corrects",
)  # fmt: skip
"""What counts as a row's content, in this order: as its file says it, before anything is filled in."""

_END = "\x1f"

Written = tuple[npt.NDArray[np.object_], npt.NDArray[Any]]
"""The texts of a column, and for each row the place of its own."""


class IdentityColumns:
    """What rows are known by, in columns: keys and contents are put together when they are looked at."""

    def __init__(self, batch: Batch) -> None:
        """`source` and `number` are among the columns of *batch*."""
        source, number = batch.column("source"), batch.column("number")
        self._batch = batch
        self._deliveries = combined(lambda source, bon: f"{source}:{bon or ''}:", source, number)
        self._items = _item(batch)
        self._unnumbered: Mask = number.where(lambda bon: not bon)
        self._counts: Places = np.ones(len(batch), np.int64)

    def asked(self) -> list[str]:
        """What keys begin with of rows that may be these: the key of a delivery, or of a row without a number."""
        numbered = self._deliveries.take(~self._unnumbered)
        unnumbered = np.flatnonzero(self._unnumbered)
        return [delivery for delivery, _ in numbered.used()] + list(dict.fromkeys(self.bases(unnumbered)))

    def bases(self, rows: Places) -> list[str]:
        """The key of each of *rows*, which rows that are alike share."""
        (deliveries, codes), (items, item_codes) = self._parts
        bases = list(map(add, deliveries[codes[rows]].tolist(), items[item_codes[rows]].tolist()))
        unnumbered = np.flatnonzero(self._unnumbered[rows])
        if len(unnumbered):
            rows = rows[unnumbered]
            beginnings = deliveries[codes[rows]].tolist()
            for place, base in zip(unnumbered.tolist(), map(add, beginnings, self.contents(rows)), strict=True):
                bases[place] = base
        return bases

    def keys(self, rows: Places) -> list[str]:
        """The key of each of *rows*, in which rows that are alike are told apart by their number."""
        keys = self.bases(rows)
        for place in np.flatnonzero(self._counts[rows] > 1).tolist():
            keys[place] = f"{keys[place]}#{self._counts[rows[place]]}"
        return keys

    def contents(self, rows: Places) -> list[str]:
        """What each of *rows* says, as one text."""
        columns = (values[codes[rows]].tolist() for values, codes in self._written)
        return list(map("".join, zip(*columns, strict=True)))

    def number(self, row: int, number: int) -> None:
        """The *row* is the *number*-th with its key."""
        self._counts[row] = number

    def count(self) -> None:
        """Tell all rows apart that are alike."""
        if not self._unnumbered.any():  # then it can be seen without looking at the keys, which takes longer
            _, first = groups(canonical(self._deliveries), canonical(self._items))
            if len(first) == len(self._counts):
                return
        seen: defaultdict[str, int] = defaultdict(int)
        for row, base in enumerate(self.bases(np.arange(len(self._counts)))):
            seen[base] += 1
            self.number(row, seen[base])

    def take(self, rows: Places | Mask) -> IdentityColumns:
        """Those of these rows only."""
        taken = IdentityColumns(self._batch.take(rows))
        taken._counts = self._counts[rows]
        return taken

    @cached_property
    def _parts(self) -> tuple[Written, Written]:
        return (self._deliveries.objects(), self._deliveries.codes), (self._items.objects(), self._items.codes)

    @cached_property
    def _written(self) -> list[Written]:
        """By column, what each value adds to a content: nothing when it is empty."""
        columns = [(key, self._batch.columns[key]) for key in CONTENT if key in self._batch.columns]
        return [(column.map(_adds(key)).objects(), column.codes) for key, column in columns]


def counted(key: str) -> tuple[str, int]:
    """The base of *key* and its number, which is 1 for a key without one."""
    base, _, number = key.rpartition("#")
    return (base, int(number)) if number.isdecimal() and number.isascii() else (key, 1)


class Identities(Sequence[RowIdentity]):
    """The identities of some rows, made when they are looked at."""

    __slots__ = ("_columns", "_rows")

    def __init__(self, columns: IdentityColumns, rows: Places) -> None:
        self._columns, self._rows = columns, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RowIdentity]:
        return map(RowIdentity, self._columns.keys(self._rows), self._columns.contents(self._rows))

    @overload
    def __getitem__(self, index: int) -> RowIdentity: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[RowIdentity]: ...

    def __getitem__(self, index: int | slice) -> RowIdentity | Sequence[RowIdentity]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def _item(batch: Batch) -> Coded[str]:
    """What a row is about within its delivery: the number of its line, its article, or what it is called."""
    item = or_else(batch.column("line"), or_else(batch.column("article"), batch.column("description")))
    return item.map(lambda what: what or "")


def _adds(key: str) -> Callable[[Any], str]:
    def adds(value: Any) -> str:
        written = _written(value)
        return f"{key}={written}{_END}" if written else ""

    return adds


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Customer):
        return value.number
    return value.isoformat() if isinstance(value, date) else str(value)
