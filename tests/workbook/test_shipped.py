"""The workbooks in the repository are what their command makes, and the demo shows what it should."""

from __future__ import annotations

import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from factuurbode.assets import asset
from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import EInvoice, Kind, Language
from factuurbode.identifiers import iban_is_valid
from factuurbode.workbook.demo import LOGO_NAME
from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.shipped import DEMO, EMPTY, make_shipped


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    make_shipped(folder)
    return folder


@pytest.fixture(scope="module")
def demo() -> Ledger:
    return read_ledger(asset("workbooks", DEMO))


def parts(book: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(book) as package:
        return [(name, package.read(name)) for name in package.namelist()]


@pytest.mark.parametrize("name", [EMPTY, DEMO])
def test_a_shipped_workbook_is_what_its_command_makes(name: str, fresh: Path) -> None:
    assert parts(asset("workbooks", name)) == parts(fresh / name)


def test_the_shipped_logo_is_what_its_command_draws(fresh: Path) -> None:
    with Image.open(asset("workbooks", LOGO_NAME)) as shipped, Image.open(fresh / LOGO_NAME) as drawn:
        assert ImageChops.difference(shipped.convert("RGBA"), drawn.convert("RGBA")).getbbox() is None


def test_the_demo_is_a_month_of_a_whole_bakery(demo: Ledger) -> None:
    assert len(demo.customers) == 40
    assert len(demo.invoices) == 120
    assert 900 <= sum(len(invoice.lines) for invoice in demo.invoices) <= 1100
    ways = Counter(invoice.customer.e_invoice for invoice in demo.invoices if invoice.customer)
    assert set(ways) == set(EInvoice)
    assert min(ways.values()) >= 10
    rates = Counter(line.vat_rate for invoice in demo.invoices for line in invoice.lines)
    assert rates[Decimal(9)] > rates[Decimal(21)] > 20
    assert {customer.language for customer in demo.customers.values()} == set(Language)
    assert sum(invoice.kind is Kind.CREDIT_NOTE for invoice in demo.invoices) == 4
    assert sum(invoice.hold for invoice in demo.invoices) == 2
    assert any(line.discount for invoice in demo.invoices for line in invoice.lines)
    assert iban_is_valid(demo.settings.company.iban)


def test_the_demo_names_only_domains_for_examples(demo: Ledger) -> None:
    addresses = [customer.email for customer in demo.customers.values() if customer.email]
    addresses += [customer.copy_to for customer in demo.customers.values() if customer.copy_to]
    addresses += [demo.settings.mail.sender, demo.settings.mail.reply_to, demo.settings.company.email]
    for address in "; ".join(addresses).split("; "):
        assert address.endswith((".example", ".test")), address


def test_the_demo_has_faults_on_purpose(demo: Ledger) -> None:
    customers = demo.customers.values()
    assert [problem.code for problem in demo.problems] == ["number_unreadable"]
    assert sum(invoice.customer is None for invoice in demo.invoices) == 1
    assert sum(customer.e_invoice is not EInvoice.PAPER and not customer.email for customer in customers) == 1
    assert sum(not customer.street for customer in customers) == 1
    assert sum(customer.street.startswith("Postbus") for customer in customers) == 1
    assert sum(customer.e_invoice is not EInvoice.PAPER and customer.agreed_on is None for customer in customers) == 1
    assert sum(line.vat_rate == 19 for invoice in demo.invoices for line in invoice.lines) == 1
    assert sum(invoice.kind is Kind.CREDIT_NOTE and not invoice.corrects for invoice in demo.invoices) == 1
