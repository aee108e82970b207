"""A made-up bakery of any size, for all measurements: a workbook with invoices, and invoices without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from factuurbode.domain.model import Company, Customer, Invoice, Language, Line
from factuurbode.domain.settings import Settings
from factuurbode.workbook.create import Contents, Value, write_workbook
from factuurbode.workbook.demo import LOGO_NAME, save_logo

FEWEST_LINES, MOST_LINES = 5, 40
CUSTOMERS = 40
COMPANY = Company(
    name="Bakkerij De Proef",
    street="Proefstraat 1",
    postcode="1234 AB",
    city="Meelstad",
    vat_number="NL001234567B29",
    kvk="12345678",
    iban="NL91ABNA0417164300",
)
SETTINGS = Settings(company=COMPANY)
Row = dict[str, Value]


def workplace() -> Path:
    """A folder for what a measurement makes: on a real disk, where writing through takes its time."""
    folder = Path(__file__).parent.parent / "build"
    folder.mkdir(exist_ok=True)
    return folder


def some_invoices(count: int, lines: int | None = None) -> list[Invoice]:
    """*count* invoices, always the same: of *lines* lines each, or of 5 to 40."""
    return [_invoice(index, lines or _varied(index)) for index in range(count)]


def a_book(folder: Path, count: int, lines: int | None = None) -> Path:
    """A workbook in *folder* with the same *count* invoices, to go by e-mail, and a logo."""
    invoices = some_invoices(count, lines)
    rows = {"customers": [_customer_row(index) for index in range(CUSTOMERS)], "invoices": [], "lines": []}
    for invoice in invoices:
        rows["invoices"].append({"number": invoice.number, "date": invoice.issued, "customer": invoice.customer_number})
        rows["lines"].extend(_line_rows(invoice))
    settings: Row = {
        **{f"company.{field}": getattr(COMPANY, field) for field in _COMPANY_FIELDS},
        "company.logo": LOGO_NAME,
        "mail.server": "127.0.0.1",
        "mail.security": "none",
        "mail.sign_in": "none",
        "mail.sender": "facturen@bakkerij.test",
    }
    save_logo(folder / LOGO_NAME)
    book = folder / "bakkerij.xlsx"
    write_workbook(book, Language.NL, Contents(rows, settings, {}), workbook_id="benchmark")
    return book


_COMPANY_FIELDS = ("name", "street", "postcode", "city", "vat_number", "kvk", "iban")


def _varied(index: int) -> int:
    return FEWEST_LINES + index * 7 % (MOST_LINES - FEWEST_LINES + 1)


def _customer(index: int) -> Customer:
    return Customer(
        number=f"{index % CUSTOMERS:04}",
        name=f"Lunchroom Voorbeeld {index % CUSTOMERS}",
        street=f"Testplein {index % CUSTOMERS + 1}",
        postcode="2345 CD",
        city="Boterdam",
        email=f"facturen{index % CUSTOMERS}@voorbeeld.example.com",
        agreed_on=date(2025, 11, 3),
    )


def _invoice(index: int, lines: int) -> Invoice:
    customer = _customer(index)
    return Invoice(
        number=f"2026-{index + 1:05}",
        issued=date(2026, 3, 31),
        customer=customer,
        customer_number=customer.number,
        lines=tuple(
            Line(
                description=f"Brood van soort {(index + line) % 120}",
                quantity=Decimal(1 + line % 9),
                price=Decimal("1.15") + line % 7,
                vat_rate=Decimal(9),
                article=str(1000 + line),
                unit="st",
                delivered=date(2026, 3, 1) + timedelta(days=line % 28),
            )
            for line in range(lines)
        ),
    )


def _customer_row(index: int) -> Row:
    customer = _customer(index)
    fields = ("number", "name", "street", "postcode", "city", "email", "agreed_on")
    return {**{field: getattr(customer, field) for field in fields}, "e_invoice": "mail"}


def _line_rows(invoice: Invoice) -> Iterator[Row]:
    fields = ("delivered", "article", "description", "quantity", "unit", "price", "vat_rate")
    for line in invoice.lines:
        yield {"invoice": invoice.number, **{field: getattr(line, field) for field in fields}}
