"""From an invoice to the fields of the Word template: every value a string that is ready to print.

The names here are what a baker may write between braces in Word; `docs/` lists them. Every name always exists, and
what does not apply is an empty string, so that a template asks `{% if reference %}` and nothing else.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from ..assets import asset
from ..domain.iban import grouped_iban
from ..domain.model import Company, Customer, Invoice, Kind, Language, Line
from ..domain.settings import Settings, WindowSide
from ..domain.totals import Totals, VatCategory, vat_category
from ..texts.catalogue import texts_in
from .formats import NO_BREAK, Formats

SPOKEN_WITHOUT_TEMPLATE = Language.EN
_WITHOUT_RATE = frozenset({VatCategory.EXEMPT, VatCategory.REVERSE_CHARGE})


def template_for(language: Language, settings: Settings) -> Path:
    """The Word template for an invoice in *language*; it may not exist, which `InvoiceTemplate` tells.

    The baker's own template from the settings wins. Its path may hold `{language}`; without a file for *language*,
    and also among the templates that ship with the product, the English one is taken.
    """
    own = settings.general.template
    candidates = [
        Path(str(own).replace("{language}", spoken)) if own else asset("templates", f"invoice.{spoken}.docx")
        for spoken in (language, SPOKEN_WITHOUT_TEMPLATE)
    ]
    return candidates[0] if candidates[0].exists() else candidates[1]


def spoken_language(language: Language, settings: Settings) -> Language:
    """The language that an invoice for a customer who speaks *language* is written in: that of its template."""
    own = settings.general.template
    if own and "{language}" not in str(own):
        return language
    falls_back = template_for(language, settings) == template_for(SPOKEN_WITHOUT_TEMPLATE, settings)
    return SPOKEN_WITHOUT_TEMPLATE if falls_back else language


def invoice_fields(invoice: Invoice, totals: Totals, settings: Settings) -> dict[str, object]:
    """All fields of *invoice*, in the customer's language. *totals* are its amounts.

    Raises ValueError for an invoice without a date; the preflight stops it before.
    """
    if invoice.issued is None:
        raise ValueError("an invoice without a date cannot be printed")
    customer = invoice.customer or Customer(number=invoice.customer_number)
    company = settings.company
    language = spoken_language(customer.language, settings)
    formats = Formats(language)
    categories = {subtotal.category for subtotal in totals.vat}
    return {
        "language": str(language),
        "window_right": settings.general.window is WindowSide.RIGHT,
        "credit_note": invoice.kind is Kind.CREDIT_NOTE,
        "to_pay": invoice.kind is Kind.INVOICE and totals.total > 0,
        "number": invoice.number,
        "corrects": invoice.corrects,
        "date": formats.long_date(invoice.issued),
        "due_date": formats.long_date(invoice.issued + timedelta(days=customer.payment_days)),
        "payment_days": str(customer.payment_days),
        "period_from": formats.long_date(invoice.period_from) if invoice.period_from else "",
        "period_to": formats.long_date(invoice.period_to) if invoice.period_to else "",
        "reference": invoice.reference or customer.reference,
        "remark": invoice.remark,
        "address": _address(customer, company, language),
        "customer": {
            "number": customer.number,
            "name": customer.name,
            "attention": customer.attention,
            "kvk": customer.kvk,
            "vat_number": customer.vat_number,
        },
        "company": _company(company, _country(company.country, language) if _abroad(customer, company) else ""),
        "lines": [
            _line(line, net, invoice, settings, formats)
            for line, net in zip(invoice.lines, totals.line_nets, strict=True)
        ],
        "vat": [
            {
                "rate": formats.percentage(subtotal.rate),
                "taxable": formats.amount(subtotal.taxable_amount),
                "tax": formats.amount(subtotal.tax_amount),
            }
            for subtotal in totals.vat
        ],
        "net": formats.money(totals.net),
        "tax": formats.money(totals.tax),
        "total": formats.money(totals.total),
        "intra_eu": VatCategory.INTRA_EU in categories,
        "export": VatCategory.EXPORT in categories,
        "reverse_charge": VatCategory.REVERSE_CHARGE in categories,
        "small_business": company.small_business,
        "exempt": VatCategory.EXEMPT in categories and not company.small_business,
    }


def _line(line: Line, net: Decimal, invoice: Invoice, settings: Settings, formats: Formats) -> dict[str, str]:
    if line.quantity is None or line.price is None:
        raise ValueError("a line without quantity or price cannot be printed")
    treatment = (invoice.customer or Customer(number="")).vat_treatment
    category, rate = vat_category(line, treatment, settings.company.small_business)
    return {
        "delivered": formats.short_date(line.delivered) if line.delivered else "",
        "article": line.article,
        "description": line.description,
        "quantity": formats.quantity(line.quantity),
        "unit": line.unit,
        "price": formats.price(line.price),
        "discount": formats.percentage(line.discount) if line.discount else "",
        "vat_rate": "" if category in _WITHOUT_RATE else formats.percentage(rate),
        "amount": formats.amount(net),
    }


def _address(customer: Customer, company: Company, language: Language) -> list[str]:
    """The lines for the envelope's window, without gaps; the country, in capitals, only when it is foreign.

    Two spaces between postcode and city are how PostNL wants a Dutch address.
    """
    texts = texts_in(language)
    foreign = _abroad(customer, company)
    lines = [
        customer.name,
        texts("invoice.attention", name=customer.attention) if customer.attention else "",
        customer.street,
        (NO_BREAK if foreign else NO_BREAK * 2).join(part for part in (customer.postcode, customer.city) if part),
        _country(customer.country, language).upper() if foreign else "",
    ]
    return [line for line in lines if line.strip()]


def _abroad(customer: Customer, company: Company) -> bool:
    return customer.country != company.country


def _country(code: str, language: Language) -> str:
    """The name of the country with *code*, or that code where the texts do not know it."""
    texts, key = texts_in(language), f"country.{code}"
    return texts(key) if key in texts else code


def _company(company: Company, country: str) -> dict[str, str]:
    return {
        "name": company.name,
        "street": company.street,
        "postcode": company.postcode,
        "city": company.city,
        "country": country,
        "vat_number": company.vat_number,
        "kvk": company.kvk,
        "iban": grouped_iban(company.iban).replace(" ", NO_BREAK),
        "bic": company.bic,
        "account_name": company.account_name or company.name,
        "telephone": company.telephone,
        "email": company.email,
        "website": company.website,
    }
