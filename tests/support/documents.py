"""A made-up bakery with its customers and invoices, for the tests of every room."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from factuurbode.domain.content import Content, content_of
from factuurbode.domain.model import Company, Customer, Invoice, Language, Line
from factuurbode.domain.settings import General, Settings, WindowSide
from factuurbode.domain.totals import totals
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.template import InvoiceTemplate

GOODS: Sequence[tuple[str, str, str, str, str, str]] = (
    ("1001", "Volkoren heel gesneden", "st", "2.15", "9", "0"),
    ("1004", "Wit tijger half", "st", "1.35", "9", "0"),
    ("2010", "Krentenbollen per zes", "zak", "3.95", "9", "0"),
    ("2044", "Roomboteramandelstaaf", "st", "8.50", "9", "10"),
    ("3002", "Saucijzenbroodjes", "doos", "21.60", "9", "0"),
    ("9001", "Huur koffiemachine", "maand", "45.00", "21", "0"),
    ("1020", "Deeg per kilo", "kg", "3.1275", "9", "0"),
)


def a_company(**changes: Any) -> Company:
    """The bakery itself."""
    company = Company(
        name="Bakkerij De Gouden Korenaar",
        street="Molenstraat 12",
        postcode="1234 AB",
        city="Meelstad",
        vat_number="NL001234567B29",
        kvk="12345678",
        iban="NL91ABNA0417164300",
        bic="ABNANL2A",
        account_name="Bakkerij De Gouden Korenaar B.V.",
        telephone="012-345 67 89",
        email="administratie@korenaar.example.com",
        website="www.korenaar.example.com",
    )
    return replace(company, **changes)


def a_bakery(*, window: WindowSide = WindowSide.LEFT, template: Path | None = None, **company: Any) -> Settings:
    """The settings of a bakery that sends invoices; *company* changes its company data."""
    return Settings(general=General(window=window, template=template), company=a_company(**company))


def a_customer(**changes: Any) -> Customer:
    """A café that buys bread."""
    customer = Customer(
        number="0012",
        name="Lunchcafé Het Ontbijt",
        attention="de administratie",
        street="Kaasmarkt 3",
        postcode="2345 CD",
        city="Boterdam",
        email="facturen@ontbijt.example.com",
        agreed_on=date(2025, 11, 3),
    )
    return replace(customer, **changes)


def some_lines(count: int, **changes: Any) -> tuple[Line, ...]:
    """*count* deliveries of March 2026, of the bakery's goods in turn."""
    return tuple(
        replace(
            Line(
                description=GOODS[index % len(GOODS)][1],
                quantity=Decimal(2 + index * 3 % 17),
                price=Decimal(GOODS[index % len(GOODS)][3]),
                vat_rate=Decimal(GOODS[index % len(GOODS)][4]),
                discount=Decimal(GOODS[index % len(GOODS)][5]),
                article=GOODS[index % len(GOODS)][0],
                unit=GOODS[index % len(GOODS)][2],
                delivered=date(2026, 3, 2) + timedelta(days=index // 3 % 28),
            ),
            **changes,
        )
        for index in range(count)
    )


def an_invoice(number: str = "2026-0001", *, lines: int | Sequence[Line] = 3, **changes: Any) -> Invoice:
    """An invoice of 31 March 2026 with *lines* lines, or those given."""
    customer = changes.pop("customer", a_customer())
    invoice = Invoice(
        number=number,
        issued=date(2026, 3, 31),
        customer=customer,
        customer_number=customer.number if customer else "",
        lines=some_lines(lines) if isinstance(lines, int) else tuple(lines),
        reference="Inkoop 774",
        period_from=date(2026, 3, 1),
        period_to=date(2026, 3, 31),
    )
    return replace(invoice, **changes)


def a_content(invoice: Invoice | None = None, **company: Any) -> Content:
    """What *invoice* says, or an ordinary one, of the bakery or of one with another *company*."""
    invoice, seller = invoice or an_invoice(), a_company(**company)
    return content_of(invoice, seller, totals(invoice, small_business=seller.small_business))


def a_logo(path: Path, size: tuple[int, int] = (1200, 400)) -> Path:
    """A picture file with a made-up logo, at *path*."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.ellipse((0, 0, height - 1, height - 1), fill="#9a5b13")
    draw.ellipse((height * 0.25, height * 0.25, height * 0.75, height * 0.75), fill="#f6e3c5")
    draw.rectangle((width * 0.4, height * 0.42, width - 1, height * 0.58), fill="#9a5b13")
    image.save(path)
    return path


def docx_of(invoice: Invoice, settings: Settings | None = None) -> bytes:
    """*invoice* as a Word document, made by the template of its customer's language."""
    settings = settings or a_bakery()
    language = invoice.customer.language if invoice.customer else Language.NL
    template = InvoiceTemplate(template_for(language, settings), logo=settings.company.logo)
    amounts = totals(invoice, small_business=settings.company.small_business)
    return template.render(invoice_fields(invoice, amounts, settings))


def an_invoice_docx(number: str = "2026-0001", lines: int = 3) -> bytes:
    """A Word document of an ordinary invoice."""
    return docx_of(an_invoice(number, lines=lines))


def with_members(docx: bytes, members: dict[str, bytes]) -> bytes:
    """*docx* with some members of its zip replaced or added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename not in members:
                target.writestr(info, source.read(info))
        for name, content in members.items():
            target.writestr(name, content)
    return result.getvalue()
