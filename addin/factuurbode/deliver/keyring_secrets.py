"""Passwords in the keyring of the operating system (B12), which is never waited for without end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ..errors import KeyringLocked, KeyringSilent, KeyringUnusable
from .patience import within

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "factuurbode"
PATIENCE = 60.0
"""Seconds: a person may have to type the password of the keyring itself; where nobody is, a run must go on."""

_PLAIN_TEXT = "keyrings.alt"
T = TypeVar("T")


class KeyringSecrets:
    """`ports.Secrets` over `keyring`: the Windows Credential Manager, the macOS Keychain, the Secret Service.

    The library is loaded at the first question, because finding the right keyring takes time. A keyring that did not
    answer once is not asked again: each question could wait for a person who is not there.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._silent = False

    def password(self, server: str, user: str) -> str | None:
        """See `ports.Secrets.password`."""
        return self._within_time(lambda keyring: keyring.get_password(_entry(server), user) or None)

    def remember(self, server: str, user: str, password: str) -> None:
        """See `ports.Secrets.remember`. Raises KeyringUnusable."""
        self._within_time(lambda keyring: keyring.set_password(_entry(server), user, password))

    def forget(self, server: str, user: str) -> None:
        """See `ports.Secrets.forget`. Raises KeyringUnusable."""

        def forgotten(keyring: KeyringBackend) -> None:
            if keyring.get_password(_entry(server), user) is not None:
                keyring.delete_password(_entry(server), user)

        self._within_time(forgotten)

    def _within_time(self, question: Callable[[KeyringBackend], T]) -> T:
        """The answer to *question*."""
        if self._silent:
            raise KeyringSilent(detail=f"{self._patience:g} s")
        try:
            return within(self._patience, lambda: _asked(question))
        except TimeoutError:
            self._silent = True
            raise KeyringSilent(detail=f"{self._patience:g} s") from None


def _asked(question: Callable[[KeyringBackend], T]) -> T:
    """The answer. A keyring's own message may hold what it was given: only its kind is told."""
    import keyring
    from keyring.errors import KeyringLocked as Locked

    try:
        used = keyring.get_keyring()
        if type(used).__module__.startswith(_PLAIN_TEXT):  # it keeps passwords in a file that anyone can read
            raise KeyringUnusable(detail=_PLAIN_TEXT)
        return question(used)
    except KeyringUnusable:
        raise
    except Locked as error:
        raise KeyringLocked(detail=type(error).__name__) from None
    except Exception as error:  # of the keyring, its bus or its library, which have no error in common
        raise KeyringUnusable(detail=type(error).__name__) from None


def _entry(server: str) -> str:
    return f"{SERVICE}:{server.casefold()}"
