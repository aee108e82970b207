"""The lines of an invoice, kept in columns and made when they are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from ...domain.model import Line
from ..columns import Coded, Places


class LineColumns:
    """What lines are made of, for the rows of a whole import: the columns in the order of the fields of `Line`."""

    def __init__(self, *columns: Coded[Any]) -> None:
        self._columns = columns

    @cached_property
    def _values(self) -> list[tuple[npt.NDArray[np.object_], npt.NDArray[Any]]]:
        return [(column.objects(), column.codes) for column in self._columns]

    def of(self, rows: Places) -> Iterator[Line]:
        """The lines of *rows*."""
        return map(Line, *(values[codes[rows]].tolist() for values, codes in self._values))


class Lines(Sequence[Line]):
    """The lines of some rows, and behind them those that have no row."""

    __slots__ = ("_columns", "_more", "_rows")

    def __init__(self, columns: LineColumns, rows: Places, more: tuple[Line, ...] = ()) -> None:
        self._columns, self._rows, self._more = columns, rows, more

    def __len__(self) -> int:
        return len(self._rows) + len(self._more)

    def __iter__(self) -> Iterator[Line]:
        yield from self._columns.of(self._rows)
        yield from self._more

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...

    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]
