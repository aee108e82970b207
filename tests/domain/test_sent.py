"""Sent is sent: what went out counts, whatever the workbook says today, and a changed cell is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from factuurbode.domain.model import EInvoice, Invoice, Kind, Language, Origin, Place
from factuurbode.domain.sent import Sent, as_sent, changed_cells, seller_as_sent, sent_of
from support.documents import a_company, a_content, a_customer, an_invoice, some_lines

ROW = {
    "number": "A",
    "date": "B",
    "customer": "C",
    "kind": "D",
    "corrects": "E",
    "reference": "F",
    "period_from": "G",
    "period_to": "H",
    "remark": "I",
}
LINE = {
    "invoice": "A",
    "delivered": "B",
    "article": "C",
    "description": "D",
    "quantity": "E",
    "unit": "F",
    "price": "G",
    "discount": "H",
    "vat_rate": "I",
}


def read(**changes: Any) -> Invoice:
    """An invoice with three lines as it is read from a workbook today."""
    invoice = an_invoice(**changes)
    lines = tuple(
        replace(line, origin=Origin("Factuurregels", 5 + row, LINE)) for row, line in enumerate(invoice.lines)
    )
    return replace(invoice, lines=lines, origin=Origin("Facturen", 4, ROW))


def sent(**changes: Any) -> Sent:
    found = sent_of(a_content(an_invoice(**changes)).text)
    assert found is not None
    return found


def test_nothing_changed_is_no_change() -> None:
    assert not list(changed_cells(read(), sent()))


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"number": "2026-0002"}, "A4"),
        ({"issued": date(2026, 4, 1)}, "B4"),
        ({"customer_number": "0099"}, "C4"),
        ({"kind": Kind.CREDIT_NOTE}, "D4"),
        ({"corrects": "2025-1"}, "E4"),
        ({"reference": ""}, "F4"),
        ({"period_from": None}, "G4"),
        ({"period_to": date(2026, 3, 30)}, "H4"),
        ({"remark": "toch"}, "I4"),
    ],
)
def test_a_changed_cell_of_the_row_is_named(changes: dict[str, Any], cell: str) -> None:
    assert list(changed_cells(read(**changes), sent())) == [Place("Facturen", cell)]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"delivered": date(2026, 3, 9)}, "B"),
        ({"article": "9"}, "C"),
        ({"description": "iets anders"}, "D"),
        ({"quantity": Decimal(99)}, "E"),
        ({"unit": "kilo"}, "F"),
        ({"price": Decimal(9)}, "G"),
        ({"discount": Decimal(5)}, "H"),
        ({"vat_rate": Decimal(21)}, "I"),
    ],
)
def test_a_changed_cell_of_a_line_is_named(change: dict[str, Any], column: str) -> None:
    first, second, third = some_lines(3)
    today = read(lines=(first, replace(second, **change), third))
    assert list(changed_cells(today, sent())) == [Place("Factuurregels", f"{column}6")]


@pytest.mark.parametrize("field", ["description", "unit", "price", "discount", "vat_rate"])
def test_an_empty_cell_of_a_line_says_what_went_out(field: str) -> None:
    today: dict[str, Any] = {
        "description": "hernoemd",
        "unit": "kilo",
        "price": Decimal(9),
        "discount": Decimal(5),
        "vat_rate": Decimal(21),
    }
    first, *others = some_lines(3)
    borrowing = replace(first, **{field: today[field]}, borrowed=frozenset({field}))
    assert not list(changed_cells(read(lines=(borrowing, *others)), sent()))


def test_a_line_more_or_less_is_a_change() -> None:
    assert list(changed_cells(read(lines=4), sent())) == [Place("Factuurregels", "A8")]
    assert list(changed_cells(read(lines=2), sent())) == [Place("Facturen", "A4")]


def test_a_number_in_other_letters_is_the_same_number() -> None:
    assert not list(changed_cells(read(number="f-001 "), sent(number="F-001")))


def test_the_buyer_of_that_day_counts_reached_as_today() -> None:
    moved = a_customer(
        name="Verhuisd B.V.", street="Elders 1", language=Language.FR, payment_days=60, email="nieuw@x.example"
    )
    today = read(customer=replace(moved, e_invoice=EInvoice.PAPER_AND_MAIL, origin=Origin("Klanten", 9)))

    counts = as_sent(today, sent()).customer

    assert counts is not None
    assert (counts.name, counts.street, counts.language, counts.payment_days) == (
        a_customer().name,
        a_customer().street,
        Language.NL,
        14,
    )
    assert (counts.email, counts.e_invoice, counts.origin.row) == ("nieuw@x.example", EInvoice.PAPER_AND_MAIL, 9)


def test_its_lines_stand_where_they_stand_today() -> None:
    first, *others = some_lines(3)
    today = read(lines=(replace(first, price=Decimal(9)), *others))
    counts = as_sent(today, sent())
    assert counts.lines[0].price == first.price
    assert [line.origin.row for line in counts.lines] == [5, 6, 7]


def test_lines_that_are_gone_still_count() -> None:
    assert len(as_sent(read(lines=1), sent()).lines) == 3


def test_a_customer_who_is_gone_still_counts() -> None:
    counts = as_sent(read(customer=None), sent()).customer
    assert counts is not None
    assert counts.name == a_customer().name


def test_the_seller_of_that_day_is_reached_as_today() -> None:
    seller = seller_as_sent(a_company(iban="NL20INGB0001234567", telephone="06-1", small_business=True), sent())
    assert (seller.iban, seller.small_business, seller.telephone) == (a_company().iban, False, "06-1")
