"""Who buys, and whether the VAT treatment fits who that is (L1, L7, L8, L10)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..model import Customer, EInvoice, Invoice, VatTreatment
from ..problems import Problem, Severity
from ..totals import Totals
from ..vat import shares_eu_vat, vat_prefix
from .around import Around
from .forms import is_kvk_number, is_po_box, vat_number_begins_with

SIMPLIFIED_LIMIT = Decimal(100)
_NEVER_SIMPLIFIED = frozenset({VatTreatment.INTRA_EU, VatTreatment.REVERSE_CHARGE})
HOME = "NL"


def buyer_problems(around: Around, invoice: Invoice, amounts: Totals | None) -> Iterator[Problem]:
    """What is wrong with the customer of *invoice*. *amounts* is None when its lines are incomplete."""
    customer = invoice.customer
    simplified = amounts is not None and amounts.total <= SIMPLIFIED_LIMIT
    if customer is None:
        if invoice.customer_number.strip():
            yield Problem("customer_unknown", place=invoice.origin.at("customer"), value=invoice.customer_number)
        elif not simplified:
            yield Problem("customer_missing", place=invoice.origin.at("customer"))
        return
    yield from _treatment_problems(around, customer)
    if not simplified or customer.vat_treatment in _NEVER_SIMPLIFIED:
        yield from _address_problems(customer)
    at = customer.origin.at
    if customer.country == HOME and customer.kvk.strip() and not is_kvk_number(customer.kvk):
        yield Problem("buyer_kvk_invalid", Severity.WARNING, at("kvk"), customer.kvk)
    if customer.e_invoice is not EInvoice.PAPER and customer.agreed_on is None:
        yield Problem("agreement_missing", Severity.WARNING, at("agreed_on"))


def _address_problems(customer: Customer) -> Iterator[Problem]:
    address = {
        "name": customer.name,
        "street": customer.street,
        "postcode": customer.postcode,
        "city": customer.city,
    }
    for key, text in address.items():
        if not text.strip():
            yield Problem(f"buyer_{key}_missing", place=customer.origin.at(key))
    if is_po_box(customer.street):
        yield Problem("buyer_po_box", place=customer.origin.at("street"), value=customer.street)


def _treatment_problems(around: Around, customer: Customer) -> Iterator[Problem]:
    treatment, country = customer.vat_treatment, customer.country
    where = customer.origin.at("country")
    if treatment is VatTreatment.INTRA_EU:
        if country == HOME:
            yield Problem("intra_eu_within_nl", place=where, value=country)
        elif not vat_prefix(country):
            yield Problem("intra_eu_outside_eu", place=where, value=country)
        else:
            yield from _number_problems(around, customer)
        yield from _own_number_problems(around)
    elif treatment is VatTreatment.EXPORT and shares_eu_vat(country):
        yield Problem("export_within_eu", place=where, value=country)
    elif treatment is VatTreatment.REVERSE_CHARGE:
        if country != HOME:
            yield Problem("reverse_charge_abroad", place=where, value=country)
        else:
            yield from _number_problems(around, customer)
        yield from _own_number_problems(around)
    elif treatment is VatTreatment.STANDARD and country != HOME and _has_own_number(around, customer):
        where = customer.origin.at("vat_treatment")
        yield Problem("taxed_abroad", Severity.WARNING, where, detail=customer.vat_number)


def _number_problems(around: Around, customer: Customer) -> Iterator[Problem]:
    where = customer.origin.at("vat_number")
    if not customer.vat_number.strip():
        if customer.vat_treatment is VatTreatment.INTRA_EU:
            yield Problem("intra_eu_number_missing", place=where)
        else:
            yield Problem("reverse_charge_number_missing", place=where)
    elif not _has_own_number(around, customer):
        yield Problem("buyer_vat_number_invalid", place=where, value=customer.vat_number, detail=customer.country)


def _own_number_problems(around: Around) -> Iterator[Problem]:
    """A small business may do without its VAT number, but not where the buyer accounts for the VAT."""
    if not around.ledger.settings.company.vat_number.strip():
        yield Problem("seller_vat_number_missing", place=around.ledger.settings_places.get("company.vat_number"))


def _has_own_number(around: Around, customer: Customer) -> bool:
    """Whether the customer's VAT number can exist in the customer's own country."""
    prefix = vat_prefix(customer.country)
    own = bool(prefix) and vat_number_begins_with(prefix, customer.vat_number)
    return own and around.numbers.vat_number(customer.vat_number)
