"""The content of an invoice: one canonical form of all that the law and the customer see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.content import Content, content_of, rows_hash
from factuurbode.domain.model import NOWHERE, Customer, Invoice, Kind, Language, Line, VatTreatment
from factuurbode.domain.sent import Sent, sent_of
from factuurbode.domain.totals import totals
from support.documents import a_company, a_content, a_customer, an_invoice, some_lines

DAYS = st.dates(date(2012, 1, 1), date(2099, 1, 1))
AMOUNTS = st.decimals(-(10**6), 10**6, places=4, allow_nan=False)
LINES = st.builds(
    Line,
    description=st.text(),
    quantity=AMOUNTS,
    price=AMOUNTS,
    vat_rate=st.sampled_from([Decimal(0), Decimal(9), Decimal("21.0")]),
    discount=st.decimals(0, 100, places=2),
    article=st.text(),
    unit=st.text(),
    delivered=st.none() | DAYS,
    origin=st.just(NOWHERE),
    borrowed=st.just(frozenset[str]()),
)
CUSTOMERS = st.builds(
    Customer,
    number=st.text(),
    name=st.text(),
    street=st.text(),
    language=st.sampled_from(Language),
    vat_treatment=st.sampled_from(VatTreatment),
    payment_days=st.integers(0, 90),
)
INVOICES = st.builds(
    Invoice,
    number=st.text(),
    issued=st.none() | DAYS,
    customer=st.none() | CUSTOMERS,
    customer_number=st.text(),
    lines=st.lists(LINES, max_size=4).map(tuple),
    kind=st.sampled_from(Kind),
    corrects=st.text(),
    reference=st.text(),
    period_from=st.none() | DAYS,
    period_to=st.none() | DAYS,
    remark=st.text(),
)


@given(INVOICES, st.booleans())
def test_what_is_kept_is_read_back_and_says_the_same_again(invoice: Invoice, small_business: bool) -> None:
    seller = a_company(small_business=small_business)
    amounts = totals(invoice, small_business=small_business)
    kept = content_of(invoice, seller, amounts)

    sent = sent_of(kept.text)

    assert sent is not None
    assert sent.amounts == amounts
    assert (sent.invoice.due, sent.invoice.lines) == (invoice.due, invoice.lines)
    assert content_of(sent.invoice, sent.seller, sent.amounts) == kept


BUYER = {
    "number": "0099",
    "name": "Een ander",
    "attention": "de kok",
    "street": "Elders 1",
    "postcode": "9999 ZZ",
    "city": "Elders",
    "country": "BE",
    "language": Language.FR,
    "vat_number": "NL9",
    "kvk": "87654321",
    "vat_treatment": VatTreatment.EXEMPT,
    "payment_days": 30,
    "reference": "vast",
}
LINE = {
    "delivered": date(2026, 3, 9),
    "article": "9",
    "description": "iets anders",
    "quantity": Decimal("2.001"),
    "unit": "kilo",
    "price": Decimal("2.1501"),
    "discount": Decimal(1),
    "vat_rate": Decimal(21),
}
ROW = {
    "number": "2026-0002",
    "issued": date(2026, 4, 1),
    "customer_number": "0099",
    "kind": Kind.CREDIT_NOTE,
    "corrects": "2026-0000",
    "reference": "anders",
    "period_from": date(2026, 3, 2),
    "period_to": date(2026, 3, 30),
    "remark": "toch",
}
SELLER = {
    "name": "Een andere bakker",
    "street": "Elders 2",
    "postcode": "8888 ZZ",
    "city": "Ginds",
    "country": "BE",
    "vat_number": "NL8",
    "kvk": "1",
    "iban": "NL20INGB0001234567",
    "bic": "INGBNL2A",
    "account_name": "een ander",
    "small_business": True,
}


def changed(**facts: Any) -> Content:
    return a_content(replace(an_invoice(), **facts))


@pytest.mark.parametrize("fact", ROW.items(), ids=ROW)
def test_every_fact_of_the_row_counts(fact: tuple[str, Any]) -> None:
    assert changed(**dict([fact])) != a_content()


@pytest.mark.parametrize("fact", BUYER.items(), ids=BUYER)
def test_every_fact_of_the_buyer_counts(fact: tuple[str, Any]) -> None:
    assert changed(customer=a_customer(**dict([fact]))) != a_content()


@pytest.mark.parametrize("fact", LINE.items(), ids=LINE)
def test_every_fact_of_a_line_counts(fact: tuple[str, Any]) -> None:
    first, *others = some_lines(3)
    assert changed(lines=(replace(first, **dict([fact])), *others)) != a_content()


@pytest.mark.parametrize("fact", SELLER.items(), ids=SELLER)
def test_every_fact_of_the_seller_counts(fact: tuple[str, Any]) -> None:
    assert a_content(**dict([fact])) != a_content()


def test_the_amounts_count_by_themselves() -> None:
    amounts = totals(an_invoice())
    other = replace(amounts, total=amounts.total + Decimal("0.01"))
    assert content_of(an_invoice(), a_company(), other) != content_of(an_invoice(), a_company(), amounts)


def test_how_a_customer_is_reached_does_not_count() -> None:
    assert changed(customer=a_customer(email="ander@adres.example", route=Decimal(3), copy_to="x@y.example")) == (
        a_content()
    )


def test_the_same_number_written_otherwise_is_the_same_content() -> None:
    written: Mapping[str, Any] = {"price": Decimal("2.150"), "quantity": Decimal("2.0"), "vat_rate": Decimal("9.00")}
    first, *others = some_lines(3)
    assert changed(lines=(replace(first, **written), *others)) == a_content()


def test_the_rows_alone_do_not_know_the_customer() -> None:
    moved = an_invoice(customer=a_customer(street="Nieuwe straat 1"))
    assert rows_hash(moved) == rows_hash(an_invoice())
    assert rows_hash(an_invoice(remark="toch")) != rows_hash(an_invoice())


def test_a_content_of_another_form_is_not_read() -> None:
    assert sent_of('{"form": 1}') is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form":2}', "geen json"])
def test_a_damaged_content_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="no content of an invoice"):
        sent_of(text)


def test_a_sent_invoice_has_the_seller_of_its_day() -> None:
    sent = sent_of(a_content(an_invoice(), iban="NL20INGB0001234567").text)
    assert isinstance(sent, Sent)
    assert (sent.seller.iban, sent.seller.telephone) == ("NL20INGB0001234567", "")
