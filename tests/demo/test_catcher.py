"""The mail server of the demonstration."""

from __future__ import annotations

from pathlib import Path

from contracts.mailer import nothing
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.demo.catcher import HOST, MailCatcher
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.ports import Envelope

MESSAGE = b"Subject: Factuur 1\r\n\r\n.Dag\r\n"


def mailer(catcher: MailCatcher) -> SmtpMailer:
    settings = Mail(server=HOST, port=catcher.port, security=Security.NONE, sign_in=SignIn.NONE)
    return SmtpMailer(settings)


def test_every_message_is_kept_as_it_was_in_the_order_it_came(tmp_path: Path) -> None:
    with MailCatcher(tmp_path / "mail") as catcher:
        sender = mailer(catcher)
        for number in range(3):
            envelope = Envelope("bakker@bakkerij.test", ("jan@klant.test",), b"X-Number: %d\r\n" % number + MESSAGE)
            assert sender.send(envelope, nothing).state is State.SENT
        sender.close()
        caught = catcher.messages()
    assert [path.read_bytes() for path in caught] == [b"X-Number: %d\r\n" % number + MESSAGE for number in range(3)]


def test_it_stops_while_a_sender_is_still_connected(tmp_path: Path) -> None:
    with MailCatcher(tmp_path) as catcher:
        sender = mailer(catcher)
        sender.send(Envelope("bakker@bakkerij.test", ("jan@klant.test",), MESSAGE), nothing)
    sender.close()
    assert len(catcher.messages()) == 1
