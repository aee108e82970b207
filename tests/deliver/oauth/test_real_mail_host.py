"""Access tokens at a real mail server: Postfix lets Dovecot ask the identity server whether a token is good."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.mailer import BODY, nothing
from factuurbode.deliver.credentials import Credentials, consent
from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.deliver.oauth.consent import access_token, ask_consent
from factuurbode.deliver.oauth.microsoft import Microsoft
from factuurbode.deliver.oauth.vault import Vault
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.ports import Envelope
from support.identity_server import CLIENT_ID, TENANT, USER, IdentityServer, identity_server, introspection
from support.keyrings import memory_keyring
from support.mail_host import MailHost, can_run, mail_host

pytestmark = [
    pytest.mark.mail_host,
    pytest.mark.skipif(not can_run(), reason="needs root, Postfix and Dovecot (scripts/system-packages --tests)"),
]


@pytest.fixture(scope="module")
def host() -> Iterator[MailHost]:
    folder = Path(tempfile.mkdtemp(prefix="fb-"))
    with mail_host(folder) as running:
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def identity(tmp_path: Path, host: MailHost) -> Iterator[IdentityServer]:
    with memory_keyring(), identity_server(tmp_path) as server, introspection(server, host.ports["introspection"]):
        yield server
    host.forget()


@pytest.fixture(params=["submission", "tls"])
def mail(request: pytest.FixtureRequest, host: MailHost) -> Mail:
    security = Security.TLS if request.param == "tls" else Security.STARTTLS
    return Mail(
        server=host.host,
        port=host.ports[request.param],
        security=security,
        sign_in=SignIn.OAUTH,
        user=USER,
        ca_file=host.ca_file,
    )


def allow(mail: Mail, identity: IdentityServer) -> Credentials:
    provider = Microsoft(CLIENT_ID, TENANT, "", host=identity.host, verify=identity.ca_file)
    vault = Vault(KeyringSecrets())
    ask_consent(mail, provider, vault, identity.visit, device=False)
    return consent(lambda: access_token(mail, provider, vault))


def sent(mail: Mail, credentials: Credentials) -> tuple[State, str]:
    mailer = SmtpMailer(mail, credentials)
    receipt = mailer.send(Envelope(USER, ("jan@klant.test",), BODY), nothing)
    mailer.close()
    return receipt.state, receipt.code


def test_a_mail_goes_with_consent_and_without_a_password(mail: Mail, identity: IdentityServer, host: MailHost) -> None:
    assert sent(mail, allow(mail, identity)) == (State.SENT, "mail_sent")
    assert len(host.received()) == 1


def test_an_expired_token_is_renewed_and_the_mail_goes(mail: Mail, identity: IdentityServer, host: MailHost) -> None:
    identity.lifetime = 1
    credentials = allow(mail, identity)
    identity.lifetime = 3600
    assert sent(mail, credentials) == (State.SENT, "mail_sent")
    assert sum("refresh_token" in asked for asked in identity.asked) == 1


def test_a_token_that_is_no_longer_good_is_refused_once(mail: Mail, identity: IdentityServer, host: MailHost) -> None:
    credentials = allow(mail, identity)
    identity.expire()
    assert sent(mail, credentials) == (State.LATER, "mail_token_refused")


def test_a_withdrawn_consent_asks_again_and_then_the_mail_goes(
    mail: Mail, identity: IdentityServer, host: MailHost
) -> None:
    identity.lifetime = 1
    credentials = allow(mail, identity)
    identity.revoke()
    assert sent(mail, credentials) == (State.LATER, "mail_consent_expired")
    assert sent(mail, allow(mail, identity)) == (State.SENT, "mail_sent")
