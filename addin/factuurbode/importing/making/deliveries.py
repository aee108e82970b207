"""Deliveries become invoices, and what comes back becomes credit notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from ...domain.model import Customer
from ..columns import Coded, Mask, groups
from ..fault import Fault, faulty
from ..proposal import Remark
from .batch import Batch
from .buyers import BUYER_FIELDS, Buyers, least_told
from .collecting import Collected, collected
from .drafting import Drafting
from .extras import ORDER_AMOUNTS, with_order_amounts
from .left_out import reject_unclear, unwanted
from .made import Around, Made
from .pricing import priced
from .recognising import recognised


def made_of_deliveries(batch: Batch, around: Around) -> Made:
    """The invoices and credit notes of the rows of *batch*, and what became of the other rows."""
    made = Made()
    out, made.left_out = unwanted(batch)
    batch = batch.take(~out) if out.any() else batch
    reject_unclear(batch)
    find_buyers(batch, around.buyers)
    batch.reject_faults(batch.column("number"))
    batch.reject_faults(batch.column("delivered"))
    batch.reject(batch.column("delivered").where(lambda day: day is None), Fault("delivered_missing"))
    priced(batch, around.products, small_business=around.ledger.settings.company.small_business)
    for key in ORDER_AMOUNTS:
        batch.reject_faults(batch.column(key))
    batch = with_order_amounts(_sound(batch, made))
    identities, fresh = recognised(batch, around, made)
    delivered_before = _drops_of(batch, ~fresh)
    if not fresh.all():
        batch, identities = batch.take(fresh), identities.take(fresh)
    drafting = Drafting(batch, identities, around.ledger.settings.company.small_business)
    done = collected(drafting, around.ledger, around.period, around.today, delivered_before)
    made.drafts = done.drafts
    made.rejected += batch.rejected()
    made.remarks += _remarks(done, around)
    return made


def find_buyers(batch: Batch, buyers: Buyers) -> None:
    """Add to *batch* the columns `buyer` and `payer` (customers); rows of nobody are rejected."""
    told = {key: batch.columns[key] for key in BUYER_FIELDS if key in batch.columns}
    number = batch.column("customer")
    buyer: Coded[Any] = number.map(lambda one: one if faulty(one) else buyers.numbered(one))
    strangers = np.flatnonzero(buyer.where(lambda one: one is None))
    if len(strangers):
        described = _described({key: column.take(strangers) for key, column in told.items()}, buyers)
        codes = buyer.codes.astype(np.int64)
        codes[strangers] = described.codes + len(buyer.values)
        buyer = Coded([*buyer.values, *described.values], codes)
    batch.columns["buyer"] = buyer
    batch.columns["payer"] = buyer.map(lambda one: buyers.payer(one) if isinstance(one, Customer) else None)
    batch.reject_faults(buyer)
    batch.reject_faults(batch.columns["payer"])


def _described(told: Mapping[str, Coded[Any]], buyers: Buyers) -> Coded[Customer | Fault]:
    """Who the rows tell of. Those that tell most come first: a name alone may be of somebody whom another brings."""
    numbers, first = groups(*told.values())
    people = [
        dict(zip(told, values, strict=True))
        for values in zip(*(column.take(first).each() for column in told.values()), strict=True)
    ]
    found: dict[int, Customer | Fault] = {}
    for place in sorted(range(len(people)), key=lambda one: least_told(people[one])):
        found[place] = buyers.described(people[place])
    return Coded([found[place] for place in range(len(people))], numbers)


def _sound(batch: Batch, made: Made) -> Batch:
    """The rows that nothing is wrong with; the others are rejected."""
    if not batch.reasons:
        return batch
    made.rejected += batch.rejected()
    return batch.take(batch.good())


def _drops_of(batch: Batch, rows: Mask) -> frozenset[tuple[str, date]]:
    """Who got something on which day in *rows*."""
    if not rows.any():
        return frozenset()
    buyers, days = (batch.columns[key].take(rows).each() for key in ("buyer", "delivered"))
    return frozenset((buyer.number, day) for buyer, day in zip(buyers, days, strict=True))


def _remarks(done: Collected, around: Around) -> list[Remark]:
    """What a person should know of the invoices as a whole."""
    remarks = []
    if done.ahead:
        remarks.append(Remark("remark.ahead", {"count": str(done.ahead)}))
    if done.unfinished:
        remarks.append(Remark("remark.period_open", {"count": str(done.unfinished)}))
    if around.buyers.without_zeros:
        numbers = ", ".join(sorted(around.buyers.without_zeros)[:5])
        remarks.append(Remark("remark.without_zeros", {"numbers": numbers}))
    return remarks
