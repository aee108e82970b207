"""Amounts, quantities, percentages and dates as each language writes them.

Four languages need so little that a table replaces a locale library. Its values follow the Unicode CLDR, except
that a Dutch percentage has no space before its sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..domain.model import Language

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one language writes; in the dates `{month}` is the name of a month and `{m}` its number."""

    thousands: str
    decimal: str
    money: str
    percent: str
    long_date: str
    short_date: str
    months: str
    first_day: str = "{d}"
    sign_first: bool = True


_MANNERS = {
    Language.NL: _Manner(
        thousands=".",
        decimal=",",
        money=f"€{NO_BREAK}{{}}",
        percent="{}%",
        long_date=f"{{d}}{NO_BREAK}{{month}} {{y:04}}",
        short_date="{d:02}-{m:02}-{y:04}",
        months="januari februari maart april mei juni juli augustus september oktober november december",
        sign_first=False,
    ),
    Language.EN: _Manner(
        thousands=",",
        decimal=".",
        money="€{}",
        percent="{}%",
        long_date=f"{{d}}{NO_BREAK}{{month}} {{y:04}}",
        short_date=f"{{d}}{NO_BREAK}{{month:.3}}{NO_BREAK}{{y:04}}",
        months="January February March April May June July August September October November December",
    ),
    Language.DE: _Manner(
        thousands=".",
        decimal=",",
        money=f"{{}}{NO_BREAK}€",
        percent=f"{{}}{NO_BREAK}%",
        long_date=f"{{d}}.{NO_BREAK}{{month}} {{y:04}}",
        short_date="{d:02}.{m:02}.{y:04}",
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    Language.FR: _Manner(
        thousands=NARROW_NO_BREAK,
        decimal=",",
        money=f"{{}}{NO_BREAK}€",
        percent=f"{{}}{NARROW_NO_BREAK}%",
        long_date=f"{{d}}{NO_BREAK}{{month}} {{y:04}}",
        short_date="{d:02}/{m:02}/{y:04}",
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        first_day="1er",
    ),
}


class Formats:
    """Writes values in one language. Every result keeps together on a line, save a date before its year."""

    def __init__(self, language: Language) -> None:
        self._manner = _MANNERS[language]
        self._months = self._manner.months.split()

    def number(self, value: Decimal, least: int = 0, most: int = 4) -> str:
        """*value* with grouped thousands and *least* to *most* decimals, rounded half up, no zeros to spare."""
        rounded = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
        whole, _, decimals = f"{abs(rounded):,f}".partition(".")
        decimals = decimals.rstrip("0").ljust(least, "0")
        digits = whole.replace(",", self._manner.thousands) + (self._manner.decimal + decimals if decimals else "")
        return f"-{digits}" if rounded < 0 else digits

    def quantity(self, value: Decimal) -> str:
        """A number of pieces or kilos: at most three decimals."""
        return self.number(value, most=3)

    def amount(self, value: Decimal) -> str:
        """An amount in EUR without the sign, in whole cents."""
        return self.number(value, least=2, most=2)

    def price(self, value: Decimal) -> str:
        """A unit price in EUR without the sign: at least whole cents, and the fractions of a cent that it has."""
        return self.number(value, least=2, most=6)

    def money(self, value: Decimal) -> str:
        """An amount in EUR with its sign, in whole cents."""
        digits = self.amount(value)
        if digits.startswith("-") and self._manner.sign_first:
            return "-" + self._manner.money.format(digits[1:])
        return self._manner.money.format(digits)

    def percentage(self, value: Decimal) -> str:
        """A percentage: 9 is nine per cent; at most two decimals."""
        return self._manner.percent.format(self.number(value, most=2))

    def long_date(self, day: date) -> str:
        """A date with the name of its month."""
        number = self._manner.first_day.format(d=1) if day.day == 1 else str(day.day)
        return self._manner.long_date.format(d=number, month=self._months[day.month - 1], y=day.year)

    def short_date(self, day: date) -> str:
        """A short date for tables: in digits, but in English, where digits are read in two ways, with a short month."""
        return self._manner.short_date.format(d=day.day, m=day.month, month=self._months[day.month - 1], y=day.year)
