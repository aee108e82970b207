"""Which delivery a row is, so that the same file, or one that overlaps it, changes nothing the second time.

A row is known by its source, the number of its delivery and what was delivered; where it has no number, by all it
says. Rows that are alike within one file are told apart by counting them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import add
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from ...domain.model import Customer
from ..columns import Coded, Places, canonical, combined, groups, or_else
from ..proposal import RowIdentity
from .batch import Batch

CONTENT = (
    "buyer", "delivered", "article", "description", "quantity", "unit", "price", "price_incl", "amount", "amount_incl",
    "vat_rate", "discount", "reference", "corrects",
)  # fmt: skip
"""What counts as a row's content, in this order: as its file says it, before anything is filled in."""

_END = "\x1f"

Keys = npt.NDArray[np.object_]


def bases_of(batch: Batch, contents: Contents) -> tuple[list[str], bool]:
    """The key of every row, which rows that are alike share, and whether no two rows can be alike.

    That is seen without looking at the keys, which would take longer. `source` and `number` are among the columns.
    """
    source, number, item = batch.column("source"), batch.column("number"), _item(batch)
    delivery = combined(lambda source, bon: f"{source}:{bon or ''}:", source, number)
    bases = list(map(add, delivery.each(), item.each()))
    unnumbered = np.flatnonzero(number.where(lambda bon: not bon))
    for row, content in zip(unnumbered.tolist(), contents.of(unnumbered), strict=True):
        bases[row] = f"{source.at(row)}::{content}"
    return bases, not len(unnumbered) and len(groups(canonical(delivery), canonical(item))[1]) == len(batch)


def _item(batch: Batch) -> Coded[str]:
    """What a row is about within its delivery: the number of its line, its article, or what it is called."""
    item = or_else(batch.column("line"), or_else(batch.column("article"), batch.column("description")))
    return item.map(lambda what: what or "")


def nth(base: str, number: int) -> str:
    """The key of the row that is the *number*-th with this *base*."""
    return base if number == 1 else f"{base}#{number}"


def counted(key: str) -> tuple[str, int]:
    """The base and the number of *key*, as `nth` has put them together."""
    base, _, number = key.rpartition("#")
    return (base, int(number)) if number.isdecimal() and number.isascii() else (key, 1)


class Contents:
    """What the rows of a batch say, each as one text."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    @cached_property
    def _written(self) -> list[tuple[npt.NDArray[np.object_], npt.NDArray[Any]]]:
        """By column, what each value adds to a text: nothing when it is empty."""
        columns = [(key, self._batch.columns[key]) for key in CONTENT if key in self._batch.columns]
        return [(column.map(_adds(key)).objects(), column.codes) for key, column in columns]

    def of(self, rows: Places) -> list[str]:
        """What each of *rows* says."""
        columns = (values[codes[rows]].tolist() for values, codes in self._written)
        return list(map("".join, zip(*columns, strict=True)))


class Identities(Sequence[RowIdentity]):
    """The identities of some rows, made when they are looked at."""

    __slots__ = ("_contents", "_keys", "_rows")

    def __init__(self, keys: Keys, contents: Contents, rows: Places) -> None:
        self._keys, self._contents, self._rows = keys, contents, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RowIdentity]:
        return map(RowIdentity, self._keys[self._rows].tolist(), self._contents.of(self._rows))

    @overload
    def __getitem__(self, index: int) -> RowIdentity: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[RowIdentity]: ...

    def __getitem__(self, index: int | slice) -> RowIdentity | Sequence[RowIdentity]:
        if isinstance(index, slice):
            return Identities(self._keys, self._contents, self._rows[index])
        row = self._rows[index]
        return RowIdentity(self._keys[row], self._contents.of(np.array([row]))[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


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
