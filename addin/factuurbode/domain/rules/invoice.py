"""All rules over one invoice, in the order in which a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Invoice, Kind
from ..problems import Problem, Severity
from ..totals import Totals, signed_total
from .around import Around
from .buyer import buyer_problems
from .credit_note import credit_note_problems
from .dates import date_problems, period_problems
from .lines import line_problems


def invoice_problems(around: Around, invoice: Invoice, amounts: Totals | None) -> Iterator[Problem]:
    """Everything that is wrong with *invoice* itself. *amounts* is None when its lines are incomplete."""
    if not invoice.number.strip():
        yield Problem("number_missing", place=invoice.origin.at("number"))
    yield from date_problems(invoice, around.today)
    if invoice.kind is Kind.CREDIT_NOTE:
        yield from credit_note_problems(around.corrections, invoice)
    yield from buyer_problems(around, invoice, amounts)
    if not invoice.lines:
        yield Problem("no_lines", place=invoice.origin.at("number"))
    for line in invoice.lines:
        yield from line_problems(around.ledger, invoice, line)
    yield from period_problems(invoice)
    if amounts:
        yield from _amount_problems(invoice, amounts)


def _amount_problems(invoice: Invoice, amounts: Totals) -> Iterator[Problem]:
    if amounts.total < 0:
        yield Problem("total_negative", place=invoice.origin.at("total"), value=amounts.total)
    shown = invoice.recorded.total
    if shown is not None and shown != signed_total(invoice, amounts.total):
        calculated = signed_total(invoice, amounts.total)
        yield Problem("total_differs", Severity.WARNING, invoice.origin.at("total"), shown, detail=calculated)
