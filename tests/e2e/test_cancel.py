"""The person cancels a run: nothing more goes out, what went out stays recorded, the rest goes with the next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.steps.report import Report, Result
from factuurbode.workbook.reader import read_ledger
from support import mortal
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice


class Impatient(mortal.Nobody):
    """Cancels at once, or when the first channel of the first invoice is done."""

    def __init__(self, *, at_once: bool = False) -> None:
        self.cancelled = at_once
        self.invoices = 0

    def begins(self, invoices: int) -> None:
        self.invoices = invoices

    def done(self, result: Result) -> None:  # noqa: ARG002
        self.cancelled = True


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    return a_world(tmp_path, invoice_pdf, server, customer={**CUSTOMER, "e_invoice": "Papier en e-mail"})


def told(report: Report) -> dict[tuple[str, Channel | None], State]:
    return {(result.invoice, result.outcome.channel): result.outcome.state for result in report.results}


def test_nothing_goes_out_when_it_is_cancelled_at_once(world: World) -> None:
    report = mortal.run(world.order(), Impatient(at_once=True))
    assert told(report) == {("2026-0001", Channel.MAIL): State.READY, ("2026-0001", Channel.PRINT): State.READY}
    assert all(result.outcome.key == "outcome.cancelled" for result in report.results)
    assert report.cancelled
    assert not report.all_fine
    assert world.server.messages() == []
    assert world.tray.papers() == []


def test_the_paper_beside_a_mail_that_went_waits_for_the_next_run(world: World) -> None:
    report = mortal.run(world.order(), Impatient())
    assert told(report) == {("2026-0001", Channel.MAIL): State.SENT, ("2026-0001", Channel.PRINT): State.READY}
    assert world.tray.papers() == []
    (invoice,) = read_ledger(world.book).invoices
    assert invoice.recorded.states[Channel.MAIL] is State.SENT
    assert told(world.press()) == {("2026-0001", Channel.PRINT): State.PRINTED}
    assert len(world.server.messages()) == 1
    assert len(world.tray.papers()) == 1


def test_the_invoices_after_it_are_not_even_made(world: World) -> None:
    numbers = ("2026-0001", "2026-0002", "2026-0003")
    small_book(
        world.book,
        invoices=[{**INVOICE, "number": number} for number in numbers],
        lines=[{**LINE, "invoice": number} for number in numbers],
    )
    impatient = Impatient()
    report = mortal.run(world.order(), impatient)
    assert impatient.invoices == 3
    assert [result.outcome.state for result in report.results] == [State.SENT, State.READY, State.READY]
    assert len(world.server.messages()) == 1
    assert not read_ledger(world.book).invoices[1].recorded.states
