"""LibreOffice calculates the formulas of a workbook to the cents that the domain calculates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from factuurbode.domain.model import Language, VatTreatment
from factuurbode.domain.totals import signed_total, totals
from factuurbode.domain.vat import RATES, VatRate
from factuurbode.workbook.choices import KINDS
from factuurbode.workbook.create import write_workbook
from factuurbode.workbook.create.formulas import CREDIT
from factuurbode.workbook.demo import demo_contents
from factuurbode.workbook.reader import read_ledger
from support.workbooks import CUSTOMER, INVOICE, LINE, Row, small_book

Step = Callable[[Path], Path]
pytestmark = pytest.mark.libreoffice


def sheets_of(book: Path) -> dict[str, list[list[object]]]:
    workbook = CalamineWorkbook.from_path(book)
    sheets = {}
    for title in workbook.sheet_names:
        rows = [[_plain(cell) for cell in row] for row in workbook.get_sheet_by_name(title).to_python(False)]
        while rows and not any(rows[-1]):
            rows.pop()
        width = max((len(_trimmed(row)) for row in rows), default=0)
        sheets[title] = [(row + [""] * width)[:width] for row in rows]
    return sheets


def _plain(cell: object) -> object:
    return round(cell, 9) if isinstance(cell, float) else cell


def _trimmed(row: list[object]) -> list[object]:
    while row and row[-1] == "":
        row = row[:-1]
    return row


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_the_demo_carries_the_values_that_calc_calculates(
    language: Language, tmp_path: Path, calc: Step, without_values: Step
) -> None:
    book = tmp_path / "demo.xlsx"
    write_workbook(book, language, demo_contents(), workbook_id="demo")
    assert sheets_of(calc(without_values(book))) == sheets_of(book)


def test_an_empty_workbook_carries_the_values_that_calc_calculates(
    tmp_path: Path, calc: Step, without_values: Step
) -> None:
    book = small_book(tmp_path / "empty.xlsx", customers=(), invoices=(), lines=(), settings={"company.iban": ""})
    assert sheets_of(calc(without_values(book))) == sheets_of(book)


def nasty_lines(chance: Random) -> list[Row]:
    """Amounts that end on half a cent, or would if binary fractions were decimal ones."""
    quantities = ["1", "3", "0.5", "0.125", "1.005", "7", "33", "-2", "999", "0.001", "2.675", "12"]
    prices = ["1.005", "0.335", "2.675", "1.115", "0.045", "10.075", "8.345", "1000.005", "0.0050", "4.35", "1234.5675"]
    discounts = ["0", "5", "12.5", "10", "50", "33.3", "100", "2"]
    return [
        {
            **LINE,
            "quantity": Decimal(chance.choice(quantities)),
            "price": Decimal(chance.choice(prices)),
            "discount": Decimal(chance.choice(discounts)),
            "vat_rate": chance.choice((9, 21, 0, 9, 6, 19)),
        }
        for _ in range(9)
    ]


@pytest.mark.parametrize("small_business", [False, True])
def test_nasty_amounts_come_to_the_same_cents(
    small_business: bool, tmp_path: Path, calc: Step, without_values: Step
) -> None:
    chance = Random(7)  # noqa: S311
    treatments = list(VatTreatment)
    customers = [{**CUSTOMER, "number": f"{n}", "vat_treatment": treatments[n]} for n in range(len(treatments))]
    invoices: list[Row] = []
    lines: list[Row] = []
    for count in range(60):
        number = f"2026-{count:04}"
        kind = "credit-note" if count % 5 == 4 else "invoice"
        invoices.append(
            {**INVOICE, "number": number, "customer": f"{count % len(treatments) if count % 3 else 0}", "kind": kind}
        )
        lines += [{**line, "invoice": number} for line in nasty_lines(chance)]
    book = small_book(
        tmp_path / "nasty.xlsx",
        customers=customers,
        invoices=invoices,
        lines=lines,
        settings={"company.small_business": small_business},
    )
    ledger = read_ledger(calc(without_values(book)))
    assert len(ledger.invoices) == 60
    for invoice in ledger.invoices:
        expected = totals(invoice, small_business=small_business).total
        assert invoice.recorded.total == signed_total(invoice, expected), invoice.number
    assert sheets_of(calc(book)) == sheets_of(book)


def test_half_cents_in_the_sum_of_a_vat_rate_round_up(tmp_path: Path, calc: Step, without_values: Step) -> None:
    rows = [
        (number, cents, rate)
        for number, (cents, rate) in enumerate((c, r) for c in range(50, 5000, 100) for r in (9, 21))
    ]
    book = small_book(
        tmp_path / "halves.xlsx",
        invoices=[{**INVOICE, "number": f"{number}"} for number, _, _ in rows],
        lines=[
            {**LINE, "invoice": f"{number}", "quantity": 1, "price": Decimal(cents) / 100, "vat_rate": rate}
            for number, cents, rate in rows
        ],
    )
    for invoice in read_ledger(calc(without_values(book))).invoices:
        assert invoice.recorded.total == totals(invoice).total, invoice.number


@pytest.mark.parametrize("rate", [rate for rate in RATES if rate.percentage], ids=lambda rate: str(rate.percentage))
def test_every_rate_calculates_on_its_first_and_its_last_day(
    rate: VatRate, tmp_path: Path, calc: Step, without_values: Step
) -> None:
    days = [rate.since, rate.until if rate.until < date.max else date(2099, 12, 31)]
    days = [max(day, date(2000, 1, 1)) for day in days]
    numbers = [f"{day.year}-0001" for day in days]
    book = small_book(
        tmp_path / "dated.xlsx",
        invoices=[{**INVOICE, "number": number, "date": day} for number, day in zip(numbers, days, strict=True)],
        lines=[
            {**LINE, "invoice": number, "delivered": day, "vat_rate": rate.percentage}
            for number, day in zip(numbers, days, strict=True)
        ],
    )
    for invoice in read_ledger(calc(without_values(book))).invoices:
        amounts = totals(invoice)
        assert amounts.tax == 25 * rate.percentage / 100
        assert invoice.recorded.total == amounts.total, invoice.number


def test_calculated_columns_look_up_what_the_row_leaves_out(tmp_path: Path, calc: Step, without_values: Step) -> None:
    book = small_book(
        tmp_path / "looked-up.xlsx",
        customers=[{**CUSTOMER, "payment_days": 0}, {**CUSTOMER, "number": "2", "payment_days": None}],
        products=[{"article": "A1", "description": "Taart", "unit": "stuk", "price": Decimal("16.95"), "vat_rate": 21}],
        invoices=[INVOICE, {**INVOICE, "number": "2026-0002", "customer": "2"}],
        lines=[
            {"invoice": "2026-0001", "delivered": date(2026, 10, 2), "article": "A1", "quantity": 2},
            {**LINE, "invoice": "2026-0002", "vat_rate": 0.09},
        ],
    )
    rows = sheets_of(calc(without_values(book)))["Facturen"]
    header = rows[1]
    first, second = (dict(zip(header, row, strict=True)) for row in rows[2:4])
    assert (first["Naam"], first["Vervaldatum"]) == ("Café De Proef", date(2026, 10, 5))
    assert (first["Excl. btw"], first["Btw"], first["Totaal"]) == (33.9, 7.12, 41.02)
    assert (second["Vervaldatum"], second["Btw"]) == (date(2026, 10, 19), 2.25)


def test_only_the_words_for_a_credit_note_begin_as_the_formula_expects() -> None:
    beginning = {choice.value for choice in KINDS if choice.nl.startswith(CREDIT) and choice.en.startswith(CREDIT)}
    assert beginning == {"credit-note"}
