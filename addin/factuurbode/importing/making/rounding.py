"""Prices incl. VAT stay exact: per rate the total with VAT is what the prices came to, and the rest is its own line.

A price without VAT has four decimals and each line is rounded to cents, so the lines of a rate may come to some cents
more or less. What cannot be reached at the rate at all (of 100 amounts at 9 %, 8 cannot) is one cent without VAT.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np

from ...domain.model import Language, Line
from ...domain.totals import ZERO, cents
from ...texts import texts_in
from ..columns import Places
from .money import HUNDRED


def rounding_lines(
    language: Language, gross: Mapping[Decimal, int], net: Mapping[Decimal, int], day: date
) -> tuple[Line, ...]:
    """The lines that bring *net* to *gross* (cents, by rate): at most one for each rate, and one without VAT."""
    lines = []
    unreached = 0
    for rate, wanted in gross.items():
        nearest = _nearest_net(wanted, rate)
        if nearest != net[rate]:
            lines.append(_line(language, nearest - net[rate], rate, day))
        unreached += wanted - with_vat(nearest, rate)
    if unreached:
        lines.append(_line(language, unreached, ZERO, day))
    return tuple(lines)


def with_vat(net: int, rate: Decimal) -> int:
    """*net* with VAT, in cents."""
    return net + vat_on(net, rate)


def vat_on(net: int, rate: Decimal) -> int:
    """The VAT on *net*, in cents, rounded half up (BR-CO-17)."""
    part, whole = _share(rate)
    rounded = (2 * abs(net) * part + whole) // (2 * whole)
    return rounded if net >= 0 else -rounded


def vat_on_each(nets: Places, rate: Decimal) -> Places:
    """The same of each of *nets*."""
    part, whole = _share(rate)
    rounded: Places = (2 * np.abs(nets) * part + whole) // (2 * whole)
    return np.where(nets >= 0, rounded, -rounded)


@cache
def _share(rate: Decimal) -> tuple[int, int]:
    """*rate* as a fraction: whole numbers are as exact as `Decimal`, and sooner multiplied."""
    part, hundredth = rate.as_integer_ratio()
    return part, hundredth * 100


def _nearest_net(gross: int, rate: Decimal) -> int:
    """The net amount whose amount with VAT is nearest to *gross*; the lower of two."""
    guess = int((Decimal(gross) * HUNDRED / (HUNDRED + rate)).to_integral_value())
    return min((guess - 1, guess, guess + 1), key=lambda net: (abs(with_vat(net, rate) - gross), net))


def _line(language: Language, amount: int, rate: Decimal, day: date) -> Line:
    """A line of *amount* cents; its price is positive, as an e-invoice asks (BR-27)."""
    quantity = Decimal(1 if amount > 0 else -1)
    return Line(
        texts_in(language)("invoice.rounding"), quantity, cents(Decimal(abs(amount)) / 100), rate, delivered=day
    )
