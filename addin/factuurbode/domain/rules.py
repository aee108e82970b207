"""What the law asks of each invoice (L1–L10 of the requirements), as problems that name the cell to mend.

Sources: Wet op de omzetbelasting 1968 art. 35 and 35a (invoice contents), 34g (the day by which to invoice),
Uitvoeringsbesluit art. 31 (simplified invoice), EU directive 2006/112 art. 138 (intra-Community supply).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from .iban import iban_is_valid
from .ledger import Ledger
from .model import EInvoice, Invoice, Kind, Line, VatTreatment
from .problems import Problem, Severity
from .totals import Totals, signed_total
from .vat import rates_on

SIMPLIFIED_LIMIT = Decimal(100)
_PO_BOX = re.compile(r"\s*(postbus|p\.?\s?o\.?\s?box|postfach|bo[iî]te postale|antwoordnummer)\b", re.IGNORECASE)
_EU_VAT_PREFIXES = re.compile("AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI")


def seller_problems(ledger: Ledger) -> Iterator[Problem]:
    """What the bakery's own data lack; they stand on every invoice (L1, L2)."""
    company = ledger.settings.company
    required = {
        "name": company.name,
        "street": company.street,
        "postcode": company.postcode,
        "city": company.city,
        "kvk": company.kvk,
        "vat_number": company.vat_number or ("-" if company.small_business else ""),
    }
    for key, text in required.items():
        if not text.strip():
            yield Problem(f"seller_{key}_missing", place=ledger.settings_places.get(f"company.{key}"))
    where = ledger.settings_places.get("company.iban")
    if not company.iban.strip():
        yield Problem("seller_iban_missing", Severity.WARNING, where)
    elif not iban_is_valid(company.iban):
        yield Problem("seller_iban_invalid", place=where, value=company.iban)


def invoice_problems(ledger: Ledger, invoice: Invoice, amounts: Totals | None) -> Iterator[Problem]:
    """Everything that is wrong with *invoice* itself. *amounts* is None when its lines are incomplete."""
    yield from _head_problems(ledger, invoice)
    yield from _buyer_problems(ledger, invoice, amounts)
    if not invoice.lines:
        yield Problem("no_lines", place=invoice.origin.at("number"))
    for line in invoice.lines:
        yield from _line_problems(invoice, line)
    yield from _period_problems(invoice)
    if amounts:
        yield from _amount_problems(invoice, amounts)


def _head_problems(ledger: Ledger, invoice: Invoice) -> Iterator[Problem]:
    at = invoice.origin.at
    if not invoice.number.strip():
        yield Problem("number_missing", place=at("number"))
    if invoice.issued is None:
        yield Problem("date_missing", place=at("date"))
    if invoice.kind is Kind.CREDIT_NOTE:
        if not invoice.corrects.strip():
            yield Problem("corrects_missing", place=at("corrects"))
        elif invoice.corrects not in {other.number for other in ledger.invoices}:
            yield Problem("corrects_unknown", Severity.WARNING, at("corrects"), invoice.corrects)


def _buyer_problems(ledger: Ledger, invoice: Invoice, amounts: Totals | None) -> Iterator[Problem]:
    customer = invoice.customer
    simplified = amounts is not None and amounts.total <= SIMPLIFIED_LIMIT
    if customer is None:
        if invoice.customer_number.strip():
            yield Problem("customer_unknown", place=invoice.origin.at("customer"), value=invoice.customer_number)
        elif not simplified:
            yield Problem("customer_missing", place=invoice.origin.at("customer"))
        return
    at = customer.origin.at
    if customer.vat_treatment is VatTreatment.INTRA_EU:
        simplified = False
        prefix = customer.vat_number.strip()[:2].upper()
        if not customer.vat_number.strip():
            yield Problem("buyer_vat_number_missing", place=at("vat_number"))
        elif prefix == "NL" or not _EU_VAT_PREFIXES.fullmatch(prefix):
            yield Problem("buyer_vat_number_not_eu", place=at("vat_number"), value=customer.vat_number)
        if customer.country == "NL":
            yield Problem("intra_eu_within_nl", place=at("country"), value=customer.country)
        if not ledger.settings.company.vat_number.strip():
            yield Problem("seller_vat_number_missing", place=ledger.settings_places.get("company.vat_number"))
    if not simplified:
        for key in ("name", "street", "postcode", "city"):
            text = {"name": customer.name, "street": customer.street, "postcode": customer.postcode}
            if not text.get(key, customer.city).strip():
                yield Problem(f"buyer_{key}_missing", place=at(key))
        if _PO_BOX.match(customer.street):
            yield Problem("buyer_po_box", place=at("street"), value=customer.street)
    if customer.e_invoice is not EInvoice.PAPER and customer.agreed_on is None:
        yield Problem("agreement_missing", Severity.WARNING, at("agreed_on"))


def _line_problems(invoice: Invoice, line: Line) -> Iterator[Problem]:
    at = line.origin.at
    if not line.description.strip():
        yield Problem("line_description_missing", place=at("description"))
    if line.quantity is None:
        yield Problem("line_quantity_missing", place=at("quantity"))
    elif line.quantity == 0:
        yield Problem("line_quantity_zero", Severity.WARNING, at("quantity"))
    if line.price is None:
        yield Problem("line_price_missing", place=at("price"))
    if line.delivered is None and invoice.period_from is None:
        yield Problem("line_delivered_missing", place=at("delivered"))
    if not 0 <= line.discount <= 100:
        yield Problem("line_discount_out_of_range", place=at("discount"), value=line.discount)
    day = line.delivered or invoice.period_to or invoice.issued
    if line.vat_rate is None:
        yield Problem("line_vat_rate_missing", place=at("vat_rate"))
    elif day and line.vat_rate not in rates_on(day):
        yield Problem("line_vat_rate_unknown", place=at("vat_rate"), value=line.vat_rate, detail=day)


def _period_problems(invoice: Invoice) -> Iterator[Problem]:
    delivered = [line.delivered for line in invoice.lines if line.delivered]
    days = delivered + [day for day in (invoice.period_from, invoice.period_to) if day]
    if invoice.period_from and invoice.period_to and invoice.period_from > invoice.period_to:
        yield Problem("period_reversed", place=invoice.origin.at("period_to"), value=invoice.period_to)
    elif days and max(days) >= _month_later(min(days)):
        key = "period_to" if invoice.period_to else "date"
        yield Problem("period_too_long", place=invoice.origin.at(key), value=max(days))
    if days and invoice.issued and invoice.issued > invoice_by(min(days)):
        where = invoice.origin.at("date")
        yield Problem("issued_late", Severity.WARNING, where, invoice.issued, detail=min(days))


def _amount_problems(invoice: Invoice, amounts: Totals) -> Iterator[Problem]:
    if amounts.total < 0:
        yield Problem("total_negative", place=invoice.origin.at("total"), value=amounts.total)
    shown = invoice.recorded.total
    if shown is not None and shown != signed_total(invoice, amounts.total):
        calculated = signed_total(invoice, amounts.total)
        yield Problem("total_differs", Severity.WARNING, invoice.origin.at("total"), shown, detail=calculated)


def _month_later(day: date) -> date:
    """The same day of the next month, or that month's last day + 1 where it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    length = monthrange(year, month)[1]
    return (
        date(year, month, day.day) if day.day <= length else date.fromordinal(date(year, month, length).toordinal() + 1)
    )


def invoice_by(supplied: date) -> date:
    """The 15th of the month after the supply (Wet OB art. 34g)."""
    return date(supplied.year + (supplied.month == 12), supplied.month % 12 + 1, 15)
