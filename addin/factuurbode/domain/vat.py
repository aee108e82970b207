"""Dutch VAT rates with the days on which they hold (L6), and the countries that share the VAT system of the EU (L7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache


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

EU_COUNTRIES = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
"""The member states, as ISO 3166-1 has them."""

# Directive 2006/112/EC art. 215 (Greece) and art. 7 (Monaco); the Windsor Framework (goods in Northern Ireland).
_OTHER_PREFIXES = {"GR": "EL", "MC": "FR", "XI": "XI", "GB": "XI"}


@cache  # asked for each of a hundred thousand lines, of a few days
def rates_on(day: date) -> frozenset[Decimal]:
    """The percentages that may stand on an invoice for a supply on *day*."""
    return frozenset(rate.percentage for rate in RATES if rate.holds_on(day))


def taxed_first(percentages: frozenset[Decimal]) -> tuple[Decimal, ...]:
    """*percentages* from low to high, and then nought, as a person lists them."""
    return tuple(sorted(percentages, key=lambda percentage: (not percentage, percentage)))


def vat_prefix(country: str) -> str:
    """The letters before a VAT number of a business in *country*; '' where goods go that leave the EU.

    Great Britain has left it and Northern Ireland has not: what has a number with XI stands in the latter.
    """
    return _OTHER_PREFIXES.get(country, country if country in EU_COUNTRIES else "")


def shares_eu_vat(country: str) -> bool:
    """Whether goods that go to *country* stay in the EU for VAT. Of Great Britain they do not."""
    return bool(vat_prefix(country)) and country != "GB"
