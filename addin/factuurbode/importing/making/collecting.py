"""Collective invoices (B7): the deliveries of a period on one invoice, returns on the credit note of their invoice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from typing import Any

import numpy as np

from ...domain.ledger import Ledger
from ...domain.model import Customer, Kind, Period
from ...texts import texts_in
from ..columns import Coded, Places, canonical, combined, groups
from ..fault import Fault
from ..proposal import Draft
from .batch import Batch
from .costs import Drops, with_costs
from .drafting import Drafting
from .grouping import Groups, Said
from .periods import bucket
from .returns import Original, Originals


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
    groups = _collective(batch, np.flatnonzero(~back), period, today)
    periods = [period or said.payer.period for said in groups.said]
    groups = with_costs(drafting, groups, ledger.settings.making, delivered_before)
    if back.any():
        groups += _corrections(batch, np.flatnonzero(back), _originals(batch, groups.members(), ledger), today)
    drafts = drafting.drafts(_described(batch, groups))
    last_days = [draft.period_to or today for draft in drafts]
    ends = Counter(zip(periods, last_days, strict=False))
    unfinished = sum(count for (one, last), count in ends.items() if last <= today < bucket(one, last)[1])
    return Collected(drafts, sum(last > today for last in last_days), unfinished)


def _collective(batch: Batch, rows: Places, asked: Period | None, today: date) -> Groups:
    """The rows of each invoice, by first day and then customer number; lines stand by day."""
    rows, starts = _by_invoice(batch, rows, asked)
    payers = batch.columns["payer"].take(rows[starts]).each()
    return Groups(rows, starts, list(map(Said, payers, repeat(today))))


def _by_invoice(batch: Batch, rows: Places, asked: Period | None) -> tuple[Places, Places]:
    """*rows* in the order of their lines, invoice by invoice, and where each invoice begins among them."""
    if not len(rows):
        return rows, rows
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
    return rows[order], np.r_[0, np.flatnonzero(np.diff(sorted_ranks)) + 1]


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


def _corrections(batch: Batch, rows: Places, originals: Originals, today: date) -> Groups:
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
    return Groups.of(
        (
            members,
            Said(payers[number], today, Kind.CREDIT_NOTE, corrects=original.number, corrects_draft=original.draft),
        )
        for (number, original), members in found.items()
    )


def _described(batch: Batch, groups: Groups) -> Groups:
    """*groups* with what an invoice says of its rows beside its lines: their references, each once, and who got the
    goods where that is not only who pays.
    """
    said, buyers, references = list(groups.said), batch.columns["buyer"], batch.column("reference")
    others = combined(lambda buyer, payer: buyer.number != payer.number, buyers, batch.columns["payer"]).where(bool)
    for place, rows in groups.having(others):
        names = {buyer.number: buyer.name for buyer in buyers.take(rows).each()}
        remark = texts_in(said[place].payer.language)("invoice.delivered_to", names=", ".join(names.values()))
        said[place] = said[place]._replace(remark=remark)
    for place, rows in groups.having(references.where(bool)):
        told = ", ".join(dict.fromkeys(filter(None, references.take(rows).each())))
        said[place] = said[place]._replace(reference=told)
    return replace(groups, said=said)
