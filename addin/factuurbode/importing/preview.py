"""What an import would do, in figures: for the terminal, the page and the ribbon alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..domain.ledger import Ledger
from ..domain.model import Customer, Kind
from ..domain.totals import ZERO, line_net
from .applying.numbering import numbered
from .proposal import Draft, Proposal


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An invoice to be made. Amounts in EUR; a credit note's count as less."""

    number: str
    customer: str
    name: str
    kind: Kind
    issued: date
    period: tuple[date, date] | None
    lines: int
    net: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        """With VAT."""
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of a proposal. Revenue is in EUR excl. VAT: per customer, most first, and per day of delivery."""

    proposal: Proposal
    drafts: tuple[DraftRow, ...]
    per_customer: tuple[tuple[str, Decimal], ...]
    per_day: tuple[tuple[date, Decimal], ...]

    @property
    def net(self) -> Decimal:
        """All invoices less all credit notes."""
        return sum((row.net for row in self.drafts), ZERO)

    @property
    def vat(self) -> Decimal:
        """The VAT of all."""
        return sum((row.vat for row in self.drafts), ZERO)


def preview_of(proposal: Proposal, ledger: Ledger, used: tuple[str, ...] = ()) -> Preview:
    """The figures of *proposal* for the workbook of *ledger*, in which the numbers *used* are taken.

    Raises NumberingUnclear or NumberTaken, as applying would.
    """
    customers: dict[str, Customer] = {**ledger.customers}
    customers.update((customer.number, customer) for customer in proposal.customers_added)
    per_customer: defaultdict[str, Decimal] = defaultdict(Decimal)
    per_day: defaultdict[date, Decimal] = defaultdict(Decimal)
    rows = []
    for draft in numbered(proposal.drafts, ledger.settings.numbering, used):
        sign = -1 if draft.kind is Kind.CREDIT_NOTE else 1
        lines = 0
        for line in draft.lines:
            lines += 1
            if line.quantity is not None and line.price is not None:
                per_day[line.delivered or draft.issued] += sign * line_net(line)
        row = _row(draft, sign, lines, customers)
        per_customer[row.name or row.customer] += row.net
        rows.append(row)
    return Preview(
        proposal,
        tuple(rows),
        tuple(sorted(per_customer.items(), key=lambda item: (-item[1], item[0]))),
        tuple(sorted(per_day.items())),
    )


def _row(draft: Draft, sign: int, lines: int, customers: Mapping[str, Customer]) -> DraftRow:
    customer = customers.get(draft.customer)
    period = (draft.period_from, draft.period_to) if draft.period_from and draft.period_to else None
    return DraftRow(
        number=draft.number,
        customer=draft.customer,
        name=customer.name if customer else "",
        kind=draft.kind,
        issued=draft.issued,
        period=period,
        lines=lines,
        net=sign * draft.net,
        vat=sign * draft.vat,
    )
