"""Looking without sending: the preview of one invoice, and a test mail to the baker's own address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factuurbode import dispatch
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.states import State
from factuurbode.errors import MailNotSetUp
from factuurbode.ports import MailStep, unseen
from factuurbode.steps.report import Report
from support import mortal
from support.mailserver import MailServer
from support.pdf import text_of
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    return a_world(tmp_path, invoice_pdf, server)


def previewed(world: World) -> Report:
    with mortal.office(world.order()) as office:
        return dispatch.preview(office, "2026-0001", mortal.Nobody())


def test_a_preview_is_a_pdf_and_nothing_else(world: World) -> None:
    before = world.book.read_bytes()
    (result,) = previewed(world).results
    assert result.pdf is not None
    assert result.pdf.read_bytes().startswith(b"%PDF")
    assert result.outcome.state is State.READY
    assert world.server.messages() == []
    assert world.book.read_bytes() == before


def test_an_invoice_with_a_problem_can_be_looked_at_too(world: World) -> None:
    world.rewrite({**CUSTOMER, "email": "geen adres"})
    (result,) = previewed(world).results
    assert result.pdf is not None


def test_of_an_invoice_without_lines_there_is_nothing_to_look_at(world: World) -> None:
    small_book(world.book, invoices=[INVOICE], lines=[{**LINE, "invoice": "2026-0009"}])
    (result,) = previewed(world).results
    assert result.outcome.state is State.BLOCKED


def test_the_preview_of_a_sent_invoice_is_the_pdf_that_was_sent(world: World) -> None:
    (sent,) = world.press().results
    (result,) = previewed(world).results
    assert sent.pdf is not None
    assert result.pdf is not None
    assert result.pdf.read_bytes() == sent.pdf.read_bytes()


def test_a_test_mail_is_a_made_up_invoice_to_the_baker_and_is_not_recorded(world: World) -> None:
    before = world.book.read_bytes()
    steps: list[MailStep] = []
    with mortal.office(world.order()) as office, LibreOffice() as converter:
        (result,) = dispatch.test_mail(replace(office, converter=converter), steps.append).results
        assert not office.journal.newest("PROEF-0001")
    assert steps == [MailStep.CONNECTED, MailStep.SENDER, MailStep.RECIPIENT, MailStep.ACCEPTED]
    (received,) = world.server.messages()
    message = received.message
    assert result.outcome.state is State.SENT
    assert message["To"] == "facturen@bakkerij.test"
    assert message["Subject"].startswith("Proef: ")
    (attachment,) = message.iter_attachments()
    assert "PROEF-0001" in text_of(attachment.get_content())
    assert world.book.read_bytes() == before


def test_a_test_mail_without_a_sender_names_the_setting(world: World) -> None:
    small_book(world.book, settings={"mail.sender": ""})
    with mortal.office(world.order()) as office, pytest.raises(MailNotSetUp):
        dispatch.test_mail(office, unseen)
