"""What the bakery's own mailbox adds to a run: copies in Sent, ended doubts, mail that came back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.errors import MailboxUnreachable, MailNotSetUp
from factuurbode.steps.report import Report
from factuurbode.texts import problem_sentence, texts_in
from factuurbode.workbook.reader import read_ledger
from support import fake_mailbox
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, Row
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice
MAILBOX: Row = {"mail.sent_copy_server": "imap.bakkerij.test"}
WHO = str(CUSTOMER["email"])
OTHER = "piet@cafe-proef.example"


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    return a_world(tmp_path, invoice_pdf, server, CUSTOMER, MAILBOX)


def states(report: Report) -> list[State]:
    return [result.outcome.state for result in report.results]


def shown(world: World) -> dict[Channel, State]:
    (invoice,) = read_ledger(world.book).invoices
    return dict(invoice.recorded.states)


def in_sent(world: World) -> list[bytes]:
    return [path.read_bytes() for path in sorted((world.mailbox.folder / "Sent").iterdir())]


def test_what_was_sent_has_a_copy_in_sent_once(world: World) -> None:
    for _ in range(2):
        world.press()
    assert in_sent(world) == [message.content for message in world.server.messages()]


def test_a_provider_that_keeps_a_copy_itself_is_not_given_another(world: World) -> None:
    world.server.fault("stored", close=True, times=1)
    world.press()
    (message,) = world.server.messages()
    (world.mailbox.folder / "Sent" / "provider.eml").write_bytes(message.content)
    world.press()
    assert len(in_sent(world)) == 1


def test_a_doubt_ends_when_the_mail_stands_in_the_mailbox(world: World) -> None:
    world.server.fault("stored", close=True, times=1)
    assert states(world.press()) == [State.IN_DOUBT]
    world.mailbox.receive(world.server.messages()[0].content)  # the copy to the bakery itself
    assert world.press().results == ()
    assert shown(world) == {Channel.MAIL: State.SENT}
    assert len(world.server.messages()) == 1


def test_a_doubt_that_ends_well_counts_once_for_the_daily_limit(world: World) -> None:
    world.server.fault("stored", close=True, times=1)
    world.press()
    world.mailbox.receive(world.server.messages()[0].content)
    world.press()
    journal = world.journal()
    mailed = journal.mailed_since(datetime(2020, 1, 1, tzinfo=UTC))
    journal.close()
    assert [count for _, count in mailed] == [1]


def test_a_mail_that_is_not_in_the_mailbox_stays_in_doubt(world: World) -> None:
    world.server.fault("dot", close=True, times=1)
    for _ in range(2):
        assert states(world.press()) == [State.IN_DOUBT]


def test_a_mailbox_that_cannot_be_opened_holds_nothing_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> bool:
        raise MailboxUnreachable(server="imap.bakkerij.test", detail="geen antwoord")

    monkeypatch.setattr(fake_mailbox.FolderMailbox, "holds", closed)
    world.server.fault("stored", close=True, times=1)
    assert states(world.press()) == [State.IN_DOUBT]
    assert states(world.press()) == [State.IN_DOUBT]
    (result,) = world.press(resend=True).results
    assert result.outcome.state is State.SENT


def test_a_copy_that_could_not_be_kept_is_told_and_the_invoice_has_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MailboxUnreachable(server="imap.bakkerij.test", detail="outcome.mail_password_missing")

    monkeypatch.setattr(fake_mailbox.FolderMailbox, "keep_sent", full)
    report = world.press()
    assert states(report) == [State.SENT]
    (warning,) = (problem for problem in report.warnings if problem.code == "sent_copy_failed")
    assert "Er is geen wachtwoord voor de mailserver bewaard." in problem_sentence(texts_in("nl"), warning)


def test_a_mail_that_came_back_is_marked_once_and_goes_again_to_a_better_address(world: World) -> None:
    world.press()
    world.comes_back(WHO)
    report = world.press(bounces=True)
    assert states(report) == [State.BOUNCED]
    assert f"{WHO}: 550 5.1.1 mailbox bestaat niet" in str(report.results[0].outcome.facts["detail"])
    assert shown(world) == {Channel.MAIL: State.BOUNCED}
    assert world.press(bounces=True).results == ()
    assert states(world.press()) == [State.BOUNCED]  # nothing has changed: it is told, and not sent
    world.rewrite({**CUSTOMER, "email": "nieuw@cafe-proef.example"}, MAILBOX)
    assert states(world.press()) == [State.SENT]
    assert [message.recipients for message in world.server.messages()] == [(WHO,), ("nieuw@cafe-proef.example",)]


def test_each_of_two_mails_that_come_back_one_after_the_other_is_marked(world: World) -> None:
    world.rewrite({**CUSTOMER, "email": f"{WHO}; {OTHER}"}, MAILBOX)
    world.press()
    for address in (WHO, OTHER):
        world.comes_back(address)
        (result,) = world.press(bounces=True).results
        assert result.outcome.state is State.BOUNCED
        assert str(result.outcome.facts["detail"]).startswith(address)
    assert {one.state for one in result.outcome.addressees} == {State.BOUNCED}


def test_taking_off_the_sheet_whose_mail_came_back_ends_it_when_the_others_have_it(world: World) -> None:
    world.rewrite({**CUSTOMER, "email": f"{WHO}; {OTHER}"}, MAILBOX)
    world.press()
    world.comes_back(OTHER)
    world.press(bounces=True)
    world.rewrite(CUSTOMER, MAILBOX)
    assert states(world.press()) == [State.SENT]
    assert world.press().results == ()
    assert shown(world) == {Channel.MAIL: State.SENT}
    assert len(world.server.messages()) == 1


def test_a_mail_that_comes_back_after_another_was_sent_beside_it_is_not_hidden_by_that_one(world: World) -> None:
    world.rewrite({**CUSTOMER, "email": f"{WHO}; {OTHER}"}, MAILBOX)
    world.server.fault("rcpt", "550 5.1.1 User unknown", match=OTHER)
    world.press()
    world.rewrite({**CUSTOMER, "email": f"{WHO}; nieuw@cafe-proef.example"}, MAILBOX)
    assert states(world.press()) == [State.SENT]
    world.mailbox.receive(fake_mailbox.bounce_of(world.server.messages()[0].content, WHO))
    assert states(world.press(bounces=True)) == [State.BOUNCED]
    assert shown(world) == {Channel.MAIL: State.BOUNCED}
    assert states(world.press()) == [State.BOUNCED]
    assert len(world.server.messages()) == 2
    world.rewrite({**CUSTOMER, "email": "beter@cafe-proef.example; nieuw@cafe-proef.example"}, MAILBOX)
    assert states(world.press()) == [State.SENT]
    assert world.server.messages()[-1].recipients == ("beter@cafe-proef.example",)
    assert world.press().results == ()


def test_a_mail_that_comes_back_after_it_was_sent_again_is_no_longer_a_loss(world: World) -> None:
    world.press()
    first = world.server.messages()[0].content
    world.press(resend=True)
    world.mailbox.receive(fake_mailbox.bounce_of(first, WHO, "452 4.2.2 mailbox vol"))
    assert world.press(bounces=True).results == ()
    assert shown(world) == {Channel.MAIL: State.SENT}


def test_a_mail_in_doubt_that_comes_back_was_taken_and_is_marked(world: World) -> None:
    world.server.fault("stored", close=True, times=1)
    assert states(world.press()) == [State.IN_DOUBT]
    world.comes_back(WHO)
    assert states(world.press(bounces=True)) == [State.BOUNCED]
    assert shown(world) == {Channel.MAIL: State.BOUNCED}


def test_what_a_stranger_sends_back_marks_nothing(world: World) -> None:
    world.press()
    stranger = world.server.messages()[0].content.replace(b"Message-ID: <", b"Message-ID: <0")
    world.mailbox.receive(fake_mailbox.bounce_of(stranger, WHO))
    world.mailbox.receive(fake_mailbox.bounce_of(world.server.messages()[0].content, "iemand@anders.example"))
    assert world.press(bounces=True).results == ()
    assert shown(world) == {Channel.MAIL: State.SENT}


def test_without_a_mailbox_in_the_settings_it_says_which_setting_is_missing(
    tmp_path: Path, invoice_pdf: Path, server: MailServer
) -> None:
    world = a_world(tmp_path, invoice_pdf, server)
    with pytest.raises(MailNotSetUp) as raised:
        world.press(bounces=True)
    assert raised.value.facts["missing"] == "mail_setting.sent_copy_server"
