"""Letters that nothing can print are told at the cell where they were typed, wherever an invoice may show it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from factuurbode.domain.ledger import Identity, Ledger
from factuurbode.domain.letters import letter_problems, with_code
from factuurbode.domain.model import Company, Invoice, Language, Origin, Place
from factuurbode.domain.settings import Settings
from support.documents import a_company, a_customer, an_invoice, some_lines

ODD: Any = "Café 🥐"
OF_COMPANY = (
    *("name", "street", "postcode", "city", "vat_number", "kvk", "iban", "bic", "account_name", "telephone"),
    *("email", "website"),
)
OF_CUSTOMER = (*("number", "name", "attention", "street", "postcode", "city", "vat_number", "kvk", "reference"),)
ROW = {key: key for key in (*OF_CUSTOMER, "corrects", "remark", "article", "description", "unit")}
"""Columns that are named after what is in them."""


def told(invoice: Invoice, company: Company | None = None) -> list[tuple[str, str]]:
    """The place and the letters of each problem."""
    places = {f"company.{key}": Place("Instellingen", key) for key in OF_COMPANY}
    settings = Settings(company=company or a_company())
    ledger = Ledger(Identity("b"), Language.NL, settings, {}, (invoice,), settings_places=places)
    found = letter_problems(ledger, invoice, lambda text: "".join(one for one in text if one == "🥐"))
    return [(str(one.place), str(one.value)) for one in found]


def placed(**changes: Any) -> Invoice:
    customer = replace(a_customer(**changes.pop("customer", {})), origin=Origin("Klanten", 7, ROW))
    lines = tuple(replace(line, origin=Origin("Regels", 5, ROW)) for line in changes.pop("lines", some_lines(1)))
    return an_invoice(customer=customer, lines=lines, origin=Origin("Facturen", 4, ROW), **changes)


@pytest.mark.parametrize("key", OF_COMPANY)
def test_of_the_bakery(key: str) -> None:
    assert told(placed(), a_company(**{key: ODD})) == [(f"Instellingen!{key}", "🥐 (U+1F950)")]


@pytest.mark.parametrize("key", OF_CUSTOMER)
def test_of_the_customer(key: str) -> None:
    assert told(placed(customer={key: ODD})) == [(f"Klanten!{key}7", "🥐 (U+1F950)")]


@pytest.mark.parametrize("key", ["number", "corrects", "reference", "remark"])
def test_of_the_invoice(key: str) -> None:
    assert (f"Facturen!{key}4", "🥐 (U+1F950)") in told(replace(placed(), **{key: ODD}))


@pytest.mark.parametrize("key", ["article", "description", "unit"])
def test_of_a_line(key: str) -> None:
    (line,) = some_lines(1)
    assert told(placed(lines=(replace(line, **{key: ODD}),))) == [(f"Regels!{key}5", "🥐 (U+1F950)")]


def test_an_ordinary_invoice_has_none_of_them() -> None:
    assert told(placed()) == []
    assert told(an_invoice(customer=None)) == []


def test_a_letter_is_named_with_its_number() -> None:
    assert with_code("A") == "A (U+0041)"
