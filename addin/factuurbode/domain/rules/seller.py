"""What stands on every invoice: the bakery's own data (L1, L2)."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..vat import vat_prefix
from .around import Around
from .forms import is_kvk_number, is_po_box, vat_number_begins_with


def seller_problems(around: Around) -> Iterator[Problem]:
    """What the bakery's own data lack, and what in them cannot be right."""
    company, places = around.ledger.settings.company, around.ledger.settings_places
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
            yield Problem(f"seller_{key}_missing", place=places.get(f"company.{key}"))
    if is_po_box(company.street):
        yield Problem("seller_po_box", place=places.get("company.street"), value=company.street)
    if company.country == "NL" and company.kvk.strip() and not is_kvk_number(company.kvk):
        yield Problem("seller_kvk_invalid", place=places.get("company.kvk"), value=company.kvk)
    prefix = vat_prefix(company.country)
    if company.vat_number.strip() and prefix:
        right = vat_number_begins_with(prefix, company.vat_number) and around.numbers.vat_number(company.vat_number)
        if not right:
            where = places.get("company.vat_number")
            yield Problem("seller_vat_number_invalid", place=where, value=company.vat_number)
    where = places.get("company.iban")
    if not company.iban.strip():
        yield Problem("seller_iban_missing", Severity.WARNING, where)
    elif not around.numbers.iban(company.iban):
        yield Problem("seller_iban_invalid", place=where, value=company.iban)
