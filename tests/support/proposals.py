"""Proposals as the reading of files makes them, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from factuurbode.domain.model import Customer, Invoice, Line, Product
from factuurbode.domain.totals import totals
from factuurbode.importing.proposal import Detected, Draft, ImportKind, Proposal, RowIdentity

SOURCE = Detected(Path("leveringen.csv"), ImportKind.DELIVERIES, rows=4)
NEW = Customer("0002", "Hotel De Nieuwe", city="Boterdam", discount=Decimal("2.5"))
WHITE = Product("W1", "Witbrood", "stuk", Decimal("2.10"), Decimal(9))


def a_line(text: str = "Volkoren", quantity: str = "10", price: str = "2.50", day: int = 2) -> Line:
    return Line(text, Decimal(quantity), Decimal(price), Decimal(9), unit="stuk", delivered=date(2026, 11, day))


def a_draft(customer: str = "0001", lines: Sequence[Line] = (), name: str = "r", issued: int = 6) -> Draft:
    lines = tuple(lines) or (a_line(), a_line("Croissant", "20", "0.95", 3))
    amounts = totals(Invoice("", None, None, customer, lines))
    return Draft(
        customer,
        date(2026, 11, issued),
        lines,
        tuple(RowIdentity(f"{name}-{customer}-{issued}-{place}", "c") for place in range(len(lines))),
        period_from=date(2026, 11, 2),
        period_to=date(2026, 11, 3),
        net=amounts.net,
        vat=amounts.tax,
    )


def a_proposal(*drafts: Draft, **others: object) -> Proposal:
    return replace(Proposal((SOURCE,), drafts=drafts or (a_draft(), a_draft("0002"))), **others)  # type: ignore[arg-type]
