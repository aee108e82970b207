"""What the calculated columns of the workbook come to, in EUR and per cent; a credit note's amounts are negative."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from .additions import Content
from .model import Customer, Invoice, Line
from .totals import Totals, signed_total

INVOICE = ("customer_name", "due", "net", "vat", "total")
LINE = ("net", "vat_applied")


def of_invoice(invoice: Invoice, amounts: Totals) -> Mapping[str, Content]:
    """By column key, for the row of *invoice*."""
    return {
        "customer_name": invoice.customer.name if invoice.customer else "",
        "due": _due(invoice),
        "net": signed_total(invoice, amounts.net),
        "vat": signed_total(invoice, amounts.tax),
        "total": signed_total(invoice, amounts.total),
    }


def of_line(line: Line, net: Decimal) -> Mapping[str, Content]:
    """By column key, for the row of *line*, which comes to *net*."""
    return {"net": net, "vat_applied": line.vat_rate}


def _due(invoice: Invoice) -> date | None:
    usual = timedelta(days=Customer("").payment_days)
    return invoice.due or (invoice.issued + usual if invoice.issued else None)
