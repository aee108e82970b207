"""From consent to a mail that arrives: identity server, keyring, XOAUTH2 and a strict mail server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.mailer import envelope, nothing
from factuurbode.deliver.credentials import Credentials, consent
from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.deliver.oauth.consent import access_token, ask_consent
from factuurbode.deliver.oauth.microsoft import Microsoft
from factuurbode.deliver.oauth.vault import Vault
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from support.identity_server import CLIENT_ID, TENANT, USER, IdentityServer, identity_server
from support.keyrings import MemoryKeyring, memory_keyring
from support.token_mail import TokenMail, token_mail

pytestmark = pytest.mark.smtp_tls


@pytest.fixture(autouse=True)
def own_keyring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as memory:
        yield memory


@pytest.fixture
def identity(tmp_path: Path) -> Iterator[IdentityServer]:
    with identity_server(tmp_path / "identity") as server:
        yield server


@pytest.fixture
def server(tmp_path: Path, identity: IdentityServer) -> Iterator[TokenMail]:
    with token_mail(tmp_path / "mail", identity) as server:
        yield server


@pytest.fixture
def mail(server: TokenMail) -> Mail:
    return Mail(
        server="localhost",
        port=server.port,
        security=Security.TLS,
        sign_in=SignIn.OAUTH,
        user=USER,
        ca_file=server.ca_file,
    )


def provider(identity: IdentityServer) -> Microsoft:
    return Microsoft(CLIENT_ID, TENANT, "", host=identity.host, verify=identity.ca_file)


def credentials(mail: Mail, identity: IdentityServer) -> Credentials:
    return consent(lambda: access_token(mail, provider(identity), Vault(KeyringSecrets())))


def allow(mail: Mail, identity: IdentityServer) -> None:
    ask_consent(mail, provider(identity), Vault(KeyringSecrets()), identity.visit, device=False)


def test_a_mail_arrives_with_consent_alone(mail: Mail, identity: IdentityServer, server: TokenMail) -> None:
    allow(mail, identity)
    mailer = SmtpMailer(mail, credentials(mail, identity))
    assert mailer.send(envelope(), nothing).state is State.SENT
    mailer.close()
    assert len(server.messages) == 1


def test_nothing_is_asked_of_the_mail_server_before_there_is_consent(
    mail: Mail, identity: IdentityServer, server: TokenMail
) -> None:
    receipt = SmtpMailer(mail, credentials(mail, identity)).send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_consent_missing")
    assert server.said == []


def test_a_run_that_outlives_its_token_goes_on_with_the_next(
    mail: Mail, identity: IdentityServer, server: TokenMail
) -> None:
    identity.lifetime = 1
    allow(mail, identity)
    mailer = SmtpMailer(mail, credentials(mail, identity))
    for _ in range(2):
        assert mailer.send(envelope(), nothing).state is State.SENT
        mailer.close()  # as a server does that wants its connections renewed
    assert len(server.messages) == 2
    assert sum("refresh_token" in asked for asked in identity.asked) == 2


def test_consent_that_was_withdrawn_asks_again_and_then_works(
    mail: Mail, identity: IdentityServer, server: TokenMail
) -> None:
    identity.lifetime = 1
    allow(mail, identity)
    identity.revoke()
    receipt = SmtpMailer(mail, credentials(mail, identity)).send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_consent_expired")
    assert "invalid_grant" in receipt.detail
    allow(mail, identity)
    mailer = SmtpMailer(mail, credentials(mail, identity))
    assert mailer.send(envelope(), nothing).state is State.SENT
    mailer.close()


def test_a_token_that_the_mail_server_refuses_is_tried_once_and_the_challenge_is_answered_empty(
    mail: Mail, identity: IdentityServer, server: TokenMail
) -> None:
    allow(mail, identity)
    identity.access.clear()
    mailer = SmtpMailer(mail, credentials(mail, identity))
    for _ in range(2):
        receipt = mailer.send(envelope(), nothing)
        assert (receipt.state, receipt.code) == (State.LATER, "mail_token_refused")
        assert receipt.detail == server.refusal
    assert [said for said in server.said if "EHLO" not in said] == [
        "AUTH XOAUTH2",
        r"answered the challenge with b'\r\n'",
    ]


def test_a_short_token_goes_along_with_the_command(mail: Mail, server: TokenMail) -> None:
    server.judge = lambda _, token: token == "kort"
    mailer = SmtpMailer(mail, consent(lambda: "kort"))
    assert mailer.send(envelope(), nothing).state is State.SENT
    mailer.close()


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", "mail_smtp_switched_off"),
        ("454 4.7.0 Temporary authentication failure", "mail_temporary"),
        ("535 5.7.8 Username and Password not accepted", "mail_token_refused"),
    ],
)
def test_each_refusal_says_what_to_do(mail: Mail, server: TokenMail, refusal: str, code: str) -> None:
    server.refusal = refusal
    receipt = SmtpMailer(mail, consent(lambda: "onbekend")).send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, code)


def test_a_server_that_knows_no_tokens_gets_none(mail: Mail, server: TokenMail) -> None:
    server.offers = "PLAIN LOGIN"
    receipt = SmtpMailer(mail, consent(lambda: "kort")).send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_token_not_offered")
    assert not [said for said in server.said if "AUTH" in said]


def test_an_identity_server_that_is_away_is_for_later(mail: Mail, identity: IdentityServer, server: TokenMail) -> None:
    identity.lifetime = 1
    allow(mail, identity)
    identity.down = True
    receipt = SmtpMailer(mail, credentials(mail, identity)).send(envelope(), nothing)
    assert (receipt.state, receipt.code) == (State.LATER, "mail_identity_unreachable")
    assert server.said == []


def test_a_token_never_goes_over_an_open_line(mail: Mail, server: TokenMail, tmp_path: Path) -> None:
    from support.mailserver import mail_server

    with mail_server(tmp_path / "open", user="x", password="y", features=("AUTH XOAUTH2",)) as unprotected:
        settings = replace(mail, port=unprotected.port, security=Security.NONE)
        receipt = SmtpMailer(settings, consent(lambda: "kort")).send(envelope(), nothing)
        assert receipt.code == "mail_token_not_offered"
        assert not [command for command in unprotected.commands() if command.startswith("AUTH")]


def test_a_credential_is_never_shown(mail: Mail, identity: IdentityServer) -> None:
    allow(mail, identity)
    shown = credentials(mail, identity)
    told = repr(shown()) + repr(SmtpMailer(mail, shown))
    assert not [secret for secret in identity.secrets() if secret in told]
