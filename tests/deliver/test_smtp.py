"""Handing over mail to a real server, in every kind of connection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.mailer import BODY, SENDER, MailerContract, envelope, nothing
from factuurbode.deliver.credentials import password
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.ports import Envelope, Mailer
from support.mailserver import MailServer, mail_server

pytestmark = pytest.mark.smtp_tls
USER, PASSWORD = "bakker@bakkerij.test", "géheim €123"
KNOWN = password(lambda: PASSWORD)


def settings(server: MailServer, security: Security = Security.NONE, *, signed_in: bool = False) -> Mail:
    return Mail(
        server=server.host,
        port=server.port,
        security=security,
        sign_in=SignIn.PASSWORD if signed_in else SignIn.NONE,
        user=USER if signed_in else "",
        ca_file=None if security is Security.NONE else server.ca_file,
    )


class OverAServer(MailerContract):
    security: Security
    signed_in: bool

    @pytest.fixture
    def server(self, tmp_path: Path) -> Iterator[MailServer]:
        user, password = (USER, PASSWORD) if self.signed_in else ("", "")
        with mail_server(tmp_path, tls=self.security, user=user, password=password) as server:
            yield server

    @pytest.fixture
    def mailer(self, server: MailServer) -> Iterator[Mailer]:
        mailer = SmtpMailer(settings(server, self.security, signed_in=self.signed_in), KNOWN)
        yield mailer
        mailer.close()


class TestWithoutSecurity(OverAServer):
    security, signed_in = Security.NONE, False


class TestStartTls(OverAServer):
    security, signed_in = Security.STARTTLS, True


class TestImplicitTls(OverAServer):
    security, signed_in = Security.TLS, True


class TestTlsWithoutSignIn(OverAServer):
    security, signed_in = Security.STARTTLS, False


def test_the_password_goes_over_tls_only_once(tmp_path: Path) -> None:
    with mail_server(tmp_path, tls="starttls", user=USER, password=PASSWORD) as server:
        mailer = SmtpMailer(settings(server, Security.STARTTLS, signed_in=True), KNOWN)
        mailer.send(envelope(), nothing)
        mailer.close()
        steps = [command.split()[0] for command in server.commands()]
    assert steps[:6] == ["CONNECT", "EHLO", "STARTTLS", "EHLO", "AUTH", "JUDGED"]


@pytest.mark.parametrize("without", [("PLAIN",), ("LOGIN",)])
def test_each_way_to_sign_in_works(tmp_path: Path, without: tuple[str, ...]) -> None:
    with mail_server(tmp_path, user=USER, password=PASSWORD, without=without) as server:
        mailer = SmtpMailer(settings(server, signed_in=True), KNOWN)
        assert mailer.send(envelope(), nothing).state is State.SENT
        mailer.close()


def test_a_way_that_the_server_only_claims_to_know_is_left_for_the_next(tmp_path: Path) -> None:
    with mail_server(tmp_path, user=USER, password=PASSWORD) as server:
        server.fault("auth", "504 5.5.4 Unrecognized authentication type", match="PLAIN")
        mailer = SmtpMailer(settings(server, signed_in=True), KNOWN)
        assert mailer.send(envelope(), nothing).state is State.SENT
        mailer.close()
        assert "JUDGED LOGIN right" in server.commands()


def test_a_password_over_an_open_line_stays_unsaid_where_that_is_possible(tmp_path: Path) -> None:
    with mail_server(tmp_path, user=USER, password=PASSWORD, features=("AUTH CRAM-MD5",)) as server:
        server.fault("auth", "334 PDE4OTYuNjk3MTcwOTUyQHBvc3QudGVzdD4=", match="CRAM-MD5")
        mailer = SmtpMailer(settings(server, signed_in=True), KNOWN)
        receipt = mailer.send(envelope(), nothing)
        assert receipt.code == "mail_password_refused"
        assert "AUTH CRAM-MD5" in server.commands()
        assert not {"AUTH PLAIN", "AUTH LOGIN"} & set(server.commands())


def test_international_addresses_go_where_the_server_takes_them(tmp_path: Path) -> None:
    foreign = Envelope(SENDER, ("bäcker@klant.test",), BODY)
    with mail_server(tmp_path / "new", utf8=True) as server:
        mailer = SmtpMailer(settings(server))
        assert mailer.send(foreign, nothing).state is State.SENT
        assert mailer.send(envelope(), nothing).state is State.SENT
        mailer.close()
        asked = [command for command in server.commands() if command.startswith("MAIL")]
        assert ["SMTPUTF8" in command for command in asked] == [True, False]
    with mail_server(tmp_path / "old") as server:
        mailer = SmtpMailer(settings(server))
        receipt = mailer.send(foreign, nothing)
        assert (receipt.state, receipt.code) == (State.FAILED, "mail_address_unsupported")
        assert receipt.detail == "bäcker@klant.test"
        assert mailer.send(envelope(), nothing).state is State.SENT
        mailer.close()


@pytest.mark.parametrize(
    "address",
    [
        "jan@klant.test>\r\nRCPT TO:<dief@klant.test",
        "jan@klant.test\nBcc: dief@klant.test",
        "jan@klant.test;piet@klant.test",
        "jan@klant.test SIZE=1",
        "<jan@klant.test>",
        "Jan <jan@klant.test>",
        "jan",
        "",
    ],
)
def test_an_address_that_is_more_than_an_address_never_reaches_the_server(tmp_path: Path, address: str) -> None:
    with mail_server(tmp_path) as server:
        mailer = SmtpMailer(settings(server))
        for hostile in (Envelope(SENDER, (address,), BODY), Envelope(address, ("jan@klant.test",), BODY)):
            receipt = mailer.send(hostile, nothing)
            assert (receipt.state, receipt.code) == (State.FAILED, "mail_address_invalid")
        assert mailer.send(Envelope(SENDER, (), BODY), nothing).state is State.FAILED
        assert server.messages() == []


def test_a_body_without_line_ends_of_mail_arrives_with_them(tmp_path: Path) -> None:
    with mail_server(tmp_path) as server:
        mailer = SmtpMailer(settings(server))
        mailer.send(Envelope(SENDER, ("jan@klant.test",), b"Subject: x\n\n.a\r.b\n\r\nc"), nothing)
        mailer.close()
        (received,) = server.messages()
    assert received.content == b"Subject: x\r\n\r\n.a\r\n.b\r\n\r\nc\r\n"


def test_a_mailer_does_not_show_its_password() -> None:
    assert PASSWORD not in repr(SmtpMailer(Mail(server="smtp.bakkerij.test"), KNOWN))
