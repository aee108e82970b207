"""Consent at an identity server: in a browser, by a code, refreshed, refused, withdrawn."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factuurbode.deliver.oauth import google as google_module
from factuurbode.deliver.oauth import microsoft as microsoft_module
from factuurbode.deliver.oauth.google import Google
from factuurbode.deliver.oauth.identity import IdentityProvider, Invitation
from factuurbode.deliver.oauth.microsoft import Microsoft
from factuurbode.errors import (
    ConsentExpired,
    ConsentRefused,
    ConsentTimedOut,
    DeviceCodeUnknown,
    IdentityUnreachable,
)
from support.identity_server import CLIENT_ID, CLIENT_SECRET, TENANT, USER, IdentityServer, identity_server

THANKS = "U kunt dit venster sluiten."


def microsoft(server: IdentityServer) -> Microsoft:
    return Microsoft(CLIENT_ID, TENANT, THANKS, host=server.host, verify=server.ca_file)


def google(server: IdentityServer) -> Google:
    server.secret_needed = True
    base = f"https://{server.host}/google"
    return Google(
        CLIENT_ID, CLIENT_SECRET, THANKS, ask_at=f"{base}/authorize", tokens_at=f"{base}/token", verify=server.ca_file
    )


PROVIDERS = [microsoft, google]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[IdentityServer]:
    with identity_server(tmp_path / "identity") as server:
        yield server


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest, server: IdentityServer) -> IdentityProvider:
    made: IdentityProvider = request.param(server)
    return made


def test_a_browser_brings_consent_and_the_token_is_valid(server: IdentityServer, provider: IdentityProvider) -> None:
    fresh = provider.ask(USER, server.visit, device=False)
    assert fresh.token in server.access


def test_what_was_kept_gives_the_same_token_without_asking_anyone(
    server: IdentityServer, provider: IdentityProvider
) -> None:
    fresh = provider.ask(USER, server.visit, device=False)
    tokens_given = len(server.access)
    again = provider.renew(USER, fresh.kept)
    assert again.token == fresh.token
    assert len(server.access) == tokens_given


def test_a_token_that_is_too_old_is_renewed_silently_and_what_must_be_kept_changes(
    server: IdentityServer, provider: IdentityProvider
) -> None:
    server.lifetime = 1
    fresh = provider.ask(USER, server.visit, device=False)
    server.lifetime = 3600
    again = provider.renew(USER, fresh.kept)
    assert again.token != fresh.token
    assert again.token in server.access
    assert again.kept != fresh.kept
    assert provider.renew(USER, again.kept).token == again.token


def test_a_consent_that_was_withdrawn_is_told_as_such(server: IdentityServer, provider: IdentityProvider) -> None:
    server.lifetime = 1
    fresh = provider.ask(USER, server.visit, device=False)
    server.revoke()
    with pytest.raises(ConsentExpired) as expired:
        provider.renew(USER, fresh.kept)
    assert expired.value.facts["user"] == USER
    assert "invalid_grant" in expired.value.facts["detail"]
    assert fresh.token not in str(expired.value.facts)


@pytest.mark.parametrize("damaged", ["", "geen json", "{}"])
def test_what_was_kept_and_is_damaged_asks_for_consent_again(provider: IdentityProvider, damaged: str) -> None:
    with pytest.raises(ConsentExpired):
        provider.renew(USER, damaged)


def test_a_person_who_says_no_is_heard(server: IdentityServer, provider: IdentityProvider) -> None:
    server.person_says = "access_denied"
    with pytest.raises(ConsentRefused) as refused:
        provider.ask(USER, server.visit, device=False)
    assert "access_denied" in refused.value.facts["detail"]


def test_a_person_who_never_answers_is_not_waited_for_without_end(
    server: IdentityServer, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (google_module, microsoft_module):
        monkeypatch.setattr(module, "PATIENCE", 0.2)
    with pytest.raises(ConsentTimedOut):
        provider.ask(USER, lambda _: None, device=False)


def test_an_answer_to_another_question_is_passed_over(server: IdentityServer, provider: IdentityProvider) -> None:
    refused: list[int] = []

    def forged(invitation: Invitation) -> None:
        landing = invitation.address.partition("redirect_uri=")[2].partition("&")[0]
        for path in ("/favicon.ico", "/?code=x&state=geraden", "/?error=x", "/?code=x"):
            with pytest.raises(urllib.error.HTTPError) as answer:
                urllib.request.urlopen(f"{urllib.parse.unquote(landing)}{path}")  # noqa: S310 - our own address
            refused.append(answer.value.code)
            answer.value.close()
        server.visit(invitation)

    assert provider.ask(USER, forged, device=False).token in server.access
    assert refused == [404] * 4


def test_a_sign_in_server_that_is_away_or_unwell_is_not_a_withdrawn_consent(
    server: IdentityServer, provider: IdentityProvider
) -> None:
    server.lifetime = 1
    fresh = provider.ask(USER, server.visit, device=False)
    server.down = True
    with pytest.raises(IdentityUnreachable):
        provider.renew(USER, fresh.kept)


def test_a_certificate_that_nobody_vouches_for_is_no_sign_in_server(server: IdentityServer) -> None:
    with pytest.raises(IdentityUnreachable):
        Microsoft(CLIENT_ID, TENANT, THANKS, host=server.host).ask(USER, server.visit, device=False)
    assert server.asked == []


def test_a_code_for_another_device_is_asked_about_until_the_person_has_typed_it(server: IdentityServer) -> None:
    server.pending = 2
    shown: list[Invitation] = []

    def invite(invitation: Invitation) -> None:
        shown.append(invitation)
        server.visit(invitation)

    fresh = microsoft(server).ask(USER, invite, device=True)
    assert fresh.token in server.access
    assert [(one.address, one.code) for one in shown] == [(f"https://{server.host}/device", "BAKK-ERIJ")]
    assert sum("device_code" in asked for asked in server.asked) == 3


@pytest.mark.parametrize(
    ("answer", "said"), [("authorization_declined", ConsentRefused), ("expired_token", ConsentTimedOut)]
)
def test_a_code_that_is_refused_or_grows_old_gives_no_consent(
    server: IdentityServer, answer: str, said: type[Exception]
) -> None:
    server.person_says = answer
    with pytest.raises(said):
        microsoft(server).ask(USER, server.visit, device=True)


@pytest.mark.parametrize("mailbox", [False, True])
def test_no_more_is_asked_for_than_is_needed(server: IdentityServer, mailbox: bool) -> None:
    shown: list[Invitation] = []

    def invite(invitation: Invitation) -> None:
        shown.append(invitation)
        server.visit(invitation)

    provider = Microsoft(CLIENT_ID, TENANT, THANKS, mailbox=mailbox, host=server.host, verify=server.ca_file)
    provider.ask(USER, invite, device=False)
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(shown[0].address).query)["scope"][0].split()
    assert "https://outlook.office.com/SMTP.Send" in asked
    assert ("https://outlook.office.com/IMAP.AccessAsUser.All" in asked) == mailbox


def test_google_gives_no_codes_for_mail(server: IdentityServer) -> None:
    with pytest.raises(DeviceCodeUnknown):
        google(server).ask(USER, server.visit, device=True)


def test_no_secret_is_shown(server: IdentityServer, provider: IdentityProvider, caplog: Any, capfd: Any) -> None:
    caplog.set_level("DEBUG")
    fresh = provider.ask(USER, server.visit, device=False)
    told = repr(fresh) + repr(provider) + caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in server.secrets() if secret in told]
