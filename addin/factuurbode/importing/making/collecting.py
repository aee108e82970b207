"""Collective invoices (B7): the deliveries of a period on one invoice, returns on the credit note of their invoice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from ...domain.ledger import Ledger
from ...domain.model import Customer, Kind, Period
from ...texts import texts_in
from ..columns import Coded, Places, canonical, combined, groups
from ..fault import Fault
from ..proposal import Draft
from .batch import Batch
from .costs import costs_of
from .drafting import Drafting, Group
from .periods import bucket
from .returns import Original, Originals

Drops = AbstractSet[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Collected:
    """Drafts in the order in which they get their numbers; how many have deliveries from after today, and of how many
    the period is not over yet.
    """

    drafts: list[Draft]
    ahead: int = 0
    unfinished: int = 0


def collected(
    drafting: Drafting, ledger: Ledger, period: Period | None, today: date, delivered_before: Drops
) -> Collected:
    """The drafts of all rows.

    *period* goes before that of each customer. Rows that come back and correct nothing that is known are rejected.
    *delivered_before* are deliveries for which an earlier import has charged what comes beside the goods.
    """
    batch = drafting.batch
    if not len(batch):
        return Collected([])
    back = batch.columns["money"].where(lambda money: money.back)
    named = _Named(batch)
    charged = set(delivered_before)
    collective = list(_collective(batch, np.flatnonzero(~back), period))
    wanted = [
        Group(
            rows,
            payer,
            today,
            remark=named.delivered_to(rows, payer),
            reference=named.references(rows),
            more=costs_of(drafting, rows, ledger.settings.making, charged, payer),
        )
        for rows, payer in collective
    ]
    if back.any():
        originals = _originals(batch, [rows for rows, _ in collective], ledger)
        wanted += [
            Group(
                rows,
                payer,
                today,
                Kind.CREDIT_NOTE,
                corrects=original.number,
                corrects_draft=original.draft,
                remark=named.delivered_to(rows, payer),
                reference=named.references(rows),
            )
            for rows, payer, original in _corrections(batch, np.flatnonzero(back), originals)
        ]
    drafts = drafting.drafts(wanted)
    last_days = [draft.period_to or today for draft in drafts]
    periods = [period or payer.period for _, payer in collective]
    unfinished = sum(
        bucket(one, last)[1] > today for one, last in zip(periods, last_days, strict=False) if last <= today
    )
    return Collected(drafts, sum(last > today for last in last_days), unfinished)


def _collective(batch: Batch, rows: Places, asked: Period | None) -> Iterator[tuple[Places, Customer]]:
    """The rows of each invoice with who pays it, by first day and then customer number; lines stand by day."""
    if not len(rows):
        return
    payers = batch.columns["payer"].take(rows)
    days = batch.columns["delivered"].take(rows)
    periods = canonical(payers.map(lambda payer: asked or payer.period))
    buckets = canonical(combined(bucket, periods, canonical(days)))
    numbers = canonical(payers.map(lambda payer: payer.number))
    apart = _deliveries_apart(batch, rows, periods)
    group, first = groups(numbers, buckets, apart)
    ordinals = days.numbers(date.toordinal)
    starts = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(starts, group, ordinals)
    ranks = np.empty(len(first), dtype=np.int64)
    ranks[np.lexsort((first, _ranked(numbers)[first], starts))] = np.arange(len(first))
    order = np.lexsort((rows, ordinals, ranks[group]))
    sorted_ranks = ranks[group][order]
    starts_at = np.r_[0, np.flatnonzero(np.diff(sorted_ranks)) + 1]
    ordered = rows[order]
    bounds = [*starts_at.tolist(), len(ordered)]
    for who, (begin, end) in zip(payers.take(order[starts_at]).each(), pairwise(bounds), strict=True):
        yield ordered[begin:end], who


def _ranked(names: Coded[str]) -> Places:
    """For each row the place of its name in the order of them all."""
    places = {name: place for place, name in enumerate(sorted(name for name, _ in names.used()))}
    return names.numbers(places.__getitem__)


def _deliveries_apart(batch: Batch, rows: Places, periods: Coded[Period]) -> Coded[Any]:
    """A number that differs between deliveries where each has an invoice of its own, and is 0 elsewhere."""
    each = periods.where(lambda period: period is Period.DELIVERY)
    buyers = canonical(batch.columns["buyer"].take(rows).map(lambda buyer: buyer.number))
    numbers, first = groups(buyers, canonical(batch.column("number").take(rows)))
    return Coded(range(len(first) + 1), np.where(each, numbers + 1, 0))


def _originals(batch: Batch, members: Sequence[Places], ledger: Ledger) -> Originals:
    """What every customer got, by the workbook and by the invoices that are made now."""
    originals = Originals(ledger.invoices)
    columns = [batch.columns[key] for key in ("payer", "line_article", "line_description", "delivered")]
    for place, rows in enumerate(members):
        for payer, article, description, day in zip(*(column.take(rows).each() for column in columns), strict=True):
            originals.note(payer.number, article, description, day, Original(draft=place))
    return originals


def _corrections(batch: Batch, rows: Places, originals: Originals) -> Iterator[tuple[Places, Customer, Original]]:
    """The rows of each credit note, with who gets it and what it corrects; the others are rejected."""
    found: dict[tuple[str, Original], list[int]] = {}
    payers: dict[str, Customer] = {}
    keys = ("payer", "line_article", "line_description", "delivered", "corrects")
    columns = [batch.column(key).take(rows).each() for key in keys]
    for row, payer, article, description, day, corrects in zip(rows.tolist(), *columns, strict=True):
        original = Original(corrects) if corrects else originals.of(payer.number, article, description, day)
        if original is None:
            batch.reasons[row].append(Fault("return_of_nothing", value=article or description).reason)
            continue
        payers[payer.number] = payer
        found.setdefault((payer.number, original), []).append(row)
    for (number, original), members in found.items():
        yield np.array(members, dtype=np.int64), payers[number], original


class _Named:
    """What an invoice says of its rows beside its lines."""

    def __init__(self, batch: Batch) -> None:
        self._buyers = batch.columns["buyer"]
        self._references = batch.columns.get("reference")
        for_others = combined(
            lambda buyer, payer: buyer.number != payer.number, batch.columns["buyer"], batch.columns["payer"]
        )
        self._for_others = for_others.where(bool)
        self._some_for_others = bool(self._for_others.any())

    def delivered_to(self, rows: Places, payer: Customer) -> str:
        """Who got the goods, where that is not only who pays."""
        if not self._some_for_others or not self._for_others[rows].any():
            return ""
        buyers = {buyer.number: buyer.name for buyer in self._buyers.take(rows).each()}
        return texts_in(payer.language)("invoice.delivered_to", names=", ".join(buyers.values()))

    def references(self, rows: Places) -> str:
        """The references that the rows tell, each once."""
        if self._references is None:
            return ""
        return ", ".join(dict.fromkeys(text for text in self._references.take(rows).each() if text))
