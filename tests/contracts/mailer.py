"""What every `ports.Mailer` promises. A test module inherits `MailerContract` and gives the fixtures it names."""

from __future__ import annotations

import pytest

from factuurbode.domain.addressees import Addressee
from factuurbode.domain.states import State
from factuurbode.ports import Envelope, Mailer
from support.mailserver import MailServer

SENDER = "bakker@bakkerij.test"
BODY = (
    b"From: bakker@bakkerij.test\r\nSubject: Factuur 1\r\n\r\n"
    b".een punt\r\n..twee\r\n.\r\nQUIT\r\n" + b"a line of a large attachment\r\n" * 8000
)


class HandingOverFailed(Exception):
    """The journal could not write that a message is about to be handed over."""


def nothing(refused: tuple[Addressee, ...]) -> None:
    """A hand-over that nobody watches."""


def envelope(*recipients: str, message: bytes = BODY) -> Envelope:
    """A message to *recipients*, or to one."""
    return Envelope(SENDER, recipients or ("jan@klant.test",), message)


class MailerContract:
    """Fixtures: `server`, a mail server that works, and `mailer`, set up for it."""

    def test_a_message_arrives_as_it_was_composed(self, mailer: Mailer, server: MailServer) -> None:
        receipt = mailer.send(envelope("jan@klant.test", "piet@klant.test"), nothing)
        assert (receipt.state, receipt.code) == (State.SENT, "mail_sent")
        (received,) = server.messages()
        assert (received.sender, received.recipients) == (SENDER, ("jan@klant.test", "piet@klant.test"))
        assert received.content == BODY

    def test_the_hand_over_is_told_before_the_server_has_the_message(self, mailer: Mailer, server: MailServer) -> None:
        told: list[int] = []

        def handing_over(refused: tuple[Addressee, ...]) -> None:
            told.append(len(server.messages()) + len(refused))

        mailer.send(envelope(), handing_over)
        assert told == [0]
        assert len(server.messages()) == 1

    def test_what_could_not_be_written_down_is_not_handed_over(self, mailer: Mailer, server: MailServer) -> None:
        def failing(refused: tuple[Addressee, ...]) -> None:
            raise HandingOverFailed

        with pytest.raises(HandingOverFailed):
            mailer.send(envelope(), failing)
        assert mailer.send(envelope(message=b"Subject: next\r\n\r\nnext\r\n"), nothing).state is State.SENT
        assert [received.message["Subject"] for received in server.messages()] == ["next"]

    def test_each_recipient_is_refused_on_its_own(self, mailer: Mailer, server: MailServer) -> None:
        server.fault("rcpt", "550 5.1.1 User unknown", match="onbekend@klant.test")
        told: list[tuple[Addressee, ...]] = []
        receipt = mailer.send(envelope("jan@klant.test", "onbekend@klant.test"), told.append)
        refused = Addressee("onbekend@klant.test", State.FAILED, "mail_recipient_refused", "550 5.1.1 User unknown")
        assert (receipt.state, receipt.refused) == (State.SENT, (refused,))
        assert told == [(refused,)]
        (received,) = server.messages()
        assert received.recipients == ("jan@klant.test",)

    def test_a_message_that_none_of_its_recipients_may_have_goes_to_nobody(
        self, mailer: Mailer, server: MailServer
    ) -> None:
        server.fault("rcpt", "550 5.1.1 User unknown", match="onbekend@klant.test")
        told: list[tuple[Addressee, ...]] = []
        alone = Envelope(SENDER, ("onbekend@klant.test",), BODY, copies=("archief@bakkerij.test",))
        receipt = mailer.send(alone, told.append)
        assert (receipt.state, receipt.code) == (State.FAILED, "mail_recipient_refused")
        assert receipt.detail == "onbekend@klant.test: 550 5.1.1 User unknown"
        assert not told
        assert server.messages() == []

    def test_copies_go_with_the_message(self, mailer: Mailer, server: MailServer) -> None:
        with_copy = Envelope(SENDER, ("jan@klant.test",), BODY, copies=("archief@bakkerij.test",))
        assert mailer.send(with_copy, nothing).state is State.SENT
        (received,) = server.messages()
        assert received.recipients == ("jan@klant.test", "archief@bakkerij.test")

    def test_a_refusal_does_not_touch_the_next_message(self, mailer: Mailer, server: MailServer) -> None:
        server.fault("rcpt", "450 4.2.0 Greylisted", match="later@klant.test")
        assert mailer.send(envelope("later@klant.test"), nothing).state is State.LATER
        assert mailer.send(envelope("jan@klant.test"), nothing).state is State.SENT
        assert [received.recipients for received in server.messages()] == [("jan@klant.test",)]

    def test_a_run_uses_one_connection(self, mailer: Mailer, server: MailServer) -> None:
        for _ in range(3):
            assert mailer.send(envelope(), nothing).state is State.SENT
        mailer.close()
        commands = server.commands()
        assert (commands.count("CONNECT"), commands.count("QUIT")) == (1, 1)

    def test_an_answer_that_never_came_is_a_doubt(self, mailer: Mailer, server: MailServer) -> None:
        server.fault("stored", close=True)
        receipt = mailer.send(envelope(), nothing)
        assert (receipt.state, receipt.code) == (State.IN_DOUBT, "mail_in_doubt")

    def test_it_may_be_closed_twice_and_before_its_first_message(self, mailer: Mailer) -> None:
        mailer.close()
        mailer.close()

    def test_after_a_close_the_next_message_opens_again(self, mailer: Mailer, server: MailServer) -> None:
        assert mailer.send(envelope(), nothing).state is State.SENT
        mailer.close()
        assert mailer.send(envelope(), nothing).state is State.SENT
        assert len(server.messages()) == 2
