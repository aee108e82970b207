"""Nothing that a run leaves behind holds a password or a token, however it ends: every file and word is searched."""

from __future__ import annotations

import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

import keyring
import pytest

from factuurbode import bootstrap
from factuurbode.deliver import smtp_session
from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.deliver.oauth.consent import ask_consent
from factuurbode.deliver.oauth.microsoft import Microsoft
from factuurbode.deliver.oauth.vault import Vault
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.workbook.reader import read_ledger
from support.bakery import Bakery
from support.identity_server import CLIENT_ID, TENANT, USER, IdentityServer, identity_server, in_place_of_microsoft
from support.keyrings import MemoryKeyring, memory_keyring
from support.mailserver import MailServer, mail_server
from support.passwords import SECRET, as_excel_keeps_texts, password_in_settings
from support.token_mail import TokenMail, token_mail

pytestmark = [pytest.mark.libreoffice, pytest.mark.smtp_tls]


@pytest.fixture(autouse=True)
def passwords() -> Iterator[MemoryKeyring]:
    with memory_keyring() as memory:
        yield memory


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "server", tls="tls", user=USER, password=SECRET) as running:
        yield running


@pytest.fixture
def signed_in(bakery: Bakery) -> Bakery:
    """A bakery whose password somebody typed into a cell."""
    bakery.settings = {
        "mail.server": "localhost",
        "mail.security": "tls",
        "mail.sign_in": "password",
        "mail.user": USER,
        "mail.sender": USER,
        "mail.ca_file": str(bakery.server.ca_file),
    }
    bakery.opens()
    password_in_settings(bakery.book)
    as_excel_keeps_texts(bakery.book)
    return bakery


@pytest.fixture
def identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityServer]:
    with identity_server(tmp_path / "identity") as running:
        monkeypatch.setattr(bootstrap, "identity_provider", in_place_of_microsoft(running))
        yield running


@pytest.fixture
def token_server(tmp_path: Path, identity: IdentityServer) -> Iterator[TokenMail]:
    with token_mail(tmp_path / "mail", identity) as running:
        yield running


@pytest.fixture
def consenting(bakery: Bakery, token_server: TokenMail, identity: IdentityServer) -> Bakery:
    """A bakery that has given consent at its provider."""
    bakery.settings = {
        "mail.server": "localhost",
        "mail.port": token_server.port,
        "mail.security": "tls",
        "mail.sign_in": "oauth",
        "mail.user": USER,
        "mail.sender": USER,
        "mail.client_id": CLIENT_ID,
        "mail.ca_file": str(token_server.ca_file),
    }
    bakery.opens()
    mail = read_ledger(bakery.book).settings.mail
    provider = Microsoft(CLIENT_ID, TENANT, "", host=identity.host, verify=identity.ca_file)
    ask_consent(mail, provider, Vault(KeyringSecrets()), identity.visit, device=False)
    return bakery


def left_behind(bakery: Bakery) -> Iterator[tuple[str, bytes]]:
    """Every file of the bakery and its notes of mishaps, and each part of those that are packages."""
    root = bakery.book.parent.parent
    for place in (bakery.book.parent, root / "state"):
        for path in sorted(place.rglob("*")):
            if path.is_file():
                yield str(path), path.read_bytes()
                if zipfile.is_zipfile(path):
                    with zipfile.ZipFile(path) as package:
                        for name in package.namelist():
                            yield f"{path}!{name}", package.read(name)


def forms(secret: str) -> Iterator[bytes]:
    """A secret as it may be met: as it is, and as it goes over the wire."""
    for text in (secret, f"\0{USER}\0{secret}", f"user={USER}\1auth=Bearer {secret}\1\1"):
        yield text.encode()
        yield b64encode(text.encode())


def nothing_told(bakery: Bakery, words: str, secrets: Iterable[str]) -> None:
    files = dict(left_behind(bakery))
    assert any(name.endswith(".factuurbode.db") for name in files)
    for secret in secrets:
        for form in forms(secret):
            assert [name for name, content in files.items() if form in content] == []
            assert form.decode() not in words


