"""What a web shop tells of a whole order: it holds for all its rows, and some of it is an amount of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

import numpy as np

from ..columns import Coded, canonical, groups
from .batch import Batch

ORDER_FIELDS = (
    "customer", "customer_name", "first_name", "last_name", "attention", "street", "house_number", "house_addition",
    "postcode", "city", "country", "email", "delivered", "status", "reference", "shipping", "shipping_incl",
    "order_discount", "order_discount_incl", "currency",
)  # fmt: skip


def filled_down(batch: Batch) -> Batch:
    """The rows with what only the first row of an order tells, where the mapping says that its source does so."""
    if "number" not in batch.columns or not any(opened.mapping.fill_down for opened in batch.opened):
        return batch
    numbers, first = groups(canonical(batch.columns["number"]), Coded(range(len(batch.opened)), batch.file))
    of_order = first[numbers]
    fills = np.array([opened.mapping.fill_down for opened in batch.opened])[batch.file]
    columns = dict(batch.columns)
    for key in ORDER_FIELDS:
        if key in columns:
            column = columns[key]
            empty = column.where(lambda value: value is None or value == "") & fills
            columns[key] = Coded(column.values, np.where(empty, column.codes[of_order], column.codes))
    return Batch(batch.opened, columns, batch.file, batch.row)


def split(amount: int, weights: Mapping[Decimal, int]) -> dict[Decimal, int]:
    """*amount* in cents over VAT rates, in proportion to what was sold at each; not a cent more or less."""
    total = sum(weights.values())
    if not total:
        return {max(weights): amount}
    shares = {rate: amount * weight // total for rate, weight in weights.items()}
    rest = amount - sum(shares.values())
    by_remainder = sorted(weights, key=lambda rate: (-(amount * weights[rate] % total), rate))
    for rate in by_remainder[:rest]:
        shares[rate] += 1
    return {rate: share for rate, share in shares.items() if share}


def weights_of(rows: Iterable[tuple[Decimal, int]]) -> dict[Decimal, int]:
    """What was sold at each VAT rate, in cents."""
    found: defaultdict[Decimal, int] = defaultdict(int)
    for rate, net in rows:
        found[rate] += net
    return found
