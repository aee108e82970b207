"""The lines of an invoice, kept in columns and made when they are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import overload

from ...domain.model import Line
from ..columns import Coded, Places


@dataclass(frozen=True, slots=True, eq=False)
class LineColumns:
    """What lines are made of, for the rows of a whole import."""

    description: Coded[str]
    quantity: Coded[Decimal]
    price: Coded[Decimal]
    vat_rate: Coded[Decimal]
    discount: Coded[Decimal]
    article: Coded[str]
    unit: Coded[str]
    delivered: Coded[date]

    def of(self, rows: Places) -> Iterator[Line]:
        """The lines of *rows*."""
        columns = (
            self.description, self.quantity, self.price, self.vat_rate, self.discount, self.article, self.unit,
            self.delivered,
        )  # fmt: skip
        return map(Line, *(column.take(rows).each() for column in columns))


class Lines(Sequence[Line]):
    """The lines of some rows, and behind them those that have no row."""

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
