"""Sent is sent: whatever changes in the workbook afterwards, an invoice that went out stays as the customer has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from factuurbode import bootstrap
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.additions import Additions, NewRows, Rows
from factuurbode.domain.model import Channel, Place
from factuurbode.domain.states import State
from factuurbode.ports import Converter
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.reader import read_ledger
from support.bakery import Bakery
from support.mailserver import MailServer
from support.pdf import text_of
from support.workbooks import CUSTOMER, INVOICE, LINE, Row

PRODUCTS: Sequence[Row] = (
    {"article": "101", "description": "Volkorenbrood", "unit": "stuk", "price": Decimal("2.50"), "vat_rate": 9},
    {"article": "102", "description": "Appeltaart", "unit": "stuk", "price": Decimal("12.95"), "vat_rate": 9},
)
BORROWING: Row = {"invoice": "2026-0001", "delivered": date(2026, 10, 2), "article": "101", "quantity": 10}
"""A line as a baker types it: the rest is the product's."""


class _Kept:
    """One LibreOffice for all commands of a test, which they may not close."""

    def __init__(self, office: LibreOffice) -> None:
        self.convert = office.convert

    def close(self) -> None:
        """It goes on."""


@pytest.fixture(scope="module")
def converter() -> Iterator[Converter]:
    with LibreOffice() as office:
        yield _Kept(office)


@pytest.fixture
def real(bakery: Bakery, converter: Converter, monkeypatch: pytest.MonkeyPatch) -> Bakery:
    """The bakery, with real PDFs, and with products."""
    monkeypatch.setattr(bootstrap, "chosen_converter", lambda: converter)
    bakery.opens(products=PRODUCTS, lines=[BORROWING])
    return bakery


def sets(bakery: Bakery, sheet: str, key: str, **cells: Any) -> None:
    """The baker types *cells*, by column key, into the row of *sheet* that *key* names."""
    ledger = read_ledger(bakery.book)
    things: Mapping[str, Any] = ledger.customers if sheet == "Klanten" else ledger.products
    at = things[key].origin.at
    ClosedBook(bakery.book).fill({at(column): value for column, value in cells.items()})


def cell(bakery: Bakery, place: Place, book: Path | None = None) -> Any:
    rows = CalamineWorkbook.from_path(str(book or bakery.book)).get_sheet_by_name(place.sheet).to_python()
    letters = place.cell.rstrip("0123456789")
    return rows[int(place.cell[len(letters) :]) - 1][ord(letters) - ord("A")]


def letter_of(received: MailServer, index: int = -1) -> tuple[str, str]:
    """The text of a mail and of the PDF in it."""
    message = received.messages()[index].message
    body = message.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    (pdf,) = message.iter_attachments()
    return str(body.get_content()).replace("\xa0", " "), text_of(pdf.get_content())


def internal_copy(bakery: Bakery, number: str) -> str:
    told = bakery.types("internal-copies", "--invoices", number, "--screen")
    assert told.code == 0, told.words
    copies = sorted((bakery.book.parent / "facturen" / "intern").glob("*.pdf"), key=lambda path: path.stat().st_mtime)
    return text_of(copies[-1].read_bytes())


@pytest.mark.libreoffice
def test_a_higher_price_changes_nothing_of_what_was_sent(real: Bakery) -> None:
    assert real.sends().code == 0
    sets(real, "Artikelen", "101", price="2,60", description="Ander brood")

    checked = real.types("check")
    assert checked.code == 0
    assert "gewijzigd" not in checked.words
    assert "27,25" in internal_copy(real, "2026-0001")
    assert real.types("customer-copies", "--invoices", "2026-0001", "--resend", "--reason", "kwijt").code == 0
    mail, pdf = letter_of(real.server)
    assert "27,25" in mail
    assert "27,25" in pdf
    assert "Volkorenbrood" in pdf


@pytest.mark.libreoffice
def test_a_resend_says_what_the_pdf_says_and_goes_where_the_customer_is_now(real: Bakery) -> None:
    real.sends()
    first, _ = letter_of(real.server)
    sets(real, "Klanten", "0001", language="Engels", payment_days=60, name="Nu anders", email="nieuw@cafe.example")

    told = real.types("customer-copies", "--invoices", "2026-0001", "--resend", "--reason", "kwijt")

    again, _ = letter_of(real.server)
    assert told.code == 0, told.words
    assert again == first
    assert real.server.messages()[-1].message["To"].addresses[0].addr_spec == "nieuw@cafe.example"


@pytest.mark.libreoffice
def test_the_lines_of_a_sent_invoice_have_what_they_borrowed_in_their_own_cells(real: Bakery) -> None:
    real.sends()
    (line,) = read_ledger(real.book).invoices[0].lines
    own = {
        key: cell(real, line.origin.at(key)) for key in ("description", "unit", "price", "discount", "vat_rate", "net")
    }
    assert own == {
        "description": "Volkorenbrood",
        "unit": "stuk",
        "price": 2.5,
        "discount": 0.0,
        "vat_rate": 9.0,
        "net": 25.0,
    }
    assert not line.borrowed


