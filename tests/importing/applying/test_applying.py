"""What was agreed with comes into the workbook whole, once, with numbers from its own series."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from factuurbode.domain.model import Kind
from factuurbode.domain.totals import totals
from factuurbode.errors import BookNotWritable, NoRoomBelow, NumberTaken
from factuurbode.importing.applying.apply import apply
from factuurbode.importing.proposal import Change, Proposal
from factuurbode.journal import Journal
from factuurbode.journal.imports import ImportState
from factuurbode.journal.journal import beside
from factuurbode.workbook.closed import ClosedBook
from support.proposals import NEW, WHITE, a_draft, a_line, a_proposal
from support.workbooks import CUSTOMER, small_book

NOW = datetime(2026, 11, 9, 8, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx")


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(beside(path))
    journal.note(book="test-book")
    yield journal
    journal.close()


def applied(path: Path, journal: Journal, proposal: Proposal) -> tuple[str, ...]:
    book = ClosedBook(path)
    done = apply(book, journal, book.read(), proposal, lambda: NOW)
    return tuple(draft.number for draft in done.drafts)


def test_invoices_customers_and_products_stand_in_the_workbook(path: Path, journal: Journal) -> None:
    proposal = a_proposal(customers_added=(NEW,), products_added=(WHITE,))
    assert applied(path, journal, proposal) == ("2026-0002", "2026-0003")
    ledger = ClosedBook(path).read()
    assert [(one.number, one.customer_number) for one in ledger.invoices][1:] == [
        ("2026-0002", "0001"),
        ("2026-0003", "0002"),
    ]
    assert replace(ledger.customers["0002"], origin=NEW.origin) == NEW
    assert ledger.products["W1"].price == Decimal("2.10")
    assert not ledger.problems


def test_money_in_is_money_out(path: Path, journal: Journal) -> None:
    draft = a_draft(lines=[a_line(price="1.23456", quantity="7.5"), a_line(price="0.335", quantity="3")])
    applied(path, journal, a_proposal(draft))
    invoice = ClosedBook(path).read().invoices[-1]
    amounts = totals(invoice)
    assert (amounts.net, amounts.tax) == (draft.net, draft.vat)
    assert invoice.recorded.total == amounts.total
    assert [replace(line, origin=draft.lines[0].origin) for line in invoice.lines] == list(draft.lines)


def test_a_price_without_discount_stays_so_for_a_customer_who_usually_has_one(tmp_path: Path) -> None:
    path = small_book(tmp_path / "boek.xlsx", customers=[{**CUSTOMER, "discount": 10}])
    journal = Journal(beside(path))
    journal.note(book="test-book")
    draft = a_draft(lines=[a_line(price="2.00", quantity="3")])
    applied(path, journal, a_proposal(draft))
    journal.close()
    invoice = ClosedBook(path).read().invoices[-1]
    assert totals(invoice).net == draft.net
    assert invoice.lines[0].discount == 0


def test_numbers_follow_the_dates_without_a_gap(path: Path, journal: Journal) -> None:
    drafts = [a_draft(issued=9), a_draft(issued=3), a_draft(issued=6)]
    assert applied(path, journal, a_proposal(*drafts)) == ("2026-0004", "2026-0002", "2026-0003")


def test_a_credit_note_names_the_invoice_of_the_same_import(path: Path, journal: Journal) -> None:
    note = a_draft(name="retour")._replace(kind=Kind.CREDIT_NOTE, corrects_draft=0)
    applied(path, journal, a_proposal(a_draft(), note))
    credit = ClosedBook(path).read().invoices[-1]
    assert (credit.number, credit.kind, credit.corrects) == ("2026-0003", Kind.CREDIT_NOTE, "2026-0002")
    assert credit.recorded.total == -totals(credit).total


def test_credit_notes_may_have_a_series_of_their_own(tmp_path: Path) -> None:
    path = small_book(tmp_path / "eigen.xlsx", settings={"numbering.own_credit_series": True})
    journal = Journal(beside(path))
    note = a_draft(name="retour")._replace(kind=Kind.CREDIT_NOTE, corrects="2026-0001")
    assert applied(path, journal, a_proposal(a_draft(), note)) == ("2026-0002", "C2026-0001")
    journal.close()


def test_a_number_is_never_given_twice_even_when_its_row_is_gone(path: Path, journal: Journal, tmp_path: Path) -> None:
    older = shutil.copy(path, tmp_path / "ouder.xlsx")
    applied(path, journal, a_proposal(a_draft()))
    shutil.copy(older, path)
    journal.voids.record(journal.begin_run("void"), "2026-0003", "misdruk")
    assert applied(path, journal, a_proposal(a_draft(name="x"))) == ("2026-0004",)


def test_a_ready_made_number_that_is_in_use_stops_everything(path: Path, journal: Journal) -> None:
    before = path.read_bytes()
    with pytest.raises(NumberTaken):
        applied(path, journal, a_proposal(a_draft(), a_draft()._replace(number="2026-0001 ")))
    assert path.read_bytes() == before
    assert journal.imports.all() == ()


def test_what_is_known_of_a_customer_changes_cell_by_cell(path: Path, journal: Journal) -> None:
    customer = ClosedBook(path).read().customers["0001"]
    moved = replace(customer, city="Kaasstad")
    change = Change("0001", {"city": (customer.city, "Kaasstad")}, moved)
    applied(path, journal, replace(a_proposal(), drafts=(), customers_changed=(change,)))
    assert ClosedBook(path).read().customers["0001"] == moved


def test_the_copy_of_the_workbook_is_what_it_was(path: Path, journal: Journal) -> None:
    before = path.read_bytes()
    applied(path, journal, a_proposal())
    (one,) = journal.imports.all()
    assert one.kept.read_bytes() == before
    assert one.kept.parent == path.parent / "kopie voor import"
    assert "2026-11-09" in one.kept.name


def test_its_rows_are_known_afterwards(path: Path, journal: Journal) -> None:
    draft = a_draft()
    applied(path, journal, a_proposal(draft))
    keys = [row.key for row in draft.rows]
    assert {row.invoice for row in journal.imports.known([*keys, "anders"]).values()} == {"2026-0002"}
    journal.voids.record(journal.begin_run("void"), "2026-0002", "verkeerde klant")
    assert journal.imports.known(keys) == {}


def test_an_open_workbook_stops_it_before_anything_is_written_down(path: Path, journal: Journal) -> None:
    path.with_name("~$boek.xlsx").touch()
    with pytest.raises(BookNotWritable):
        applied(path, journal, a_proposal())
    assert journal.imports.all() == ()
    assert not (path.parent / "kopie voor import").exists()


def test_a_workbook_that_cannot_take_the_rows_is_as_it_was_and_nothing_is_known(path: Path, journal: Journal) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    book["Facturen"]["B12"] = "in de weg"
    book.save(path)
    before, proposal = path.read_bytes(), a_proposal(*[a_draft(name=str(number)) for number in range(12)])
    with pytest.raises(NoRoomBelow):
        applied(path, journal, proposal)
    assert path.read_bytes() == before
    (one,) = journal.imports.all()
    assert one.state is ImportState.ABANDONED
    assert journal.imports.known([row.key for draft in proposal.drafts for row in draft.rows]) == {}
