"""The mail password in the keyring of the operating system (B12)."""

from __future__ import annotations

from ..errors import KeyringUnusable

SERVICE = "factuurbode"


class KeyringSecrets:
    """`ports.Secrets` over `keyring`: the Windows Credential Manager, the macOS Keychain, the Secret Service.

    The library is loaded at the first question, because finding the right keyring takes time.
    """

    def password(self, server: str, user: str) -> str | None:
        """The password that `remember` kept; None also where no keyring works: there is none to be had."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(_entry(server), user) or None
        except (KeyringError, OSError):
            return None

    def remember(self, server: str, user: str, password: str) -> None:
        """Keep *password*. Raises KeyringUnusable where no keyring works."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_entry(server), user, password)
        except (KeyringError, OSError) as error:
            # The keyring's own message may hold what it was given: only its kind is told.
            raise KeyringUnusable(detail=type(error).__name__) from None


def _entry(server: str) -> str:
    return f"{SERVICE}:{server.casefold()}"
