"""A made-up invoice to try a template on, with everything that an invoice can have and with as little as it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..domain.model import Company, Customer, Invoice, Kind, Language, Line, VatTreatment
from ..domain.settings import General, Settings, WindowSide
from ..domain.totals import totals
from .fields import invoice_fields

Fields = Mapping[str, object]

_COMPANY = Company(
    name="Bakkerij Voorbeeld",
    street="Molenstraat 12",
    postcode="1234 AB",
    city="Meelstad",
    vat_number="NL001234567B29",
    kvk="12345678",
    iban="NL91ABNA0417164300",
    bic="ABNANL2A",
    account_name="Bakkerij Voorbeeld B.V.",
    telephone="012-345 67 89",
    email="info@bakkerij.example.com",
    website="www.bakkerij.example.com",
)
_LINES = (
    Line("Volkoren heel", Decimal(24), Decimal("2.15"), Decimal(9), Decimal(10), "1001", "st", date(2026, 3, 2)),
    Line("Koffiemachine, huur", Decimal(1), Decimal(45), Decimal(21), article="9001", unit="maand"),
)


_COUNTRIES = {VatTreatment.INTRA_EU: "BE", VatTreatment.EXPORT: "CH"}


def full_sample(language: Language, treatment: VatTreatment = VatTreatment.STANDARD) -> Fields:
    """The fields of an invoice on which everything is filled in."""
    return _fields(_full(language, treatment), Settings(company=_COMPANY))


def sample_invoice(language: Language, number: str, issued: date) -> Invoice:
    """An invoice on which everything is filled in, for a customer who does not exist."""
    return replace(_full(language, VatTreatment.STANDARD), number=number, issued=issued)


def sample_invoices(language: Language) -> dict[str, Invoice]:
    """Invoices of the sorts that a mail can be about, by a name for the sort."""
    full = _full(language, VatTreatment.STANDARD)
    return {"full": full, "bare": _bare(), "credit_note": _credit(full)}


def sample_company() -> Company:
    """A bakery that does not exist."""
    return _COMPANY


def samples(language: Language) -> dict[str, Fields]:
    """The fields of invoices of every sort, by a name for the sort: with all that is optional, and without."""
    full = _full(language, VatTreatment.STANDARD)
    small = Company(name=_COMPANY.name, small_business=True)
    right = Settings(General(window=WindowSide.RIGHT), company=_COMPANY)
    return {
        "full": _fields(full, right),
        "bare": _fields(_bare(), Settings(company=Company(name=_COMPANY.name))),
        "credit_note": _fields(_credit(full), Settings(company=_COMPANY)),
        "intra_eu": full_sample(language, VatTreatment.INTRA_EU),
        "export": full_sample(language, VatTreatment.EXPORT),
        "reverse_charge": full_sample(language, VatTreatment.REVERSE_CHARGE),
        "exempt": full_sample(language, VatTreatment.EXEMPT),
        "small_business": _fields(full, Settings(company=small)),
    }


def _full(language: Language, treatment: VatTreatment) -> Invoice:
    customer = Customer(
        number="0012",
        name="Lunchcafé Voorbeeld",
        attention="de administratie",
        street="Kaasmarkt 3",
        postcode="2345 CD",
        city="Boterdam",
        language=language,
        vat_number="BE0123456749" if treatment is VatTreatment.INTRA_EU else "NL009876543B46",
        country=_COUNTRIES.get(treatment, "NL"),
        kvk="87654321",
        vat_treatment=treatment,
    )
    return Invoice(
        "2026-0001",
        date(2026, 3, 31),
        customer,
        customer.number,
        _LINES,
        reference="PO 774",
        period_from=date(2026, 3, 1),
        period_to=date(2026, 3, 31),
        remark="Op 6 april gesloten." if language is Language.NL else "Closed on 6 April.",
    )


def _credit(invoice: Invoice) -> Invoice:
    return Invoice(
        "2026-0003",
        invoice.issued,
        invoice.customer,
        invoice.customer_number,
        invoice.lines,
        kind=Kind.CREDIT_NOTE,
        corrects="2026-0001",
    )


def _bare() -> Invoice:
    line = Line("Volkoren heel", Decimal(1), Decimal("2.15"), Decimal(9))
    return Invoice("2026-0002", date(2026, 3, 31), None, "", lines=(line,))


def _fields(invoice: Invoice, settings: Settings) -> Fields:
    return invoice_fields(invoice, totals(invoice, small_business=settings.company.small_business), settings)
