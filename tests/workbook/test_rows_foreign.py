"""Rows that come into and leave workbooks as Excel and LibreOffice write them, and that Calc agrees with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from factuurbode.domain.additions import Additions, Removals, Rows
from factuurbode.domain.ledger import Ledger
from factuurbode.importing.applying.numbering import numbered
from factuurbode.importing.applying.rows import additions
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.reader import read_ledger
from support.foreign_books import by_excel, opened, parts_of, sheet_part
from support.proposals import NEW, WHITE, a_draft, a_line, a_proposal
from support.workbooks import INVOICE, small_book

Calc = Callable[[Path], Path]
NUMBERS = frozenset({"2026-0003", "2026-0004", "2026-0005"})


def some_rows(ledger: Ledger) -> Additions:
    lines = [
        a_line("Kwartje", "3", "0.335"),
        a_line("Half", "0.125", "10.075"),
        replace(a_line("Aanbieding", "7", "2.675"), discount=Decimal("12.5"), vat_rate=Decimal(21)),
        replace(a_line("Nul", "1", "100"), vat_rate=Decimal(0)),
    ]
    drafts = [a_draft(lines=lines), a_draft("0002", name="b"), a_draft(name="c", issued=7)]
    proposal = a_proposal(*drafts, customers_added=(NEW,), products_added=(WHITE,))
    given = numbered(proposal.drafts, ledger.settings.numbering, [one.number for one in ledger.invoices])
    return additions(proposal, given, ledger)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx", invoices=[INVOICE, {**INVOICE, "number": "2026-0002"}], spare=1)


@pytest.fixture(params=["excel", "excel with totals", "excel from 1904", "calc"])
def foreign(request: pytest.FixtureRequest, book: Path, tmp_path: Path, calc: Calc) -> Path:
    """The workbook as another program has written it."""
    if request.param == "calc":
        return calc(book)
    target = tmp_path / "anders.xlsx"
    return by_excel(book, target, from_1904="1904" in request.param, totals="totals" in request.param)


def says(ledger: Ledger) -> list[tuple[object, ...]]:
    return [
        (one.number, one.issued, one.customer_number, [replace(line, origin=one.origin) for line in one.lines])
        for one in ledger.invoices
    ]


@pytest.mark.libreoffice
def test_they_are_read_back_and_other_parts_keep_their_bytes(foreign: Path) -> None:
    before, parts = read_ledger(foreign), parts_of(foreign)
    ClosedBook(foreign).add(some_rows(before), "run-1")
    after = read_ledger(foreign)
    assert {one.number for one in after.invoices[2:]} == NUMBERS
    assert after.invoices[2].lines[2].discount == Decimal("12.5")
    assert after.invoices[2].lines[0].delivered == date(2026, 11, 2)
    assert replace(after.customers["0002"], origin=NEW.origin) == NEW
    assert after.problems == before.problems
    ours = {sheet_part(foreign, title) for title in ("Facturen", "Factuurregels", "Klanten", "Artikelen")}
    tables = {name for name in parts if name.startswith("xl/tables/")}
    settings = sheet_part(foreign, "Instellingen")
    changed = {name for name, data in parts_of(foreign).items() if data != parts[name]}
    assert changed <= ours | tables | {settings, "xl/workbook.xml", "xl/calcChain.xml"}


@pytest.mark.libreoffice
def test_taken_out_again_the_workbook_says_what_it_said(foreign: Path) -> None:
    book = ClosedBook(foreign)
    before = book.read()
    totals = opened(foreign).worksheets
    book.add(some_rows(before), "run-1")
    book.remove(
        Removals(
            {
                Rows.INVOICES: NUMBERS,
                Rows.LINES: NUMBERS,
                Rows.CUSTOMERS: frozenset({"0002"}),
                Rows.PRODUCTS: frozenset({"W1"}),
            }
        ),
        before.identity.last_run,
    )
    after = book.read()
    assert says(after) == says(before)
    assert (after.customers, after.products, after.problems) == (before.customers, before.products, before.problems)
    for sheet, old in zip(opened(foreign).worksheets, totals, strict=True):
        for table in sheet.tables.values():
            was = old.tables[table.name]
            assert table.ref.split(":")[0] == was.ref.split(":")[0]
            assert bool(table.totalsRowCount) == bool(was.totalsRowCount)
            assert table.autoFilter is None or table.autoFilter.ref.split(":")[0] == was.ref.split(":")[0]


def amounts(path: Path, title: str, width: int) -> list[list[Any]]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(title).to_python(False)
    shown = [[round(cell, 9) if isinstance(cell, float) else cell for cell in row[:width]] for row in rows]
    while shown and not any(shown[-1]):
        shown.pop()
    return shown


@pytest.mark.libreoffice
def test_the_values_of_their_formulas_are_those_that_calc_calculates(
    book: Path, calc: Calc, without_values: Calc
) -> None:
    ClosedBook(book).add(some_rows(read_ledger(book)), "run-1")
    again = calc(without_values(book))
    for title, width in (("Facturen", 14), ("Factuurregels", 11)):
        assert amounts(again, title, width) == amounts(book, title, width)
    assert len(amounts(book, "Factuurregels", 11)) == 2 + 1 + 8
