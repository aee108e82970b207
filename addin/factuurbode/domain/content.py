"""What an invoice says, as one hash: an invoice that has gone out may not change afterwards."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from .model import Invoice


def content_hash(invoice: Invoice) -> str:
    """SHA-256 (hex) over everything the invoice rows and line rows contribute to the document.

    The customer's address is left out: a customer who moves does not change the invoices of last year.
    """
    facts: list[object] = [
        invoice.number,
        invoice.issued,
        invoice.customer_number,
        invoice.kind,
        invoice.corrects,
        invoice.reference,
        invoice.period_from,
        invoice.period_to,
        invoice.remark,
    ]
    for line in invoice.lines:
        facts += [line.delivered, line.article, line.description, line.quantity, line.unit, line.price]
        facts += [line.discount, line.vat_rate]
    return hashlib.sha256("\x1f".join(map(_canonical, facts)).encode()).hexdigest()


def _canonical(fact: object) -> str:
    if isinstance(fact, Decimal):
        return format(fact.normalize(), "f")
    if isinstance(fact, date):
        return fact.isoformat()
    return "" if fact is None else str(fact)
