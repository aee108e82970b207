"""The workbook goes away in the middle of a run: moved, or on a stick that was pulled out."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.errors import BookMissing
from factuurbode.workbook.reader import read_ledger
from support.mailserver import MailServer
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    return a_world(tmp_path, invoice_pdf, server)


def test_the_journal_keeps_the_outcome_and_the_next_command_tells_it(world: World) -> None:
    elsewhere = world.book.with_name("weg.xlsx")

    def goes_away() -> None:
        world.book.rename(elsewhere)

    report = world.press(on_mail=goes_away)
    assert [result.outcome.state for result in report.results] == [State.SENT]
    assert isinstance(report.book_error, BookMissing)
    elsewhere.rename(world.book)
    assert world.press().results == ()
    (invoice,) = read_ledger(world.book).invoices
    assert invoice.recorded.states == {Channel.MAIL: State.SENT}
    assert len(world.server.messages()) == 1


def test_an_older_copy_that_is_put_back_is_told_everything(world: World) -> None:
    copy = world.book.read_bytes()
    world.press(on_mail=world.book.unlink)
    world.book.write_bytes(copy)
    assert world.press().results == ()
    (invoice,) = read_ledger(world.book).invoices
    assert invoice.recorded.states == {Channel.MAIL: State.SENT}
    assert len(world.server.messages()) == 1
