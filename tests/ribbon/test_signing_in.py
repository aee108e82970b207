"""The button that signs in: the mail server is looked for, a password or consent asked for, as the settings say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factuurbode import bootstrap
from factuurbode.deliver.discovery import Found, Search, Source
from factuurbode.deliver.oauth.identity import Invitation
from factuurbode.domain.settings import Security, SignIn
from factuurbode.workbook.live import LiveBook
from support.excel_bakery import ExcelBakery
from support.identity_server import CLIENT_ID, USER, IdentityServer, identity_server, in_place_of_microsoft
from support.keyrings import MemoryKeyring, memory_keyring
from support.passwords import SECRET

pytestmark = pytest.mark.libreoffice


@pytest.fixture(autouse=True)
def passwords() -> Iterator[MemoryKeyring]:
    with memory_keyring() as memory:
        yield memory


@pytest.fixture
def identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityServer]:
    with identity_server(tmp_path / "identity") as server:

        def browse(address: str) -> bool:
            server.visit(Invitation(address))
            return True

        monkeypatch.setattr(bootstrap, "identity_provider", in_place_of_microsoft(server))
        monkeypatch.setattr("factuurbode.ribbon.signing_in.open_in_browser", browse)
        yield server


def reopened(bakery: ExcelBakery, **settings: Any) -> ExcelBakery:
    bakery.closes()
    bakery.settings = {f"mail.{name}": value for name, value in settings.items()}
    bakery.opens()
    return bakery


def answering(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> list[str]:
    asked: list[str] = []

    def ask(_: object, question: str, *, hidden: bool = False) -> str | None:
        assert hidden
        asked.append(question)
        return answer

    monkeypatch.setattr("factuurbode.ribbon.signing_in.can_show_windows", lambda: True)
    monkeypatch.setattr("factuurbode.ribbon.signing_in.ask_for", ask)
    return asked


def test_consent_is_asked_for_in_the_browser_and_kept(
    bakery: ExcelBakery, identity: IdentityServer, passwords: MemoryKeyring
) -> None:
    reopened(bakery, sign_in="oauth", user=USER, client_id=CLIENT_ID)
    said = bakery.presses("password", "ok", "ok")
    assert f"De toestemming voor {USER} is bewaard" in said
    assert passwords.kept
    assert not [secret for secret in identity.secrets() if secret in said]


def test_who_does_not_agree_sees_no_browser(bakery: ExcelBakery, identity: IdentityServer) -> None:
    reopened(bakery, sign_in="oauth", user=USER, client_id=CLIENT_ID)
    bakery.presses("password", "cancel")
    assert identity.asked == []


def test_a_refusal_is_told_with_its_remedy(bakery: ExcelBakery, identity: IdentityServer) -> None:
    identity.person_says = "access_denied"
    reopened(bakery, sign_in="oauth", user=USER, client_id=CLIENT_ID)
    assert "kies Toestaan" in bakery.presses("password", "ok", "ok")


def test_a_password_is_asked_for_with_the_help_of_its_provider(
    bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch, passwords: MemoryKeyring
) -> None:
    asked = answering(monkeypatch, SECRET)
    reopened(bakery, sign_in="password", user=USER, server="smtp.ziggo.nl")
    assert "Bewaard in de sleutelhanger" in bakery.presses("password", "ok")
    assert "Zo meldt u zich aan bij Ziggo" in asked[0]
    assert passwords.kept == {("factuurbode:smtp.ziggo.nl", USER): SECRET}


def test_without_a_mail_server_one_is_found_and_filled_in_when_the_person_agrees(
    bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Found(Source.SRV, "smtp.bakkerij.test", 465, Security.TLS, "info@bakkerij.test", SignIn.NONE)
    monkeypatch.setattr("factuurbode.ribbon.signing_in.find_mail_server", lambda address: Search(address, found))
    reopened(bakery, server=None, port=None, security=None, sign_in=None)
    said = bakery.presses("password", "ok", "ok")
    assert "smtp.bakkerij.test, poort 465, TLS" in said
    mail = LiveBook(bakery.book).read().settings.mail
    assert (mail.server, mail.port, mail.security) == ("smtp.bakkerij.test", 465, Security.TLS)
    assert mail.user == "info@bakkerij.test"


def test_without_a_mail_server_to_be_found_the_missing_setting_is_named(
    bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factuurbode.ribbon.signing_in.find_mail_server", Search)
    reopened(bakery, server=None, port=None, security=None, sign_in=None)
    assert "Server" in bakery.presses("password", "ok")


def test_a_password_in_a_cell_of_the_open_workbook_moves_to_the_keyring_and_out_of_the_file(
    bakery: ExcelBakery, passwords: MemoryKeyring
) -> None:
    reopened(bakery, user=USER)
    sheet = bakery.book.sheets["Instellingen"]
    row = sheet.used_range.last_cell.row + 1
    sheet.range(f"A{row}:C{row}").value = ["Mail", "Wachtwoord", SECRET]
    said = bakery.presses("check", "ok", "ok")
    assert f"In Instellingen!C{row} stond een wachtwoord" in said
    assert SECRET not in said
    assert SECRET in passwords.kept.values()
    assert sheet.range(f"C{row}").value is None
    assert LiveBook(bakery.book).passwords() == ()
