"""Everything that goes wrong on the way to a mail server, and what the baker is told of it (R21)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.mailer import BODY, SENDER, envelope, nothing
from factuurbode.deliver.credentials import password
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.ports import Envelope
from support.mailserver import MailServer, mail_server

pytestmark = pytest.mark.smtp_tls
USER, PASSWORD = "bakker@bakkerij.test", "geheim-123"
SHORT, LONG = 1.0, 120.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as server:
        yield server


def plain(server: MailServer) -> Mail:
    return Mail(server=server.host, port=server.port, security=Security.NONE, sign_in=SignIn.NONE)


@pytest.fixture
def mailer(server: MailServer) -> Iterator[SmtpMailer]:
    mailer = SmtpMailer(plain(server), step_seconds=LONG, last_reply_seconds=LONG)
    yield mailer
    mailer.close()


@pytest.fixture
def impatient(server: MailServer) -> Iterator[SmtpMailer]:
    """For a server that never answers."""
    mailer = SmtpMailer(plain(server), step_seconds=SHORT, last_reply_seconds=SHORT)
    yield mailer
    mailer.close()


def outcome(settings: Mail, typed: str | None = None, *, step_seconds: float = LONG) -> tuple[State, str]:
    """What the first message meets, and that the second meets the same without another try."""
    mailer = SmtpMailer(settings, password(lambda: typed), step_seconds=step_seconds)
    receipt = mailer.send(envelope(), nothing)
    assert mailer.send(envelope(), nothing) == receipt
    mailer.close()
    return receipt.state, receipt.code


# --- before anything can be said: every message waits for the next run ---
def test_a_server_that_does_not_exist() -> None:
    assert outcome(Mail(server="smtp..test", security=Security.NONE, sign_in=SignIn.NONE)) == (
        State.LATER,
        "mail_server_unknown",
    )


def test_a_port_that_nobody_listens_at() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        closed = Mail(server="127.0.0.1", port=bound.getsockname()[1], security=Security.NONE, sign_in=SignIn.NONE)
        assert outcome(closed) == (State.LATER, "mail_port_refused")


def test_a_server_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mute = Mail(server="127.0.0.1", port=silent.getsockname()[1], security=Security.NONE, sign_in=SignIn.NONE)
        assert outcome(mute, step_seconds=SHORT) == (State.LATER, "mail_no_greeting")


def test_the_port_for_tls_without_tls(tmp_path: Path) -> None:
    with mail_server(tmp_path, tls="tls") as server:
        assert outcome(plain(server), step_seconds=SHORT) == (State.LATER, "mail_no_greeting")


def test_tls_on_the_port_without_it(server: MailServer) -> None:
    wrong = replace(plain(server), security=Security.TLS, ca_file=server.ca_file)
    assert outcome(wrong) == (State.LATER, "mail_tls_refused")


def test_starttls_that_is_not_offered(server: MailServer) -> None:
    wrong = replace(plain(server), security=Security.STARTTLS, ca_file=server.ca_file)
    assert outcome(wrong) == (State.LATER, "mail_starttls_missing")
    assert not any(command.startswith("MAIL") for command in server.commands())


def test_starttls_that_is_refused(tmp_path: Path) -> None:
    with mail_server(tmp_path, tls="starttls") as server:
        server.fault("starttls", "454 4.7.0 TLS not available")
        wrong = replace(plain(server), security=Security.STARTTLS, ca_file=server.ca_file)
        assert outcome(wrong) == (State.LATER, "mail_tls_refused")


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_for_another_name(tmp_path: Path, security: Security) -> None:
    with mail_server(tmp_path, tls=security, names=("elders.example",)) as server:
        settings = replace(plain(server), security=security, ca_file=server.ca_file)
        assert outcome(settings) == (State.LATER, "mail_certificate_name")
        assert server.messages() == []


def test_a_certificate_of_an_authority_that_nobody_knows(tmp_path: Path) -> None:
    with mail_server(tmp_path, tls="starttls", user=USER, password=PASSWORD) as server:
        settings = replace(plain(server), security=Security.STARTTLS, sign_in=SignIn.PASSWORD, user=USER)
        assert outcome(settings, PASSWORD) == (State.LATER, "mail_certificate_issuer")
        assert not any(command.startswith("AUTH") for command in server.commands())


def test_a_ca_file_that_is_not_there_or_not_one(tmp_path: Path) -> None:
    (tmp_path / "not.pem").write_text("hello", encoding="ascii")
    for name in ("absent.pem", "not.pem"):
        settings = Mail(server="127.0.0.1", sign_in=SignIn.NONE, ca_file=tmp_path / name)
        assert outcome(settings) == (State.LATER, "mail_ca_file")


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("554 5.7.1 Your address is blocked", "mail_relay_denied"),
        ("421 4.7.0 Too many connections", "mail_temporary"),
        ("421 4.7.28 Flood", "mail_limit"),
        ("nonsense", "mail_no_greeting"),
    ],
)
def test_a_server_that_does_not_welcome_us(server: MailServer, reply: str, code: str) -> None:
    server.fault("greeting", reply)
    assert outcome(plain(server)) == (State.LATER, code)


def test_a_server_that_only_knows_helo(server: MailServer, mailer: SmtpMailer) -> None:
    server.fault("ehlo", "502 5.5.1 Not implemented")
    assert mailer.send(envelope(), nothing).state is State.SENT


# --- signing in ---
def test_a_wrong_password_is_tried_once_in_a_run(tmp_path: Path) -> None:
    with mail_server(tmp_path, tls="starttls", user=USER, password=PASSWORD) as server:
        settings = replace(
            plain(server), security=Security.STARTTLS, ca_file=server.ca_file, sign_in=SignIn.PASSWORD, user=USER
        )
        assert outcome(settings, "fout") == (State.LATER, "mail_password_refused")
        tries = [command for command in server.commands() if command.startswith("JUDGED")]
    assert tries == ["JUDGED PLAIN wrong"]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("535 5.7.8 Username and Password not accepted", "mail_password_refused"),
        ("535 Authentication failed", "mail_password_refused"),
        ("534 5.7.9 Application-specific password required", "mail_app_password"),
        ("534 Please log in with your web browser", "mail_app_password"),
        ("550 5.7.30 Basic authentication is not supported", "mail_oauth_needed"),
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled", "mail_oauth_needed"),
        ("454 4.7.0 Temporary authentication failure", "mail_temporary"),
    ],
)
def test_what_the_server_says_of_a_sign_in(tmp_path: Path, reply: str, code: str) -> None:
    with mail_server(tmp_path, user=USER, password=PASSWORD) as server:
        server.fault("auth", reply)
        settings = replace(plain(server), sign_in=SignIn.PASSWORD, user=USER)
        assert outcome(settings, PASSWORD) == (State.LATER, code)


def test_a_password_that_is_not_kept_anywhere(server: MailServer) -> None:
    assert outcome(replace(plain(server), sign_in=SignIn.PASSWORD, user=USER)) == (State.LATER, "mail_password_missing")


def test_a_server_without_sign_in(server: MailServer) -> None:
    settings = replace(plain(server), sign_in=SignIn.PASSWORD, user=USER)
    assert outcome(settings, PASSWORD) == (State.LATER, "mail_sign_in_not_offered")


def test_a_server_that_wants_a_sign_in(tmp_path: Path) -> None:
    with mail_server(tmp_path, user=USER, password=PASSWORD) as server:
        assert outcome(plain(server)) == (State.LATER, "mail_sign_in_needed")


def test_a_server_that_wants_tls(tmp_path: Path) -> None:
    with mail_server(tmp_path, tls="starttls", user=USER, password=PASSWORD) as server:
        assert outcome(plain(server)) == (State.LATER, "mail_tls_needed")
        signed_in = replace(plain(server), sign_in=SignIn.PASSWORD, user=USER)
        assert outcome(signed_in, PASSWORD) == (State.LATER, "mail_tls_needed")


@pytest.mark.parametrize("reply", ["334 VXNlcm5hbWU6", "535 5.7.8 No"])
def test_a_sign_in_that_never_ends_or_fails_halfway(tmp_path: Path, reply: str) -> None:
    with mail_server(tmp_path, features=("AUTH LOGIN",)) as server:
        server.fault("auth", reply)
        settings = replace(plain(server), sign_in=SignIn.PASSWORD, user=USER)
        assert outcome(settings, PASSWORD) == (State.LATER, "mail_password_refused")


def test_a_challenge_that_is_none(tmp_path: Path) -> None:
    with mail_server(tmp_path, features=("AUTH CRAM-MD5",)) as server:
        server.fault("auth", "334 x")
        settings = replace(plain(server), sign_in=SignIn.PASSWORD, user=USER)
        assert outcome(settings, PASSWORD) == (State.LATER, "mail_connection_lost")


# --- one message ---
@pytest.mark.parametrize(
    ("at", "reply", "state", "code"),
    [
        ("mail", "553 5.7.1 <bakker@bakkerij.test>: not owned by user", State.FAILED, "mail_sender_refused"),
        ("mail", "550 Sender unknown", State.FAILED, "mail_sender_refused"),
        ("mail", "450 4.1.8 Domain not found", State.LATER, "mail_temporary"),
        ("mail", "552 5.3.4 Message too big", State.FAILED, "mail_too_large"),
        ("mail", "550 5.4.5 Daily sending quota exceeded", State.LATER, "mail_limit"),
        ("rcpt", "550 5.1.1 User unknown", State.FAILED, "mail_recipient_refused"),
        ("rcpt", "550 No such user", State.FAILED, "mail_recipient_refused"),
        ("rcpt", "552 5.2.2 Mailbox full", State.FAILED, "mail_mailbox_full"),
        ("rcpt", "452 4.2.2 Mailbox full", State.LATER, "mail_mailbox_full"),
        ("rcpt", "450 4.7.1 Greylisted", State.LATER, "mail_greylisted"),
        ("rcpt", "554 5.7.1 Relay access denied", State.FAILED, "mail_relay_denied"),
        ("rcpt", "551 User not local", State.FAILED, "mail_relay_denied"),
        ("rcpt", "553 5.7.1 Sender address rejected", State.FAILED, "mail_sender_refused"),
        ("rcpt", "452 4.5.3 Too many recipients", State.LATER, "mail_limit"),
        ("data", "554 5.7.1 No", State.FAILED, "mail_spam"),
        ("data", "554 No", State.FAILED, "mail_message_refused"),
        ("data", "451 4.3.0 Not now", State.LATER, "mail_temporary"),
        ("dot", "554 5.7.1 Rejected as spam", State.FAILED, "mail_spam"),
        ("dot", "552 Too much mail data", State.FAILED, "mail_too_large"),
        ("dot", "550 5.4.5 Daily user sending limit exceeded", State.LATER, "mail_limit"),
        ("dot", "451 4.7.1 Greylisted", State.LATER, "mail_greylisted"),
        ("dot", "550 5.7.26 Unauthenticated sender", State.FAILED, "mail_sender_refused"),
    ],
)
def test_a_refusal_tells_its_cause_and_the_next_message_goes(
    server: MailServer, mailer: SmtpMailer, at: str, reply: str, state: State, code: str
) -> None:
    server.fault(at, reply, times=1)
    receipt = mailer.send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (state, code)
    assert receipt.detail.endswith(reply)
    assert server.messages() == []
    assert mailer.send(envelope(), nothing).state is State.SENT
    assert server.commands().count("CONNECT") == 1


def test_a_message_over_the_limit_of_the_server_is_told_before_it_is_sent(tmp_path: Path) -> None:
    with mail_server(tmp_path, size_limit=1000) as server:
        mailer = SmtpMailer(plain(server))
        receipt = mailer.send(envelope(), lambda refused: pytest.fail(str(refused)))
        mailer.close()
        assert (receipt.state, receipt.code) == (State.FAILED, "mail_too_large")
        assert "DATA" not in server.commands()


def test_a_server_that_shuts_down_between_recipients_is_for_later(server: MailServer, mailer: SmtpMailer) -> None:
    server.fault("rcpt", "421 4.3.2 Shutting down", match="piet@", times=1)
    receipt = mailer.send(envelope("jan@klant.test", "piet@klant.test"), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_temporary")
    assert receipt.detail == "piet@klant.test: 421 4.3.2 Shutting down"
    assert mailer.send(envelope(), nothing).state is State.SENT


@pytest.mark.parametrize("at", ["mail", "rcpt"])
def test_an_answer_out_of_turn_is_no_answer(server: MailServer, mailer: SmtpMailer, at: str) -> None:
    server.fault(at, "354 go on", times=2)
    receipt = mailer.send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_connection_lost")
    assert mailer.send(envelope(), nothing).state is State.SENT


@pytest.mark.parametrize("how", [{"close": True}, {"reply": "500 no"}])
def test_a_server_that_cannot_forget_is_left(server: MailServer, mailer: SmtpMailer, how: dict[str, object]) -> None:
    server.fault("rcpt", "550 5.1.1 User unknown", times=1)
    server.fault("rset", **how)  # type: ignore[arg-type]
    assert mailer.send(envelope(), nothing).code == "mail_recipient_refused"
    assert mailer.send(envelope(), nothing).state is State.SENT
    assert server.commands().count("CONNECT") == 2


def test_all_refused_recipients_are_told_and_a_final_no_weighs_most(server: MailServer, mailer: SmtpMailer) -> None:
    server.fault("rcpt", "450 4.2.0 Greylisted", match="later@")
    server.fault("rcpt", "550 5.1.1 User unknown", match="weg@")
    receipt = mailer.send(envelope("later@klant.test", "weg@klant.test"), nothing)
    assert (receipt.state, receipt.code) == (State.FAILED, "mail_recipient_refused")
    assert receipt.detail == "later@klant.test: 450 4.2.0 Greylisted; weg@klant.test: 550 5.1.1 User unknown"


# --- the line goes ---


@pytest.mark.parametrize("at", ["mail", "rcpt", "data", "body"])
@pytest.mark.parametrize("how", [{"close": True}, {"reply": "25", "cut": True}])
def test_before_the_body_is_whole_a_lost_line_is_for_later(
    server: MailServer, mailer: SmtpMailer, at: str, how: dict[str, object]
) -> None:
    server.fault(at, **how)  # type: ignore[arg-type]
    told: list[object] = []
    receipt = mailer.send(Envelope(SENDER, ("jan@klant.test",), BODY * 40), told.append)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_connection_lost")
    assert not told
    server.heal()
    assert mailer.send(envelope(), nothing).state is State.SENT


def test_a_server_that_stops_answering_before_the_body_is_for_later(server: MailServer, impatient: SmtpMailer) -> None:
    server.fault("rcpt", hang=True)
    receipt = impatient.send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_connection_lost")


@pytest.mark.parametrize("at", ["dot", "stored"])
@pytest.mark.parametrize(
    "how",
    [
        {"close": True},
        {"reply": "25", "cut": True},
        {"reply": "250 2.0.0 O", "cut": True},
        {"reply": "250-2.0.0 Ok", "close": True},
        {"reply": "250-2.0.0 Ok\r\n550 5.0.0 No", "close": True},
        {"reply": "5", "cut": True},
        {"reply": "354 go on", "close": True},
        {"reply": "hello", "close": True},
        {"reply": "999 strange", "close": True},
    ],
    ids=str,
)
def test_after_the_final_dot_only_a_whole_answer_ends_the_doubt(
    server: MailServer, mailer: SmtpMailer, at: str, how: dict[str, object]
) -> None:
    server.fault(at, **how)  # type: ignore[arg-type]
    told: list[object] = []
    receipt = mailer.send(envelope(), told.append)
    assert (receipt.state, receipt.code) == (State.IN_DOUBT, "mail_in_doubt")
    assert told == [()]
    server.heal()
    assert mailer.send(envelope(), nothing).state is State.SENT


@pytest.mark.parametrize("at", ["dot", "stored"])
def test_a_server_that_never_answers_the_final_dot_leaves_a_doubt(
    server: MailServer, mailer: SmtpMailer, impatient: SmtpMailer, at: str
) -> None:
    server.fault(at, hang=True)
    told: list[object] = []
    receipt = impatient.send(envelope(), told.append)
    assert (receipt.state, receipt.code) == (State.IN_DOUBT, "mail_in_doubt")
    assert told == [()]
    server.heal()
    assert mailer.send(envelope(), nothing).state is State.SENT


def test_a_connection_that_lost_its_place_is_not_used_again(server: MailServer, mailer: SmtpMailer) -> None:
    server.fault("dot", "354 go on", times=1)
    assert mailer.send(envelope(), nothing).state is State.IN_DOUBT
    assert mailer.send(envelope(), nothing).state is State.SENT
    assert server.commands().count("CONNECT") == 2


def test_the_last_answer_may_take_its_time(server: MailServer) -> None:
    server.fault("dot", delay=4)
    patient = SmtpMailer(plain(server), step_seconds=3, last_reply_seconds=LONG)
    assert patient.send(envelope(), nothing).state is State.SENT
    patient.close()


def test_a_line_that_was_cut_between_two_messages_is_opened_again_once(server: MailServer, mailer: SmtpMailer) -> None:
    assert mailer.send(envelope(), nothing).state is State.SENT
    for how in ({"close": True}, {"reply": "421 4.4.2 Idle for too long", "close": True}, {"reply": "421 Enough"}):
        server.fault("mail", times=1, **how)
        assert mailer.send(envelope(), nothing).state is State.SENT
    assert server.commands().count("CONNECT") == 4
    assert len(server.messages()) == 4


def test_a_line_that_is_cut_again_is_for_later(server: MailServer, mailer: SmtpMailer) -> None:
    assert mailer.send(envelope(), nothing).state is State.SENT
    server.fault("mail", close=True)
    assert mailer.send(envelope(), nothing).state is State.LATER
    assert server.commands().count("CONNECT") == 3  # the kept one, a new one, and one more chance


def test_a_message_is_never_handed_over_twice_by_itself(server: MailServer, mailer: SmtpMailer) -> None:
    assert mailer.send(envelope(), nothing).state is State.SENT
    server.fault("stored", close=True, times=1)
    assert mailer.send(envelope(), nothing).state is State.IN_DOUBT
    assert len(server.messages()) == 2


def test_a_server_that_dies_in_a_run_bars_the_rest_of_it(server: MailServer, mailer: SmtpMailer) -> None:
    assert mailer.send(envelope(), nothing).state is State.SENT
    server.stop()
    receipt = mailer.send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_port_refused")


@pytest.mark.parametrize("how", [{"close": True}, {"reply": "500 no"}, {"reply": "22", "cut": True}])
def test_a_goodbye_that_fails_changes_nothing(server: MailServer, mailer: SmtpMailer, how: dict[str, object]) -> None:
    server.fault("quit", **how)  # type: ignore[arg-type]
    assert mailer.send(envelope(), nothing).state is State.SENT
    mailer.close()
    assert len(server.messages()) == 1


def test_what_was_said_before_tls_is_not_believed() -> None:
    def attacked() -> None:
        line, _ = listener.accept()
        with line, line.makefile("rb") as asked:
            line.sendall(b"220 hello\r\n")
            asked.readline()
            line.sendall(b"250-hello\r\n250 STARTTLS\r\n")
            asked.readline()
            line.sendall(b"220 go ahead\r\n250 injected\r\n")
            said.append(asked.readline())

    said: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as pool:
        attack = pool.submit(attacked)
        settings = Mail(server="127.0.0.1", port=listener.getsockname()[1], sign_in=SignIn.NONE)
        receipt = SmtpMailer(settings).send(envelope(), nothing)
        attack.result(10)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_tls_refused")
    assert "before TLS" in receipt.detail
    assert said == [b""]
