"""Small real workbooks for tests, made by the product's own code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from factuurbode.domain.model import Language
from factuurbode.workbook.create import Contents, Value, write_workbook

Row = Mapping[str, Value]

SETTINGS: Row = {
    "company.name": "Bakkerij Proef",
    "company.street": "Ovenstraat 1",
    "company.postcode": "1234 AB",
    "company.city": "Meelstad",
    "company.vat_number": "NL001234567B29",
    "company.kvk": "01234567",
    "company.iban": "NL91ABNA0417164300",
    "company.email": "post@bakkerij.test",
    "printing.printer": "PDF",
    "mail.server": "127.0.0.1",
    "mail.port": 2525,
    "mail.security": "none",
    "mail.sign_in": "none",
    "mail.sender": "facturen@bakkerij.test",
}
"""A company that may send: complete, with a mail server on this computer that asks for nothing."""

CUSTOMER: Row = {
    "number": "0001",
    "name": "Café De Proef",
    "street": "Kade 2",
    "postcode": "1234 CD",
    "city": "Meelstad",
    "e_invoice": "mail",
    "email": "boekhouding@cafe-proef.example",
    "agreed_on": date(2026, 1, 5),
}
INVOICE: Row = {"number": "2026-0001", "date": date(2026, 10, 5), "customer": "0001"}
LINE: Row = {
    "invoice": "2026-0001",
    "delivered": date(2026, 10, 2),
    "description": "Volkorenbrood",
    "quantity": 10,
    "unit": "stuk",
    "price": Decimal("2.50"),
    "vat_rate": 9,
}


def small_book(
    path: Path,
    *,
    language: Language = Language.NL,
    customers: Sequence[Row] = (CUSTOMER,),
    invoices: Sequence[Row] = (INVOICE,),
    lines: Sequence[Row] = (LINE,),
    products: Sequence[Row] = (),
    settings: Row | None = None,
    workbook_id: str = "test-book",
    spare: int = 3,
) -> Path:
    """A workbook at *path* (returned) with these rows, each by column key; a choice by its value in code.

    Rows replace the ready-made ones: `{**CUSTOMER, "email": ""}` changes one. *settings* are added to `SETTINGS`.
    """
    rows = {"customers": customers, "invoices": invoices, "lines": lines, "products": products}
    contents = Contents(rows, {**SETTINGS, **(settings or {})}, dict.fromkeys(rows, spare))
    write_workbook(path, language, contents, workbook_id=workbook_id)
    return path