def all_commands(bakery: Bakery) -> str:
    """What a person may do on a day, and every word that was said."""
    page = bakery.book.parent / "verslag.html"
    told = [
        bakery.types("check").words,
        bakery.types("customer-copies", "--report", str(page)).words,
        bakery.types("status", "--json").words,
        bakery.types("doctor").words,
    ]
    return " ".join(told)


def test_a_run_that_went_well(signed_in: Bakery) -> None:
    words = all_commands(signed_in)
    assert signed_in.mails == 1
    assert "stond een wachtwoord" in words
    nothing_told(signed_in, words, [SECRET])


def test_a_sign_in_that_is_refused_by_a_server_that_repeats_what_it_was_given(signed_in: Bakery) -> None:
    plain = b64encode(f"\0{USER}\0{SECRET}".encode()).decode()
    signed_in.server.fault("auth", f"535 5.7.8 no such password: {SECRET} ({plain})")
    words = all_commands(signed_in)
    assert signed_in.shown == {"2026-0001": {Channel.MAIL: State.LATER}}
    assert "535 5.7.8 no such password: …" in words
    nothing_told(signed_in, words, [SECRET])


def test_an_answer_that_is_no_answer_repeats_what_it_was_given(signed_in: Bakery) -> None:
    signed_in.server.fault("auth", f"what is {SECRET}?")
    nothing_told(signed_in, all_commands(signed_in), [SECRET])


def test_a_mistake_in_the_program_in_the_middle_of_signing_in(
    signed_in: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(wire: object, offered: object, user: str, password: str, *, protected: bool) -> None:
        raise RuntimeError(f"cannot sign in as {user} with {password}")

    monkeypatch.setattr(smtp_session, "sign_in", mistaken)
    words = signed_in.types("customer-copies").words
    assert "RuntimeError" in words
    (log,) = (signed_in.book.parent.parent / "state" / "factuurbode").glob("*.txt")
    assert f"cannot sign in as {USER} with …" in log.read_text(encoding="utf-8")
    nothing_told(signed_in, words, [SECRET])


def test_a_keyring_that_says_too_much(signed_in: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    def talkative(service: str, username: str, password: str) -> None:
        raise OSError(f"cannot keep {password}")

    monkeypatch.setattr(keyring.get_keyring(), "set_password", talkative)
    words = signed_in.types("check").words
    assert "kon daar niet weg" in words
    assert SECRET not in words


def test_a_run_with_consent(consenting: Bakery, identity: IdentityServer, token_server: TokenMail) -> None:
    words = all_commands(consenting)
    assert len(token_server.messages) == 1
    assert identity.secrets()
    nothing_told(consenting, words, identity.secrets())


def test_a_token_that_is_refused_by_a_server_that_repeats_it(
    consenting: Bakery, identity: IdentityServer, token_server: TokenMail
) -> None:
    (token,) = identity.access
    token_server.judge = lambda *_: False
    token_server.refusal = f"535 5.7.3 {token}"
    words = all_commands(consenting)
    assert "factuurbode signin" in words
    nothing_told(consenting, words, identity.secrets())


def test_a_consent_that_was_withdrawn(consenting: Bakery, identity: IdentityServer, token_server: TokenMail) -> None:
    known = identity.secrets()
    identity.lifetime = 1
    mail = read_ledger(consenting.book).settings.mail
    provider = Microsoft(CLIENT_ID, TENANT, "", host=identity.host, verify=identity.ca_file)
    ask_consent(mail, provider, Vault(KeyringSecrets()), identity.visit, device=False)
    known |= identity.secrets()
    identity.revoke()
    words = all_commands(consenting)
    assert "verlopen of ingetrokken" in words
    nothing_told(consenting, words, known)


def test_a_mistake_in_the_program_while_a_token_is_at_hand(
    consenting: Bakery, identity: IdentityServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(wire: object, offered: object, user: str, token: str) -> None:
        raise RuntimeError(token)

    monkeypatch.setattr(smtp_session, "sign_in_with_token", mistaken)
    words = consenting.types("customer-copies").words
    assert "RuntimeError" in words
    nothing_told(consenting, words, identity.secrets())
