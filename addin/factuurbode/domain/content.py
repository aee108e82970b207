"""What an invoice says, in one canonical form: kept when it is agreed to be sent, and recognised by its hash.

The form holds all that the law and the customer see: the rows of the invoice, the buyer and the seller, the terms, the
amounts. Equal content is equal text, so that one hash stands for it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .model import Company, Customer, Invoice
from .totals import Totals

FORM = 2
"""The number of the form below; what was sent in another form can be recognised, and not read."""

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Content:
    """The SHA-256 (hex) of a content, and its text where that is at hand."""

    sha256: str
    text: str = field(default="", compare=False, repr=False)


def content_of(invoice: Invoice, seller: Company, amounts: Totals | None) -> Content:
    """The content of *invoice*; *amounts* is None while its lines are incomplete."""
    facts: dict[str, Json] = {
        "form": FORM,
        "rows": _rows(invoice),
        "buyer": _buyer(invoice.customer),
        "seller": _seller(seller),
        "due": _day(invoice.due),
        "amounts": _amounts(amounts),
    }
    text = _text(facts)
    return Content(_sha256(text), text)


def rows_hash(invoice: Invoice) -> str:
    """SHA-256 (hex) over what the invoice's own rows say: whether a person has changed them since."""
    return _sha256(_text(_rows(invoice)))


def _rows(invoice: Invoice) -> Json:
    lines: list[Json] = [
        {
            "delivered": _day(line.delivered),
            "article": line.article,
            "description": line.description,
            "quantity": _number(line.quantity),
            "unit": line.unit,
            "price": _number(line.price),
            "discount": _number(line.discount),
            "vat_rate": _number(line.vat_rate),
        }
        for line in invoice.lines
    ]
    return {
        "number": invoice.number,
        "date": _day(invoice.issued),
        "customer": invoice.customer_number,
        "kind": invoice.kind.value,
        "corrects": invoice.corrects,
        "reference": invoice.reference,
        "period_from": _day(invoice.period_from),
        "period_to": _day(invoice.period_to),
        "remark": invoice.remark,
        "lines": lines,
    }


def _buyer(customer: Customer | None) -> Json:
    if customer is None:
        return None
    return {
        "number": customer.number,
        "name": customer.name,
        "attention": customer.attention,
        "street": customer.street,
        "postcode": customer.postcode,
        "city": customer.city,
        "country": customer.country,
        "language": customer.language.value,
        "vat_number": customer.vat_number,
        "kvk": customer.kvk,
        "vat_treatment": customer.vat_treatment.value,
        "payment_days": customer.payment_days,
        "reference": customer.reference,
    }


def _seller(company: Company) -> Json:
    return {
        "name": company.name,
        "street": company.street,
        "postcode": company.postcode,
        "city": company.city,
        "country": company.country,
        "vat_number": company.vat_number,
        "kvk": company.kvk,
        "iban": company.iban,
        "bic": company.bic,
        "account_name": company.account_name,
        "small_business": company.small_business,
    }


def _amounts(amounts: Totals | None) -> Json:
    if amounts is None:
        return None
    vat: list[Json] = [
        [one.category.value, _number(one.rate), _number(one.taxable_amount), _number(one.tax_amount)]
        for one in amounts.vat
    ]
    return {
        "line_nets": [_number(net) for net in amounts.line_nets],
        "vat": vat,
        "net": _number(amounts.net),
        "tax": _number(amounts.tax),
        "total": _number(amounts.total),
    }


def _number(number: Decimal | None) -> str | None:
    """Equal numbers have equal texts: `2.50` and `2.5` are `2.5`."""
    return None if number is None else format(number.normalize() + 0, "f")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _text(facts: Json) -> str:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
