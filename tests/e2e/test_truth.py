"""Workbook and journal: whose word counts, and what happens when they disagree."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from factuurbode import dispatch
from factuurbode.domain.model import Channel
from factuurbode.domain.selection import Request
from factuurbode.domain.states import State
from factuurbode.errors import BookFromOtherTime, BookNotWritable, BookWithoutJournal, JournalOfOtherBook
from factuurbode.journal.journal import beside
from factuurbode.steps.reconcile import Side
from factuurbode.workbook.reader import read_ledger
from support import mortal
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    return a_world(tmp_path, invoice_pdf, server)


def recorded(book: Path) -> dict[Channel, State]:
    (invoice,) = read_ledger(book).invoices
    return dict(invoice.recorded.states)


def reconciled(world: World, side: Side) -> None:
    with mortal.office(world.order()) as office:
        dispatch.reconcile(office, side)


def test_a_copy_of_the_workbook_sends_nothing(world: World) -> None:
    world.press()
    copy = Path(shutil.copy(world.book, world.book.with_name("kopie.xlsx")))
    with pytest.raises(BookWithoutJournal):
        World(copy, world.pdf, world.server, world.tray).press()
    assert len(world.server.messages()) == 1


def test_yesterdays_workbook_put_back_sends_nothing_until_a_person_chooses(world: World, tmp_path: Path) -> None:
    yesterday = shutil.copy(world.book, tmp_path / "gisteren")
    world.press()
    shutil.copy(yesterday, world.book)
    with pytest.raises(BookFromOtherTime):
        world.press()
    assert len(world.server.messages()) == 1


def test_trusting_the_journal_writes_what_it_knows_into_the_older_workbook(world: World, tmp_path: Path) -> None:
    yesterday = shutil.copy(world.book, tmp_path / "gisteren")
    world.press()
    shutil.copy(yesterday, world.book)
    reconciled(world, Side.JOURNAL)
    assert recorded(world.book) == {Channel.MAIL: State.SENT}
    assert world.press().results == ()


def test_trusting_the_workbook_never_sends_again_what_the_journal_knows(world: World, tmp_path: Path) -> None:
    yesterday = shutil.copy(world.book, tmp_path / "gisteren")
    world.press()
    shutil.copy(yesterday, world.book)
    reconciled(world, Side.WORKBOOK)
    assert recorded(world.book) == {}
    assert world.press().results == ()
    assert len(world.server.messages()) == 1


def test_without_its_journal_a_row_that_says_sent_is_not_sent_again(world: World) -> None:
    world.press()
    beside(world.book).unlink()
    with pytest.raises(BookWithoutJournal):
        world.press()
    reconciled(world, Side.WORKBOOK)
    assert world.press().results == ()
    assert len(world.server.messages()) == 1


def test_the_journal_of_another_workbook_is_not_believed(world: World) -> None:
    world.press()
    small_book(world.book, workbook_id="another")
    with pytest.raises(JournalOfOtherBook):
        world.press()


def test_opened_during_the_run_the_outcome_waits_in_the_journal_and_the_next_command_tells_it(world: World) -> None:
    owner = world.book.with_name(f"~${world.book.name}")
    report = world.press(on_mail=owner.touch)
    assert [result.outcome.state for result in report.results] == [State.SENT]
    assert isinstance(report.book_error, BookNotWritable)
    assert recorded(world.book) == {}
    owner.unlink()
    with mortal.office(world.order()) as office:
        dispatch.status(office)
    assert recorded(world.book) == {Channel.MAIL: State.SENT}


def test_open_before_the_run_nothing_is_sent(world: World) -> None:
    world.book.with_name(f".~lock.{world.book.name}#").touch()
    with pytest.raises(BookNotWritable):
        world.press()
    assert world.server.messages() == []


def test_an_invoice_changed_after_it_was_sent_is_stopped(world: World) -> None:
    world.press()
    last_run = read_ledger(world.book).identity.last_run
    small_book(world.book, lines=[{**LINE, "quantity": 11}], settings={"workbook.last_run": last_run})
    with mortal.office(world.order()) as office:
        (checked,) = dispatch.check(office).invoices
        report = dispatch.customer_copies(office, Request(("2026-0001",), True, "kwijt"), mortal.Nobody())
    assert [problem.code for problem in checked.problems if problem.stops] == ["changed_after_sending"]
    assert [result.outcome.state for result in report.results] == [State.BLOCKED]
    assert len(world.server.messages()) == 1


def test_a_temporary_refusal_goes_with_the_next_run(world: World) -> None:
    world.server.fault("rcpt", "450 4.2.0 later", times=1)
    assert [result.outcome.state for result in world.press().results] == [State.LATER]
    assert [result.outcome.state for result in world.press().results] == [State.SENT]


def test_what_waits_is_archived_once_and_goes_with_its_own_bytes(world: World) -> None:
    world.server.fault("rcpt", "450 4.2.0 later", times=2)
    for _ in range(3):
        world.press()
    assert len(list((world.book.parent / "archief").glob("*/*.pdf"))) == 1
    assert len(list((world.book.parent / "archief").glob("*/mail/*.eml"))) == 1
    assert len(list((world.book.parent / "facturen").glob("*.pdf"))) == 1
    (received,) = world.server.messages()
    archived = next((world.book.parent / "archief").glob("*/mail/*.eml")).read_bytes()
    assert archived.strip() == received.content.strip()


def test_a_final_refusal_goes_again_once_the_address_is_corrected(world: World) -> None:
    world.server.fault("rcpt", "550 5.1.1 unknown", match="boekhouding@")
    assert [result.outcome.state for result in world.press().results] == [State.FAILED]
    world.change_address()
    assert [result.outcome.state for result in world.press().results] == [State.SENT]
    assert [message.recipients for message in world.server.messages()] == [("nieuw@cafe-proef.example",)]


def test_a_blocked_invoice_says_so_in_the_workbook_and_the_others_go(world: World) -> None:
    blocked = {**INVOICE, "number": "2026-0002", "customer": "weg"}
    small_book(world.book, invoices=[blocked, INVOICE], lines=[LINE, {**LINE, "invoice": "2026-0002"}])
    report = world.press()
    assert {result.invoice: result.outcome.state for result in report.results} == {
        "2026-0001": State.SENT,
        "2026-0002": State.BLOCKED,
    }
    assert len(world.server.messages()) == 1


def test_a_held_invoice_stays(world: World) -> None:
    small_book(world.book, invoices=[{**INVOICE, "hold": True}])
    (result,) = world.press().results
    assert result.outcome.state is State.HELD
    assert world.server.messages() == []


def test_a_customer_who_changes_to_mail_does_not_get_the_printed_invoice_again(world: World) -> None:
    world.rewrite({**CUSTOMER, "e_invoice": "paper"})
    world.press()
    world.rewrite(CUSTOMER)
    assert world.press().results == ()
    assert (len(world.tray.papers()), world.server.messages()) == (1, [])
