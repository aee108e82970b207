"""Deliveries become invoices, and what comes back becomes credit notes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from ...domain.ledger import Ledger
from ...domain.model import Customer, Period
from ..columns import Coded, Mask, combined
from ..fault import Fault, faulty
from ..proposal import Correction, Draft, Known, LeftOut, Rejected, Remark
from .batch import Batch
from .buyers import BUYER_FIELDS, Buyers
from .collecting import Collected, collected
from .drafting import Drafting
from .extras import ORDER_AMOUNTS, with_order_amounts
from .identity import Contents, Keys, keys_of
from .left_out import unwanted
from .pricing import Products, priced

AskKnown = Callable[[Collection[str]], Mapping[str, Known]]
GoneOut = Callable[[str], bool]


@dataclass(slots=True)
class Made:
    """What came of the rows of one kind."""

    drafts: list[Draft] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    altered: list[Correction] = field(default_factory=list)
    known: int = 0
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """What deliveries meet: the workbook, what earlier imports took in, and what a person wants."""

    ledger: Ledger
    buyers: Buyers
    products: Products
    known: AskKnown
    gone_out: GoneOut
    today: date
    period: Period | None = None


def made_of_deliveries(batch: Batch, around: Around) -> Made:
    """The invoices and credit notes of the rows of *batch*, and what became of the other rows."""
    made = Made()
    out, made.left_out = unwanted(batch)
    batch = batch.take(~out) if out.any() else batch
    find_buyers(batch, around.buyers)
    batch.reject_faults(batch.column("number"))
    batch.reject_faults(batch.column("delivered"))
    batch.reject(batch.column("delivered").where(lambda day: day is None), Fault("delivered_missing"))
    priced(batch, around.products, small_business=around.ledger.settings.company.small_business)
    for key in ORDER_AMOUNTS:
        batch.reject_faults(batch.column(key))
    batch = with_order_amounts(_sound(batch, made))
    keys = keys_of(batch)
    fresh = not_known(batch, keys, around, made)
    delivered_before = _drops_of(batch, ~fresh)
    batch, keys = batch.take(fresh), keys[fresh]
    drafting = Drafting(batch, keys, around.ledger.settings.company.small_business)
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
        names = tuple(told)
        described = combined(
            lambda *values: buyers.described(dict(zip(names, values, strict=True))),
            *(column.take(strangers) for column in told.values()),
        )
        codes = buyer.codes.astype(np.int64)
        codes[strangers] = described.codes + len(buyer.values)
        buyer = Coded([*buyer.values, *described.values], codes)
    batch.columns["buyer"] = buyer
    batch.columns["payer"] = buyer.map(lambda one: buyers.payer(one) if isinstance(one, Customer) else None)
    batch.reject_faults(buyer)
    batch.reject_faults(batch.columns["payer"])


def _sound(batch: Batch, made: Made) -> Batch:
    """The rows that nothing is wrong with; the others are rejected."""
    if not batch.reasons:
        return batch
    made.rejected += batch.rejected()
    return batch.take(batch.good())


def not_known(batch: Batch, keys: Keys, around: Around, made: Made) -> Mask:
    """Which rows are new. Known ones are counted, changed ones reported, what contradicts another row is rejected."""
    fresh = np.ones(len(batch), dtype=np.bool_)
    asked = keys.tolist()
    first: dict[str, int] = dict(zip(asked, range(len(asked)), strict=True))
    if len(first) < len(asked):
        first = _seen_first(asked, fresh)
    contents = Contents(batch)
    repeated = np.flatnonzero(~fresh)
    for row, content in zip(repeated.tolist(), contents.of(repeated), strict=True):
        other = first[asked[row]]
        if content == contents.of(np.array([other]))[0]:
            made.known += 1
        else:
            origin = batch.origin(other)
            batch.reasons[row].append(Fault("row_contradicts", value=origin.file.name, detail=f"{origin.row}").reason)
    made.rejected += batch.rejected()
    batch.reasons.clear()
    known = around.known(first.keys())
    rows = np.array([first[key] for key in known if key in first], dtype=np.int64)
    for row, content in zip(rows.tolist(), contents.of(rows), strict=True):
        fresh[row] = False
        before = known[asked[row]]
        if before.content == content:
            made.known += 1
            continue
        changed = made.corrections if around.gone_out(before.invoice) else made.altered
        changed.append(Correction(batch.origin(row), before.invoice))
    _known_by_name(batch, asked, fresh, contents, around, made)
    return fresh


def _known_by_name(
    batch: Batch, asked: Sequence[str], fresh: Mask, contents: Contents, around: Around, made: Made
) -> None:
    """Rows of a source that were imported before it had a mapping of its own are not new, if they say the same."""
    source = batch.columns["source"]
    named = np.flatnonzero(source.where(bool) & fresh)
    if not len(named):
        return
    plain = [asked[row].removeprefix(source.at(row)) for row in named.tolist()]
    known = around.known(plain)
    for row, key, content in zip(named.tolist(), plain, contents.of(named), strict=True):
        if key in known and known[key].content == content:
            fresh[row] = False
            made.known += 1


def _seen_first(asked: Sequence[str], fresh: Mask) -> dict[str, int]:
    """The first row of each key; the other ones are not *fresh*."""
    first: dict[str, int] = {}
    for row, key in enumerate(asked):
        fresh[row] = first.setdefault(key, row) == row
    return first


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
