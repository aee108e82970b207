"""Passwords in the keyring of the operating system (B12), which is never waited for without end."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ..errors import KeyringLocked, KeyringSilent, KeyringUnusable

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
        """The answer to *question*. A thread that still waits for a keyring ends with this process."""
        if self._silent:
            raise KeyringSilent(detail=f"{self._patience:g} s")
        answers: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()
        threading.Thread(target=lambda: answers.put(_asked(question)), daemon=True).start()
        try:
            answer = answers.get(timeout=self._patience)
        except queue.Empty:
            self._silent = True
            raise KeyringSilent(detail=f"{self._patience:g} s") from None
        if isinstance(answer, Exception):
            raise answer
        return answer[0]


def _asked(question: Callable[[KeyringBackend], T]) -> tuple[T] | Exception:
    """The answer, or why there is none. A keyring's own message may hold what it was given: only its kind is told."""
    try:
        import keyring
        from keyring.errors import KeyringError
        from keyring.errors import KeyringLocked as Locked

        used = keyring.get_keyring()
        if type(used).__module__.startswith(_PLAIN_TEXT):  # it keeps passwords in a file that anyone can read
            return KeyringUnusable(detail=_PLAIN_TEXT)
        try:
            return (question(used),)
        except Locked as error:
            return KeyringLocked(detail=type(error).__name__)
        except (KeyringError, OSError) as error:
            return KeyringUnusable(detail=type(error).__name__)
    except Exception as error:  # of the keyring's bus, or a mistake of ours: both without what was being kept
        return KeyringUnusable(detail=type(error).__name__)


def _entry(server: str) -> str:
    return f"{SERVICE}:{server.casefold()}"
