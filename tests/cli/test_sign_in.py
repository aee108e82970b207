"""`factuurbode signin` and `password`: asked once, kept in the keyring, nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from factuurbode import bootstrap
from factuurbode.cli import main
from factuurbode.deliver.oauth.identity import Invitation
from factuurbode.deliver.smtp_trial import tried_out
from factuurbode.workbook.reader import read_ledger
from support.identity_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    USER,
    IdentityServer,
    identity_server,
    in_place_of_each,
)
from support.keyrings import MemoryKeyring
from support.token_mail import TokenMail, token_mail
from support.workbooks import Row, small_book

Captured = pytest.CaptureFixture[str]
PASSWORD = "heel-geheim-wachtwoord"


@pytest.fixture
def identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityServer]:
    """The identity server, in the place of Microsoft's and Google's; the person at the browser says yes."""
    with identity_server(tmp_path / "identity") as server:
        monkeypatch.setattr(bootstrap, "identity_provider", in_place_of_each(server))
        monkeypatch.setattr(
            "factuurbode.cli.sign_in.open_in_browser", lambda address: server.visit(Invitation(address))
        )
        yield server


@pytest.fixture
def server(tmp_path: Path, identity: IdentityServer) -> Iterator[TokenMail]:
    with token_mail(tmp_path / "mail", identity) as server:
        yield server


def a_book(folder: Path, **settings: object) -> Path:
    mail: Row = {
        "mail.server": "localhost",
        "mail.sign_in": "oauth",
        "mail.security": "tls",
        "mail.user": USER,
        "mail.client_id": CLIENT_ID,
        "mail.provider": "Microsoft 365",
    }
    given = {f"mail.{name}": value for name, value in settings.items()}
    return small_book(folder / "boek.xlsx", settings={**mail, **given})  # type: ignore[dict-item]


def typing(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    asked: list[str] = []
    left = iter(answers)

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return next(left)

    monkeypatch.setattr("getpass.getpass", typed)
    return asked


def test_consent_in_the_browser_lets_mail_in(
    tmp_path: Path, identity: IdentityServer, server: TokenMail, passwords: MemoryKeyring, capsys: Captured
) -> None:
    book = a_book(tmp_path, port=server.port, ca_file=str(server.ca_file))
    assert main(["--lang", "nl", "signin", str(book)]) == 0
    out = capsys.readouterr().out
    assert "Zo meldt u zich aan bij Microsoft 365:" in out
    assert f"ga dan zelf naar: https://{identity.host}/" in out
    assert f"De toestemming voor {USER} is bewaard" in out
    mail = read_ledger(book).settings.mail
    assert tried_out(mail, bootstrap.credentials_for(mail)) is None
    assert not [secret for secret in identity.secrets() if secret in out]
    assert {entry[0] for entry in passwords.kept} == {"factuurbode:oauth:localhost"}


def test_consent_on_another_device_needs_no_browser(
    tmp_path: Path,
    identity: IdentityServer,
    passwords: MemoryKeyring,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(address: str) -> bool:
        raise AssertionError(address)

    monkeypatch.setattr("factuurbode.cli.sign_in.open_in_browser", nowhere)
    identity.pending = 1
    identity.types_every_code = True
    assert main(["--lang", "nl", "signin", str(a_book(tmp_path)), "--device"]) == 0
    out = capsys.readouterr().out
    assert f"Ga op een apparaat naar https://{identity.host}/device en typ daar deze code: BAKK-ERIJ" in out


def test_google_asks_for_the_client_secret_once(
    tmp_path: Path, identity: IdentityServer, passwords: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity.secret_needed = True
    asked = typing(monkeypatch, CLIENT_SECRET)
    book = a_book(tmp_path, provider="Gmail")
    for _ in range(2):
        assert main(["--lang", "nl", "signin", str(book)]) == 0
    assert asked == ["Clientgeheim van uw toepassing bij Google: "]
    assert passwords.kept["factuurbode:oauth-client:localhost", CLIENT_ID] == CLIENT_SECRET


def test_a_person_who_says_no_gets_the_remedy(
    tmp_path: Path, identity: IdentityServer, passwords: MemoryKeyring, capsys: Captured
) -> None:
    identity.person_says = "access_denied"
    assert main(["--lang", "nl", "signin", str(a_book(tmp_path))]) == 2
    err = " ".join(capsys.readouterr().err.split())
    assert "Microsoft gaf geen toestemming om te mailen (access_denied)." in err
    assert "kies Toestaan" in err
    assert passwords.kept == {}


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("Microsoft 365", "entra.microsoft.com"),
        ("Gmail", "console.cloud.google.com"),
        ("Eigen beheer", "dat bieden alleen Microsoft 365"),
    ],
)
def test_without_a_client_id_it_says_how_to_get_one(
    tmp_path: Path, identity: IdentityServer, passwords: MemoryKeyring, capsys: Captured, provider: str, said: str
) -> None:
    assert main(["--lang", "nl", "signin", str(a_book(tmp_path, client_id=None, provider=provider))]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert identity.asked == []


@pytest.mark.parametrize("command", ["signin", "password"])
def test_a_password_is_kept_in_the_keyring(
    tmp_path: Path, passwords: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, capsys: Captured, command: str
) -> None:
    typing(monkeypatch, PASSWORD)
    book = a_book(tmp_path, sign_in="password", provider="Ziggo", server="smtp.ziggo.nl")
    assert main(["--lang", "nl", command, str(book)]) == 0
    out = capsys.readouterr().out
    assert ("Zo meldt u zich aan bij Ziggo" in out) == (command == "signin")
    assert passwords.kept == {("factuurbode:smtp.ziggo.nl", USER): PASSWORD}
    assert PASSWORD not in out


def test_a_computer_without_a_keyring_says_what_else_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    used = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    try:
        typing(monkeypatch, PASSWORD)
        assert main(["--lang", "en", "signin", str(a_book(tmp_path, sign_in="password"))]) == 2
    finally:
        keyring.set_keyring(used)
    err = capsys.readouterr().err
    assert "FACTUURBODE_SMTP_PASSWORD" in err
    assert PASSWORD not in err


def test_a_server_that_asks_for_nothing_keeps_nothing(
    tmp_path: Path, passwords: MemoryKeyring, capsys: Captured
) -> None:
    assert main(["--lang", "nl", "signin", str(a_book(tmp_path, sign_in="none"))]) == 0
    assert "er is niets te bewaren" in capsys.readouterr().out
    assert passwords.kept == {}


def test_an_account_that_is_not_filled_in_is_asked_for(
    tmp_path: Path, passwords: MemoryKeyring, capsys: Captured
) -> None:
    assert main(["--lang", "nl", "signin", str(a_book(tmp_path, user=None))]) == 2
    assert "Gebruiker" in capsys.readouterr().err
