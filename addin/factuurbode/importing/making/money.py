"""What a row costs: its unit price without VAT and its amount to the cent, from whatever the row tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ...domain.totals import CENT, ZERO, cents
from ...domain.vat import rates_on
from ...workbook.cells import LARGEST
from ..fault import Fault

Number = Decimal | Fault | None
FINE = Decimal("0.0001")
"""What a price without VAT that follows from one with VAT is rounded to; the workbook shows four decimals."""
_DECIMALS = tuple(Decimal(1).scaleb(-places) for places in (4, 6, 8, 10, 12))
ONE, HUNDRED = Decimal(1), Decimal(100)
_LARGEST_CENTS = LARGEST * 100
"""Columns of whole numbers (64 bits) hold what any file of such rows comes to, and its VAT."""


@dataclass(frozen=True, slots=True)
class Money:
    """A row's amounts in EUR. What goes `back` has its quantity and amounts positive, as on a credit note.

    `net` is the amount without VAT in cents. `gross` is what the row must come to with VAT, in cents, where its prices
    include VAT, and else None. A discount of a whole order has a quantity of -1: it comes off the same invoice.
    """

    quantity: Decimal
    price: Decimal
    discount: Decimal
    net: int
    gross: int | None = None
    back: bool = False


class Told(NamedTuple):
    """What a row tells of its money; each may be absent (None)."""

    quantity: Number = None
    price: Number = None
    price_incl: Number = None
    amount: Number = None
    amount_incl: Number = None
    vat_rate: Number = None
    discount: Number = None
    usual_price: Number = None  # of the product
    usual_discount: Number = None  # of the customer


def money_of(told: Told) -> Money | Fault | None:
    """The amounts of a row, or why it has none; None when a fault in what it tells has been reported already."""
    if Fault in map(type, told):
        return None
    quantity = _number(told.quantity)
    if quantity == 0:
        return Fault("quantity_zero")
    if quantity is None:
        if told.amount is None and told.amount_incl is None:
            return Fault("quantity_missing")
        quantity = Decimal(1)
    priced = _priced(told, quantity)
    if isinstance(priced, Fault):
        return priced
    price, discount, gross_price = priced
    if not 0 <= discount <= HUNDRED:
        return Fault("discount_out_of_range", value=discount)
    back = (quantity < 0) is not (price < 0)
    quantity, price = abs(quantity), abs(price)
    kept = (HUNDRED - discount) / HUNDRED if discount else ONE
    net = in_cents(quantity * price * kept)
    gross = None if gross_price is None else in_cents(quantity * abs(gross_price) * kept)
    if max(net, gross or 0) >= _LARGEST_CENTS:
        return Fault("amount_too_large", value=Decimal(net).scaleb(-2))
    return Money(quantity, price, discount, net, gross, back)


def in_cents(amount: Decimal) -> int:
    """*amount* in EUR as whole cents, rounded half up."""
    return int((amount * HUNDRED).to_integral_value(ROUND_HALF_UP))


def without_vat(amount: Decimal, rate: Decimal, step: Decimal) -> Decimal:
    """*amount* incl. VAT without it, rounded half up to *step*."""
    return (amount * HUNDRED / (HUNDRED + rate)).quantize(step, ROUND_HALF_UP)


def rate_told(net: Number, vat: Number, day: date | Fault | None) -> Decimal | None:
    """The VAT rate that a row's amounts tell, where a system gives the VAT but not its rate.

    None when no rate of that *day* fits within a cent, or several do.
    """
    if not isinstance(net, Decimal) or not isinstance(vat, Decimal) or not isinstance(day, date) or not net:
        return None
    fitting = [rate for rate in rates_on(day) if abs(net * rate / HUNDRED - vat) <= CENT]
    return fitting[0] if len(fitting) == 1 else None


def _priced(told: Told, quantity: Decimal) -> tuple[Decimal, Decimal, Decimal | None] | Fault:
    """Unit price without VAT, discount, and unit price with VAT where that is the exact one."""
    discount = _number(told.discount if told.discount is not None else told.usual_discount) or ZERO
    price, amount = _number(told.price), _number(told.amount)
    if price is not None:
        return (price, discount, None) if amount is None else _agreeing(price, amount, quantity, discount)
    if amount is not None:
        return _unit(amount, quantity), ZERO, None
    price_incl, amount_incl = _number(told.price_incl), _number(told.amount_incl)
    if price_incl is None and amount_incl is None:
        usual = _number(told.usual_price)
        return Fault("price_missing") if usual is None else (usual, discount, None)
    rate = _number(told.vat_rate)
    if rate is None:
        return Fault("vat_rate_missing")
    if price_incl is None:
        price_incl, discount = _unit(amount_incl or ZERO, quantity), ZERO
    return without_vat(price_incl, rate, FINE), discount, price_incl


def _agreeing(
    price: Decimal, amount: Decimal, quantity: Decimal, discount: Decimal
) -> tuple[Decimal, Decimal, None] | Fault:
    """A row that tells both price and amount: the amount holds, if the price does not say something else."""
    for taken in dict.fromkeys((discount, ZERO)):
        if cents(quantity * price * (HUNDRED - taken) / HUNDRED) == cents(amount):
            return price, taken, None
    for taken in dict.fromkeys((discount, ZERO)):
        calculated = quantity * price * (HUNDRED - taken) / HUNDRED
        if abs(calculated - amount) <= CENT + abs(quantity) * CENT / 2:  # a price that was rounded to cents
            return _unit(amount, quantity), ZERO, None
    return Fault("amount_differs", value=amount, detail=cents(quantity * price * (HUNDRED - discount) / HUNDRED))


def _unit(amount: Decimal, quantity: Decimal) -> Decimal:
    """The unit price with the fewest decimals, four or more, that comes to *amount* again."""
    for step in _DECIMALS:
        price = (amount / quantity).quantize(step, ROUND_HALF_UP)
        if cents(price * quantity) == cents(amount):
            break
    return price.normalize() + 0


def _number(one: Number) -> Decimal | None:
    return one if isinstance(one, Decimal) else None
