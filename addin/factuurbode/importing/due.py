"""Deliveries that are not invoiced yet, and the day by which they must be (L5; Wet OB art. 34g)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..domain.model import Kind, Line
from ..domain.rules import invoice_by
from ..domain.totals import ZERO, line_net
from .proposal import Proposal


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """What one customer, who pays, got on one day: so many lines, worth `net` EUR excl. VAT, to be invoiced by `by`."""

    customer: str
    delivered: date
    by: date
    lines: int
    net: Decimal
    late: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be invoiced, the most urgent first. `rejected` rows may be deliveries too that were not understood."""

    deliveries: tuple[DueDelivery, ...]
    rejected: int = 0

    @property
    def late(self) -> tuple[DueDelivery, ...]:
        """Those whose day has passed."""
        return tuple(one for one in self.deliveries if one.late)


def due_of(proposal: Proposal, today: date) -> Due:
    """The deliveries of *proposal*, which leaves out what was imported before; returns are not due."""
    got: defaultdict[tuple[date, str], list[Line]] = defaultdict(list)
    for draft in proposal.drafts:
        if draft.kind is Kind.INVOICE and not draft.number:
            for line in draft.lines:
                got[line.delivered or draft.period_from or draft.issued, draft.customer].append(line)
    deliveries = tuple(
        _due(customer, day, lines, today) for (day, customer), lines in sorted(got.items(), key=_urgency)
    )
    return Due(deliveries, len(proposal.rejected))


def _urgency(found: tuple[tuple[date, str], list[Line]]) -> tuple[date, str]:
    return found[0]


def _due(customer: str, day: date, lines: list[Line], today: date) -> DueDelivery:
    by = invoice_by(day)
    return DueDelivery(customer, day, by, len(lines), sum(map(line_net, lines), ZERO), today > by)
