"""Bars and columns of revenue: their places and sizes, for the page to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

MOST_BARS = 12
MOST_COLUMNS = 92  # days; more are drawn per week
LABELS = 8
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Bar:
    """One customer: EUR, and the length of its bar in per cent of the longest. All the others ('') have none."""

    name: str
    amount: Decimal
    length: float

    @property
    def minus(self) -> bool:
        """Whether more was given back than sold."""
        return self.amount < 0


@dataclass(frozen=True, slots=True)
class Column:
    """One day or week from `first`: EUR, its place from the left, its width, its top and height, all in per cent."""

    first: date
    amount: Decimal
    left: float
    width: float
    top: float
    height: float
    labelled: bool

    @property
    def minus(self) -> bool:
        """Whether more was given back than sold."""
        return self.amount < 0


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns, where zero is from the top in per cent, and the lines across: an amount in EUR and its place."""

    columns: tuple[Column, ...]
    zero: float
    lines: tuple[tuple[Decimal, float], ...]


def bars(amounts: Sequence[tuple[str, Decimal]]) -> tuple[Bar, ...]:
    """A bar for each of the largest *amounts*, which come largest first, and one for all others together."""
    many = len(amounts) > MOST_BARS
    shown = amounts[: MOST_BARS - 1] if many else amounts
    longest = max((abs(amount) for _, amount in shown), default=Decimal(0)) or Decimal(1)
    drawn = [Bar(name, amount, round(float(abs(amount) / longest * 100), 2)) for name, amount in shown]
    others = sum((amount for _, amount in amounts[len(shown) :]), Decimal(0))
    return (*drawn, Bar("", others, 0)) if many else tuple(drawn)


def columns(amounts: Sequence[tuple[date, Decimal]]) -> Columns:
    """A column for each day from the first to the last, or for each week where the days are too many."""
    if not amounts:
        return Columns((), 100.0, ())
    per = _per_step(amounts)
    step = _nice(max(max(per.values()), Decimal(0)) - min(min(per.values()), Decimal(0)))
    top = _ceiling(max(max(per.values()), Decimal(0)), step)
    bottom = -_ceiling(max(-min(per.values()), Decimal(0)), step)
    height = (top - bottom) or Decimal(1)

    def place(amount: Decimal) -> float:
        return round(float((top - amount) / height * 100), 2)

    width = 100 / len(per)
    every = -(-len(per) // LABELS)
    drawn = tuple(
        Column(
            first=day,
            amount=amount,
            left=round((index + 0.15) * width, 3),
            width=round(0.7 * width, 3),
            top=min(place(amount), place(Decimal(0))),
            height=round(abs(place(amount) - place(Decimal(0))), 2),
            labelled=index % every == 0,
        )
        for index, (day, amount) in enumerate(per.items())
    )
    count = int(height / step) if step else 0
    lines = tuple((bottom + step * index, place(bottom + step * index)) for index in range(count + 1))
    return Columns(drawn, place(Decimal(0)), lines)


def _per_step(amounts: Sequence[tuple[date, Decimal]]) -> dict[date, Decimal]:
    days = [day for day, _ in amounts]
    first, last = min(days), max(days)
    by_week = (last - first).days >= MOST_COLUMNS
    if by_week:
        first -= timedelta(days=first.weekday())
    width = 7 if by_week else 1
    per = {first + timedelta(days=offset): Decimal(0) for offset in range(0, (last - first).days + 1, width)}
    for day, amount in amounts:
        per[first + timedelta(days=(day - first).days // width * width)] += amount
    return per


def _nice(span: Decimal) -> Decimal:
    """The distance between two lines, such that three to six cover *span*."""
    if not span:
        return Decimal(1)
    rough = span / 4
    power = Decimal(10) ** (rough.adjusted())
    return next(step * power for step in _STEPS if step * power >= rough)


def _ceiling(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).to_integral_value(ROUND_CEILING) * step
