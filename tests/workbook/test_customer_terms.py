"""What a customer has agreed to once, for every invoice that is typed: a usual discount, and somebody else who pays."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from factuurbode.domain.model import Place
from factuurbode.workbook.reader import read_ledger
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book

OFFICE = {**CUSTOMER, "number": "0002", "name": "Hoofdkantoor", "discount": 50}


def test_a_line_without_a_discount_gets_the_customers(tmp_path: Path) -> None:
    lines = [LINE, {**LINE, "discount": 0}, {**LINE, "discount": 5}]
    (invoice,) = read_ledger(
        small_book(tmp_path / "boek.xlsx", customers=[{**CUSTOMER, "discount": 10}], lines=lines)
    ).invoices
    assert [line.discount for line in invoice.lines] == [Decimal(10), Decimal(0), Decimal(5)]


def test_the_invoice_goes_to_who_pays_with_the_discount_of_who_ordered(tmp_path: Path) -> None:
    orders = {**CUSTOMER, "discount": 10, "bill_to": "0002"}
    (invoice,) = read_ledger(small_book(tmp_path / "boek.xlsx", customers=[orders, OFFICE])).invoices
    assert invoice.customer is not None
    assert (invoice.customer_number, invoice.customer.number, invoice.customer.name) == ("0001", "0002", "Hoofdkantoor")
    assert invoice.lines[0].discount == Decimal(10)


def test_a_payer_who_is_not_there_is_told_of_every_invoice_at_the_customers_cell(tmp_path: Path) -> None:
    invoices = [INVOICE, {**INVOICE, "number": "2026-0002"}]
    ledger = read_ledger(
        small_book(tmp_path / "boek.xlsx", customers=[{**CUSTOMER, "bill_to": "0077"}], invoices=invoices)
    )
    found = [(problem.invoice, problem.place) for problem in ledger.problems if problem.code == "bill_to_unknown"]
    place = ledger.customers["0001"].origin.at("bill_to")
    assert place == Place("Klanten", "T3")
    assert found == [("2026-0001", place), ("2026-0002", place)]


def test_what_is_unclear_of_who_pays_is_told_of_the_invoice(tmp_path: Path) -> None:
    payer = {**OFFICE, "payment_days": "ooit"}
    ledger = read_ledger(small_book(tmp_path / "boek.xlsx", customers=[{**CUSTOMER, "bill_to": "0002"}, payer]))
    assert {problem.invoice for problem in ledger.problems} == {"2026-0001"}
