"""Mail over Postfix and mailboxes in Dovecot, as a provider runs them."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.mailer import nothing
from factuurbode.deliver.credentials import Password
from factuurbode.deliver.imap import ImapMailbox
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.addressees import Addressee
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.errors import MailboxUnreachable
from factuurbode.ports import Envelope, Receipt
from support.mail_host import BOUNCES, PASSWORD, SIZE_LIMIT, USER, MailHost, await_listener, can_run, mail_host

pytestmark = [
    pytest.mark.mail_host,
    pytest.mark.skipif(not can_run(), reason="Postfix and Dovecot need root"),
]
MAIL_ID = "<0011223344556677.factuurbode@bakkerij.test>"


@pytest.fixture(scope="module")
def running() -> Iterator[MailHost]:
    with mail_host(Path(tempfile.mkdtemp(prefix="post-", dir="/tmp"))) as host:
        yield host


@pytest.fixture
def host(running: MailHost) -> MailHost:
    running.forget()
    return running


def account(host: MailHost, role: str = "submission", **changes: object) -> Mail:
    facts: dict[str, object] = {
        "server": host.host,
        "port": host.ports[role],
        "security": Security.TLS if role == "tls" else Security.STARTTLS,
        "sign_in": SignIn.PASSWORD,
        "user": USER,
        "sender": USER,
        "ca_file": host.ca_file,
        "sent_copy_server": f"{host.host}:{host.ports['imaps']}",
    }
    return Mail(**(facts | changes))  # type: ignore[arg-type]


def relay(host: MailHost, role: str = "relay") -> Mail:
    return account(host, role, security=Security.NONE, sign_in=SignIn.NONE)


def a_mail(*to: str, sender: str = USER, size: int = 0, message_id: str = MAIL_ID) -> Envelope:
    head = f"Message-ID: {message_id}\r\nFrom: <{sender}>\r\nTo: <{to[0]}>\r\nSubject: Factuur\r\n\r\n".encode()
    return Envelope(sender, to, head + b"brood " * 10 + b"\r\n" + (b"x" * 76 + b"\r\n") * (size // 78))


def sent(settings: Mail, *mails: Envelope, password: str = PASSWORD) -> list[Receipt]:
    with closing(SmtpMailer(settings, lambda: Password(password))) as mailer:
        return [mailer.send(mail, nothing) for mail in mails]


def code_of(settings: Mail, mail: Envelope, password: str = PASSWORD) -> tuple[State, str]:
    (receipt,) = sent(settings, mail, password=password)
    return receipt.state, receipt.code


# --- the ways in ---
@pytest.mark.parametrize("role", ["submission", "tls"])
def test_a_mail_arrives_over_a_protected_line(host: MailHost, role: str) -> None:
    assert code_of(account(host, role), a_mail("jan@klant.test")) == (State.SENT, "mail_sent")
    (message,) = host.received()
    assert b"brood brood" in message


def test_a_run_of_mails_arrives_over_one_line(host: MailHost) -> None:
    receipts = sent(account(host), *[a_mail("jan@klant.test", message_id=f"<{n}@x.test>") for n in range(20)])
    assert {receipt.state for receipt in receipts} == {State.SENT}
    assert len(host.received(at_least=20)) == 20


def test_a_relay_in_the_house_asks_for_nothing(host: MailHost) -> None:
    assert code_of(relay(host), a_mail("jan@klant.test")) == (State.SENT, "mail_sent")


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("wrong_name", {}, "mail_certificate_name"),
        ("submission", {"ca_file": None}, "mail_certificate_issuer"),
        ("submission", {"security": Security.NONE}, "mail_tls_needed"),
        ("tls", {"security": Security.NONE}, "mail_no_greeting"),
        ("submission", {"sign_in": SignIn.NONE}, "mail_relay_denied"),
    ],
)
def test_a_wrong_setting_is_told_apart(host: MailHost, role: str, changes: dict[str, object], code: str) -> None:
    settings = account(host, role, **changes)
    if role == "tls":  # Postfix waits for TLS, and we for a greeting
        with closing(SmtpMailer(settings, lambda: Password(PASSWORD), step_seconds=1)) as mailer:
            assert mailer.send(a_mail("jan@klant.test"), nothing).code == code
    else:
        assert code_of(settings, a_mail("jan@klant.test"))[1] == code


def test_a_wrong_password_is_tried_once(host: MailHost) -> None:
    failed, gone = "SASL PLAIN authentication failed", " auth=0/"  # told when the line has ended, with how many tries
    before = host.log()
    assert code_of(account(host), a_mail("jan@klant.test"), "fout") == (State.LATER, "mail_password_refused")
    after = host.log_with(gone, before.count(gone) + 1)
    assert after.count(f"{gone}1 ") == before.count(f"{gone}1 ") + 1
    assert after.count(failed) == before.count(failed) + 1


# --- what it does not take ---
def test_a_sender_that_is_not_the_accounts(host: MailHost) -> None:
    mail = a_mail("jan@klant.test", sender="info@mijnbakkerij.test")
    assert code_of(account(host), mail) == (State.FAILED, "mail_sender_refused")


@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("tijdelijk", State.LATER, "mail_temporary"),
        ("vol", State.LATER, "mail_mailbox_full"),
        ("onbekend", State.FAILED, "mail_recipient_refused"),
        ("spam", State.FAILED, "mail_relay_denied"),
        ("dicht", State.LATER, "mail_temporary"),
    ],
)
def test_a_recipient_that_it_refuses(host: MailHost, name: str, state: State, code: str) -> None:
    assert code_of(account(host), a_mail(f"{name}@klant.test")) == (state, code)


def test_of_three_recipients_two_are_refused_each_for_its_own_reason(host: MailHost) -> None:
    (receipt,) = sent(account(host), a_mail("jan@klant.test", "onbekend@klant.test", "tijdelijk@klant.test"))
    assert receipt.state is State.SENT
    assert [(one.address, one.state) for one in receipt.refused] == [
        ("onbekend@klant.test", State.FAILED),
        ("tijdelijk@klant.test", State.LATER),
    ]
    assert isinstance(receipt.refused[0], Addressee)
    assert len(host.received()) == 1


def test_a_closed_line_is_renewed_for_the_next_mail(host: MailHost) -> None:
    shut, next_one = sent(account(host), a_mail("dicht@klant.test"), a_mail("jan@klant.test"))
    assert (shut.state, shut.slow_down) == (State.LATER, True)
    assert next_one.state is State.SENT


def test_relaying_to_the_outside_is_denied(host: MailHost) -> None:
    mail = a_mail("jan@elders.example")
    assert code_of(relay(host, "slow"), mail) == (State.FAILED, "mail_relay_denied")


def test_more_than_the_server_takes_is_told_before_it_is_sent(host: MailHost) -> None:
    mail = a_mail("jan@klant.test", size=SIZE_LIMIT + 1000)
    assert code_of(account(host), mail) == (State.FAILED, "mail_too_large")


def test_too_many_messages_in_a_minute_are_for_later(host: MailHost) -> None:
    receipts = sent(relay(host, "slow"), *[a_mail("jan@klant.test") for _ in range(5)])
    assert (receipts[0].state, receipts[-1].state) == (State.SENT, State.LATER)
    taken = sum(receipt.state is State.SENT for receipt in receipts)
    assert len(host.received(at_least=taken)) == taken


def test_letters_before_the_at_sign_where_the_server_knows_them(host: MailHost) -> None:
    assert code_of(account(host), a_mail("bäcker@klant.test")) == (State.SENT, "mail_sent")


def test_a_domain_with_letters_in_its_wire_form(host: MailHost) -> None:
    assert code_of(account(host), a_mail("info@xn--bckerei-5wa.test")) == (State.SENT, "mail_sent")
    assert len(host.received("idn")) == 1


# --- the mailbox ---
def the_mailbox(host: MailHost, **changes: object) -> ImapMailbox:
    password = str(changes.pop("password", PASSWORD))
    return ImapMailbox(account(host, "submission", **changes), lambda: Password(password), seconds=60)


def test_a_copy_in_sent_can_be_found_again(host: MailHost) -> None:
    mail = a_mail("jan@klant.test")
    with closing(the_mailbox(host)) as mailbox:
        assert not mailbox.holds(MAIL_ID)
        mailbox.keep_sent(mail.message, datetime.now(UTC))
        assert mailbox.holds(MAIL_ID)
        assert not mailbox.holds("<iets.anders@bakkerij.test>")


def test_a_copy_to_the_bakery_itself_proves_that_the_mail_left(host: MailHost) -> None:
    sent(account(host), a_mail("jan@klant.test", USER))
    host.received(USER)
    with closing(the_mailbox(host)) as mailbox:
        assert mailbox.holds(MAIL_ID)


def test_what_another_server_refuses_afterwards_is_a_bounce(host: MailHost) -> None:
    sink = ["smtp-sink", "-u", "nobody", "-B", "550 5.1.1 mailbox bestaat niet", "-f", "RCPT"]
    with subprocess.Popen([*sink, f"127.0.0.1:{host.ports['broken']}", "5"]) as broken:
        try:
            await_listener(host.ports["broken"])
            assert code_of(account(host), a_mail(f"jan@{BOUNCES}")) == (State.SENT, "mail_sent")
            host.received(USER)
        finally:
            broken.terminate()
    with closing(the_mailbox(host)) as mailbox:
        (bounce,) = mailbox.bounces(datetime.now(UTC) - timedelta(days=14))
    assert (bounce.message_id, bounce.recipient) == (MAIL_ID, f"jan@{BOUNCES}")
    assert "550 5.1.1 mailbox bestaat niet" in bounce.detail


@pytest.mark.parametrize(
    "changes",
    [{"password": "fout"}, {"ca_file": None}, {"sent_copy_server": "localhost:1"}, {"sent_copy_server": "niets..test"}],
)
def test_a_mailbox_that_cannot_be_opened_says_why(host: MailHost, changes: dict[str, object]) -> None:
    with closing(the_mailbox(host, **changes)) as mailbox, pytest.raises(MailboxUnreachable) as raised:
        mailbox.holds(MAIL_ID)
    assert raised.value.facts["detail"]
    assert PASSWORD not in str(raised.value)
