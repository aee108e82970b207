"""The amounts of a whole order in a web shop, its shipping and its discount, as rows of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from ...domain.model import Customer, Language
from ...domain.totals import ZERO
from ...texts import texts_in
from ..columns import Coded, canonical, constant, groups, stacked
from .batch import Batch
from .money import FINE, Money, in_cents, without_vat
from .orders import split, weights_of

_AMOUNTS = {
    "shipping": ("invoice.shipping", 1, False),
    "shipping_incl": ("invoice.shipping", 1, True),
    "order_discount": ("invoice.order_discount", -1, False),
    "order_discount_incl": ("invoice.order_discount", -1, True),
}
"""By field: what it is called on the invoice, whether it is charged or given, and whether it includes VAT."""


ORDER_AMOUNTS = tuple(_AMOUNTS)
"""The fields that are amounts of a whole order."""


@dataclass(frozen=True, slots=True)
class _Extra:
    row: int  # the first row of its order
    key: str
    description: str
    rate: Decimal
    money: Money


def with_order_amounts(batch: Batch) -> Batch:
    """*batch* with a row more for each amount of an order at each of its VAT rates.

    Such a row has the place of its order's first row, and an item (`+shipping`) that no article has.
    """
    present = [key for key in _AMOUNTS if key in batch.columns]
    extras = list(_extras(batch, present)) if present and "number" in batch.columns else []
    if not extras:
        return batch
    rows = np.array([extra.row for extra in extras], dtype=np.int64)
    below = batch.take(rows)
    own: dict[str, list[Any]] = {
        "line": [f"+{extra.key}:{extra.rate:f}" for extra in extras],
        "amount": [Decimal(extra.money.net).scaleb(-2) for extra in extras],
        "line_description": [extra.description for extra in extras],
        "line_rate": [extra.rate for extra in extras],
        "money": [extra.money for extra in extras],
    }
    for key in ("article", "description", "quantity", "price", "price_incl", "amount_incl", "vat_rate", "discount"):
        if key in batch.columns:
            below.columns[key] = constant(None, len(extras))
    for key in ("line_article", "line_unit"):
        below.columns[key] = constant("", len(extras))
    for key, values in own.items():
        below.columns[key] = Coded(values, np.arange(len(extras)))
        batch.columns.setdefault(key, constant(None, len(batch)))
    columns = {key: stacked([batch.columns[key], below.columns[key]]) for key in batch.columns}
    file, row = np.concatenate([batch.file, below.file]), np.concatenate([batch.row, below.row])
    return Batch(batch.opened, columns, file, row)


def _extras(batch: Batch, present: list[str]) -> Iterator[_Extra]:
    numbers, first = groups(canonical(batch.columns["number"]), Coded(range(len(batch.opened)), batch.file))
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for row, number in enumerate(numbers.tolist()):
        rows_of[number].append(row)
    rates, money = batch.columns["line_rate"], batch.columns["money"]
    for number, row in enumerate(first.tolist()):
        told = [(key, batch.columns[key].at(row)) for key in present]
        for key, amount in told:
            if not amount:
                continue
            name, sign, incl = _AMOUNTS[key]
            weights = weights_of((rates.at(one), money.at(one).net) for one in rows_of[number])
            for rate, share in split(sign * in_cents(abs(amount)), weights).items():
                yield _Extra(row, key, _called(batch, row, name), rate, _money(share, rate, incl=incl))


def _money(share: int, rate: Decimal, *, incl: bool) -> Money:
    """A charge of *share* cents, or a discount where that is less than nothing."""
    amount, quantity = Decimal(abs(share)).scaleb(-2), Decimal(1 if share > 0 else -1)
    if not incl:
        return Money(quantity, amount, ZERO, share)
    price = without_vat(amount, rate, FINE)
    return Money(quantity, price, ZERO, in_cents(quantity * price), share)


def _called(batch: Batch, row: int, name: str) -> str:
    payer = batch.columns["payer"].at(row)
    return texts_in(payer.language if isinstance(payer, Customer) else Language.NL)(name)
