"""What comes beside the goods of a delivery: the costs of bringing it, and what it lacks to the smallest order."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from ...domain.model import Customer, Line
from ...domain.settings import Making
from ...texts import texts_in
from ..columns import Places, canonical, groups
from .drafting import Drafting
from .grouping import Groups

Drops = AbstractSet[tuple[str, date]]
"""Who got something, by customer number, on which day."""


def with_costs(drafting: Drafting, groups: Groups, making: Making, delivered_before: Drops) -> Groups:
    """*groups* with the lines beside the goods, one for each day that a customer got something.

    *delivered_before* are the deliveries for which that was done already.
    """
    if making.delivery_costs is None and making.minimum_order is None:
        return groups
    charged = set(delivered_before)
    said = [
        one._replace(more=tuple(_costs(drafting, rows, making, charged, one.payer)))
        for one, rows in zip(groups.said, groups.members(), strict=True)
    ]
    return replace(groups, said=said)


def _costs(
    drafting: Drafting, rows: Places, making: Making, charged: set[tuple[str, date]], payer: Customer
) -> Iterator[Line]:
    """The lines beside the goods in *rows*, whose deliveries are added to *charged*."""
    texts = texts_in(payer.language)
    buyers = drafting.batch.columns["buyer"].take(rows).map(lambda buyer: buyer.number)
    days = drafting.batch.columns["delivered"].take(rows)
    numbers, first = groups(canonical(buyers), canonical(days))
    for number, row in enumerate(first.tolist()):
        drop = (buyers.at(row), days.at(row))
        if drop in charged:
            continue
        charged.add(drop)
        worth = Decimal(drafting.net_of(rows[np.flatnonzero(numbers == number)])).scaleb(-2)
        if making.delivery_costs and (making.free_from is None or worth < making.free_from):
            description = making.delivery_description or texts("invoice.delivery_costs")
            yield Line(description, Decimal(1), making.delivery_costs, making.vat_rate, delivered=drop[1])
        if making.minimum_order is not None and worth < making.minimum_order:
            lacks = making.minimum_order - worth
            yield Line(texts("invoice.minimum_order"), Decimal(1), lacks, making.vat_rate, delivered=drop[1])
