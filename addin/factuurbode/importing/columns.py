"""Whole columns: each distinct value is understood once, however many rows have it.

A file of a hundred thousand rows has some dozens of prices and dates. Values are exact (`Decimal`, `date`, text);
numpy only moves their places about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

T = TypeVar("T")
R = TypeVar("R")
_MOST_PAIRS = 2**62


class Coded(Generic[T]):
    """A column: its distinct values, and for each row the place of its value among them.

    Some values may be in no row; equal ones may stand at several places.
    """

    __slots__ = ("_counts", "codes", "values")

    def __init__(self, values: Sequence[T], codes: npt.NDArray[Any], counts: Sequence[int] | None = None) -> None:
        self.values = values
        self.codes = codes
        self._counts = counts

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, row: int) -> T:
        """The value of one row."""
        return self.values[int(self.codes[row])]

    def each(self) -> list[T]:
        """The value of every row."""
        return self.objects()[self.codes].tolist()  # type: ignore[no-any-return]

    def objects(self) -> npt.NDArray[np.object_]:
        """The distinct values as an array that numpy does not look into."""
        found = np.empty(len(self.values), dtype=object)
        found[:] = self.values
        return found

    def map(self, meaning: Callable[[T], R]) -> Coded[R]:
        """The column with *meaning* of each value; it is asked only for values that some row has."""
        unused: Any = None
        meanings = [meaning(value) if count else unused for value, count in self._counted()]
        return Coded(meanings, self.codes, self._counts)

    def where(self, test: Callable[[T], object]) -> Mask:
        """For each row whether its value passes *test*."""
        found = [place for place, (value, count) in enumerate(self._counted()) if count and test(value)]
        passed: Mask = np.zeros(len(self.values), np.bool_)
        passed[found] = True
        return passed[self.codes] if found else np.zeros(len(self.codes), np.bool_)

    def numbers(self, number: Callable[[T], int]) -> Places:
        """For each row the whole *number* of its value."""
        found: Places = np.array([number(value) if count else 0 for value, count in self._counted()], np.int64)
        numbered: Places = found[self.codes]
        return numbered

    def take(self, rows: Places | Mask) -> Coded[T]:
        """The column of these rows only."""
        return Coded(self.values, self.codes[rows])

    def used(self) -> list[tuple[T, int]]:
        """The values that some row has, with how many rows that are."""
        return [(value, count) for value, count in self._counted() if count]

    def _counted(self) -> Iterable[tuple[T, int]]:
        """Each value with how many rows have it, which is counted once."""
        if self._counts is None:
            self._counts = np.bincount(self.codes, minlength=len(self.values)).tolist()
        return zip(self.values, self._counts, strict=True)


def constant(value: T, rows: int) -> Coded[T]:
    """The same *value* in every row."""
    return Coded([value], np.zeros(rows, dtype=np.int8))


def or_else(first: Coded[T | None], second: Coded[T | None]) -> Coded[T | None]:
    """The value of *first*, and where that is None or '' the one of *second*."""
    empty = first.where(lambda value: value is None or value == "")
    codes = np.where(empty, second.codes.astype(np.int64) + len(first.values), first.codes)
    return Coded([*first.values, *second.values], codes)


def groups(*columns: Coded[Any]) -> tuple[Places, Places]:
    """Which rows are alike in all *columns*: a group number for each row, and for each group its first row."""
    mixed: npt.NDArray[Any] = columns[0].codes.astype(np.int64)
    size = len(columns[0].values)
    for column in columns[1:]:
        if size * len(column.values) > _MOST_PAIRS:
            mixed, known = pd.factorize(mixed)
            size = len(known)
        mixed = mixed * len(column.values) + column.codes
        size *= len(column.values)
    numbers, known = pd.factorize(mixed)
    first = np.empty(len(known), dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return numbers, first


def combined(meaning: Callable[..., R], *columns: Coded[Any]) -> Coded[R]:
    """The column of what *meaning* says of the values in *columns*, asked once for each combination that occurs."""
    numbers, first = groups(*columns)
    return Coded(
        [meaning(*row) for row in zip(*(column.take(first).each() for column in columns), strict=True)], numbers
    )


def stacked(columns: Iterable[Coded[T]]) -> Coded[T]:
    """The columns below each other; equal values become one."""
    places: dict[T, int] = {}
    codes = []
    for column in columns:
        new = np.fromiter(
            (places.setdefault(value, len(places)) for value in column.values), np.int64, count=len(column.values)
        )
        codes.append(new[column.codes])
    return Coded(list(places), np.concatenate(codes))


def canonical(column: Coded[T]) -> Coded[T]:
    """The same column with each value at one place only, so that `groups` sees equal values as equal."""
    return column if len(set(column.values)) == len(column.values) else stacked([column])
