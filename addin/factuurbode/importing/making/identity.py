"""Which delivery a row is, so that the same file, or one that overlaps it, changes nothing the second time.

A row is known by its source, the number of its delivery and what was delivered; where it has no number, by all it
says. Rows that are alike within one file are told apart by counting them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from ...domain.model import Customer
from ..columns import Coded, Places, canonical, groups, occurrences, or_else
from ..proposal import RowIdentity
from .batch import Batch

CONTENT = (
    "buyer", "delivered", "article", "description", "quantity", "unit", "price", "price_incl", "amount", "amount_incl",
    "vat_rate", "discount", "reference", "corrects",
)  # fmt: skip
"""What counts as a row's content, in this order: as its file says it, before anything is filled in."""

_BETWEEN = "\x1f"

Keys = npt.NDArray[np.object_]


def keys_of(batch: Batch) -> Keys:
    """The key of every row. `source`, `number` and `item` are among its columns, as is what it says."""
    number = batch.column("number")
    keys = np.empty(len(batch), dtype=object)
    numbered = number.where(bool)
    rows = np.flatnonzero(numbered)
    if len(rows):
        item = canonical(or_else(batch.column("line"), or_else(batch.column("article"), batch.column("description"))))
        parts = [batch.column("source").take(rows), canonical(number).take(rows), item.take(rows)]
        texts = [f"{source}:{bon}:{what or ''}" for source, bon, what in zip(*(p.each() for p in parts), strict=True)]
        keys[rows] = _told_apart(texts, groups(*parts, _files(batch, rows))[0])
    rows = np.flatnonzero(~numbered)
    if len(rows):
        texts = [
            f"{source}::{content}"
            for source, content in zip(batch.column("source").take(rows).each(), contents_of(batch, rows), strict=True)
        ]
        places: dict[tuple[str, int], int] = {}
        files = batch.file[rows].tolist()
        alike = [places.setdefault((text, file), len(places)) for text, file in zip(texts, files, strict=True)]
        keys[rows] = _told_apart(texts, np.array(alike, dtype=np.int64))
    return keys


def contents_of(batch: Batch, rows: Places) -> list[str]:
    """What each of *rows* says, as one text."""
    columns = [batch.columns[key].map(_written).take(rows).each() for key in CONTENT if key in batch.columns]
    present = [key for key in CONTENT if key in batch.columns]
    head = [f"{key}=" for key in present]
    return [
        _BETWEEN.join([name + value for name, value in zip(head, row, strict=True) if value])
        for row in zip(*columns, strict=True)
    ]


class Identities(Sequence[RowIdentity]):
    """The identities of some rows, made when they are looked at."""

    def __init__(self, keys: Keys, batch: Batch, rows: Places) -> None:
        self._keys, self._batch, self._rows = keys, batch, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RowIdentity]:
        return map(RowIdentity, self._keys[self._rows].tolist(), contents_of(self._batch, self._rows))

    @overload
    def __getitem__(self, index: int) -> RowIdentity: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[RowIdentity]: ...

    def __getitem__(self, index: int | slice) -> RowIdentity | Sequence[RowIdentity]:
        if isinstance(index, slice):
            return Identities(self._keys, self._batch, self._rows[index])
        row = self._rows[index]
        return RowIdentity(self._keys[row], contents_of(self._batch, np.array([row]))[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def _files(batch: Batch, rows: Places) -> Coded[int]:
    return Coded(range(len(batch.opened)), batch.file[rows])


def _told_apart(texts: list[str], alike: Places) -> list[str]:
    """*texts*, of which the second and later ones that are *alike* say so."""
    times = occurrences(alike)
    for row in np.flatnonzero(times).tolist():
        texts[row] = f"{texts[row]}#{times[row] + 1}"
    return texts


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Customer):
        return value.number
    return value.isoformat() if isinstance(value, date) else str(value)