def test_what_was_refused_for_good_has_its_prices_too_and_is_still_calculated(bakery: Bakery) -> None:
    bakery.opens(products=PRODUCTS, lines=[BORROWING])
    bakery.server.fault("rcpt", "550 5.1.1 unknown", match="boekhouding@")
    bakery.sends()
    sets(bakery, "Artikelen", "101", price="2,60")
    (invoice,) = read_ledger(bakery.book).invoices
    assert bakery.shown == {"2026-0001": {Channel.MAIL: State.FAILED}}
    assert invoice.lines[0].price == Decimal("2.50")
    assert b"<f>" in _sheet(bakery.book, "Factuurregels", row=invoice.lines[0].origin.row)


def _sheet(book: Path, title: str, row: int) -> bytes:
    """The XML of a row."""
    from factuurbode.workbook.source import Source

    found = re.search(rb'<row [^>]*\br="%d".*?</row>' % row, Source(book).xml(title), re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.libreoffice
def test_a_number_in_other_letters_is_not_sent_again(real: Bakery) -> None:
    real.opens(invoices=[{**INVOICE, "number": "f-001"}], lines=[{**LINE, "invoice": "f-001"}])
    real.sends()
    real.opens(invoices=[{**INVOICE, "number": "F-001"}], lines=[{**LINE, "invoice": "F-001"}])
    told = real.sends()
    assert told.code == 0, told.words
    assert real.mails == 1
    assert "f-001" in internal_copy(real, "F-001")
    assert real.types("status").code == 0


def test_a_line_that_is_unclear_is_told_also_where_its_number_has_other_letters(bakery: Bakery) -> None:
    unclear = {**LINE, "invoice": "f-001", "discount": "veel"}
    bakery.opens(invoices=[{**INVOICE, "number": "F-001"}], lines=[unclear])
    told = bakery.sends()
    assert told.code == 2
    assert "veel" in told.words
    assert bakery.mails == 0


# --- a year ---
MONTHS = range(1, 13)


def _types_month(bakery: Bakery, month: int) -> None:
    """Two invoices of a month: what the baker types, and nothing that the products and customers know."""
    issued = date(2026, month, 28)
    numbers = [f"2026-{2 * month + one:04}" for one in (0, 1)]
    invoices = [(number, issued, customer) for number, customer in zip(numbers, ("0001", "0002"), strict=True)]
    lines = [
        (number, issued - timedelta(days=3), article, Decimal(quantity))
        for number in numbers
        for article, quantity in (("101", month + 2), ("102", 3))
    ]
    ClosedBook(bakery.book).add(
        Additions(
            {
                Rows.INVOICES: NewRows(("number", "date", "customer"), invoices),
                Rows.LINES: NewRows(("invoice", "delivered", "article", "quantity"), lines),
            }
        ),
        read_ledger(bakery.book).identity.last_run,
    )


CHANGES: Mapping[int, Sequence[tuple[str, str, Mapping[str, Any]]]] = {
    2: [("Artikelen", "101", {"price": "2,60"})],
    4: [("Klanten", "0001", {"payment_days": 30, "discount": 5})],
    5: [("Artikelen", "102", {"price": "13,45", "description": "Appeltaart, groot"})],
    7: [("Artikelen", "102", {"vat_rate": 21})],
    9: [("Klanten", "0001", {"name": "De Proef, nu elders", "street": "Markt 9", "city": "Kaasstad"})],
    10: [("Klanten", "0002", {"language": "Engels", "discount": None, "bill_to": "0001"})],
    11: [("Artikelen", "101", {"price": "2,70"})],
}
"""What the baker changes after the invoices of a month have gone out."""


@pytest.mark.libreoffice
def test_after_a_year_sheet_pdf_mail_and_copy_agree_to_the_cent(real: Bakery, calc: Callable[[Path], Path]) -> None:
    other = {**CUSTOMER, "number": "0002", "name": "Hotel Zon", "email": "hotel@zon.example", "discount": 10}
    real.opens(products=PRODUCTS, customers=[CUSTOMER, other], invoices=[], lines=[])
    for month in MONTHS:
        _types_month(real, month)
        told = real.sends()
        assert told.code == 0, told.words
        for sheet, key, cells in CHANGES.get(month, ()):
            sets(real, sheet, key, **cells)
    assert real.mails == 2 * len(MONTHS)

    checked = real.types("check")
    assert checked.code == 0
    assert "●" not in checked.words, checked.words
    calculated = calc(real.book)
    invoices = read_ledger(real.book).invoices
    assert len(invoices) == 2 * len(MONTHS)
    for index, invoice in enumerate(invoices):
        mail, pdf = letter_of(real.server, index)
        total = _written(cell(real, invoice.origin.at("total"), calculated))
        due = cell(real, invoice.origin.at("due"), calculated)
        assert invoice.number in pdf
        assert total in pdf.replace(".", ",")
        assert total in mail.replace(".", ",")
        assert f"{due.day} " in mail
        assert str(cell(real, invoice.origin.at("customer_name"), calculated)) in pdf
    sent = letter_of(real.server, 0)[1].split()
    assert set(sent) <= set(internal_copy(real, invoices[0].number).split())


def _written(amount: float) -> str:
    return f"{Decimal(str(amount)).quantize(Decimal('0.01'))}".replace(".", ",")
