"""What a mail server is shown at a sign-in: a password, or an access token of a provider that was given consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from ..domain.states import State
from ..errors import FactuurError, KeyringUnusable, SignInError
from ..mishap import keep_quiet
from ..ports import Receipt


@dataclass(frozen=True, slots=True)
class Password:
    """The password of the account."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A bearer token (RFC 6750), valid for about an hour."""

    text: str = field(repr=False)


Credentials = Callable[[], Password | AccessToken | Receipt]
"""Asked at each sign-in, since a token grows old during a run; a receipt says why there is nothing to show."""


def nothing_to_show() -> Receipt:
    """For a server that asks for no sign-in, and for nobody who knows a password."""
    return Receipt(State.LATER, "mail_password_missing")


def password(ask: Callable[[], str | None]) -> Credentials:
    """The password that *ask* gives; it may raise KeyringUnusable."""

    def shown() -> Password | Receipt:
        try:
            known = ask()
        except KeyringUnusable as error:
            return _lacking(error)
        if known is None:
            return nothing_to_show()
        keep_quiet(known)
        return Password(known)

    return shown


def consent(ask: Callable[[], str]) -> Credentials:
    """The access token that *ask* gives; it may raise SignInError or KeyringUnusable. Asked for one at a time.

    Several connections that ask at once would each use up the refresh token that the next one needs.
    """
    turn = Lock()

    def shown() -> AccessToken | Receipt:
        with turn:
            try:
                token = ask()
            except (SignInError, KeyringUnusable) as error:
                return _lacking(error)
        keep_quiet(token)
        return AccessToken(token)

    return shown


def _lacking(error: FactuurError) -> Receipt:
    """Nothing was sent and nothing is wrong with the mail: it goes once somebody has done what the sentence says."""
    detail = error.facts.get("detail") or error.facts.get("provider") or error.facts.get("server", "")
    return Receipt(State.LATER, f"mail_{error.code}", detail)
