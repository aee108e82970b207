"""What is shown at a sign-in, and what is told when there is nothing to show."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from factuurbode.deliver.credentials import AccessToken, Password, consent, password
from factuurbode.domain.model import Language
from factuurbode.domain.states import State
from factuurbode.errors import (
    ClientMissing,
    ConsentExpired,
    ConsentMissing,
    ConsentNotOffered,
    FactuurError,
    IdentityUnreachable,
    KeyringLocked,
    KeyringSilent,
    KeyringUnusable,
)
from factuurbode.ports import Outcome, Receipt
from factuurbode.texts import outcome_sentence, texts_in

KEYRING = [KeyringUnusable(detail="x"), KeyringLocked(detail="x"), KeyringSilent(detail="x")]
CONSENT = [
    ConsentNotOffered(server="smtp.x.test"),
    ClientMissing(provider="Microsoft", how="sign_in_help.register_microsoft"),
    ConsentMissing(provider="Microsoft", user="bakker"),
    ConsentExpired(provider="Microsoft", user="bakker", detail="invalid_grant"),
    IdentityUnreachable(server="login.x.test", detail="ConnectionError"),
]


def raising(error: FactuurError) -> Callable[[], str]:
    def ask() -> str:
        raise error

    return ask


def test_a_password_is_shown() -> None:
    assert password(lambda: "geheim")() == Password("geheim")


def test_without_a_password_that_is_told() -> None:
    assert password(lambda: None)() == Receipt(State.LATER, "mail_password_missing")


def test_a_token_is_asked_for_at_each_sign_in() -> None:
    tokens = iter(["eerste", "tweede"])
    credentials = consent(lambda: next(tokens))
    assert [credentials(), credentials()] == [AccessToken("eerste"), AccessToken("tweede")]


@pytest.mark.parametrize("error", [*KEYRING, *CONSENT], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_whatever_is_lacking_is_for_later_with_its_own_sentence_and_remedy(
    error: FactuurError, language: Language
) -> None:
    receipt = (password if error in KEYRING else consent)(raising(error))()
    assert isinstance(receipt, Receipt)
    assert receipt.state is State.LATER
    told = outcome_sentence(
        texts_in(language), Outcome(None, receipt.state, f"outcome.{receipt.code}", {"detail": receipt.detail})
    )
    assert "factuurbode " in told or "FACTUURBODE_SMTP_PASSWORD" in told or "internet" in told


def test_two_connections_that_want_a_token_at_once_take_turns() -> None:
    inside = threading.Lock()
    entered: list[bool] = []

    def ask() -> str:
        entered.append(inside.acquire(blocking=False))
        threading.Event().wait(0.02)
        inside.release()
        return "token"

    credentials = consent(ask)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: credentials(), range(4))) == [AccessToken("token")] * 4
    assert entered == [True] * 4
