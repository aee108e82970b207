"""Where passwords are kept."""

from __future__ import annotations

from typing import Protocol


class Secrets(Protocol):
    """Where passwords are kept: the system's keyring, or an environment variable for servers."""

    def password(self, server: str, user: str) -> str | None:
        """The password of *user* at *server*, or None when there is none.

        Raises KeyringUnusable where that cannot be known, such as of a locked keyring.
        """
        ...

    def remember(self, server: str, user: str, password: str) -> None:
        """Keep *password*. Raises StorageError where nothing can be kept."""
        ...

    def forget(self, server: str, user: str) -> None:
        """Keep it no longer; nothing happens when there is none. Raises StorageError where it cannot be removed."""
        ...
