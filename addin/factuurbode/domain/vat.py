"""Dutch VAT rates with the days on which they hold (L6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class VatRate:
    """A percentage and its first and last day."""

    percentage: Decimal
    since: date
    until: date = date.max

    def holds_on(self, day: date) -> bool:
        """Whether the rate is in force on *day*."""
        return self.since <= day <= self.until


# Wet op de omzetbelasting 1968, art. 9: standard rate 21 % since 2012-10-01 (19 % before); reduced rate, which
# food takes, 9 % since 2019-01-01 (6 % before). Zero-rated goods (tabel II) have always existed beside them.
RATES: tuple[VatRate, ...] = (
    VatRate(Decimal(0), date(1969, 1, 1)),
    VatRate(Decimal(6), date(1986, 10, 1), date(2018, 12, 31)),
    VatRate(Decimal(9), date(2019, 1, 1)),
    VatRate(Decimal(19), date(2001, 1, 1), date(2012, 9, 30)),
    VatRate(Decimal(21), date(2012, 10, 1)),
)


def rates_on(day: date) -> frozenset[Decimal]:
    """The percentages that may stand on an invoice for a supply on *day*."""
    return frozenset(rate.percentage for rate in RATES if rate.holds_on(day))
