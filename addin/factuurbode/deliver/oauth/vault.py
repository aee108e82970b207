"""What must be kept of a consent, in the keyring: in pieces, because keyrings take only so much at once.

The Windows Credential Manager takes 2,560 bytes of UTF-16 a secret; a token cache of Microsoft's has 4 to 8 kB.
"""

from __future__ import annotations

import base64
import secrets
import zlib
from contextlib import suppress

from ...errors import StorageError
from ...ports import Secrets

PIECE = 1200
"""Characters of a piece: 2,400 bytes of UTF-16, and some room."""


class Vault:
    """Long secrets over the Secrets port, by mail server and user.

    The head names the pieces that belong together; it is written last, so that a death in between leaves what was
    kept before, and two programs that write at once leave the pieces of one of them.
    """

    def __init__(self, keyring: Secrets) -> None:
        self._keyring = keyring

    def get(self, server: str, user: str) -> str | None:
        """What `put` kept, or None when there is nothing whole. Raises StorageError when it cannot be asked."""
        edition, count = self._head(server, user)
        pieces = [self._keyring.password(_place(server), f"{user}/{edition}/{number}") for number in range(count)]
        if not edition or None in pieces:
            return None
        try:
            return zlib.decompress(base64.b85decode("".join(map(str, pieces)))).decode()
        except (ValueError, zlib.error):
            return None

    def put(self, server: str, user: str, kept: str) -> None:
        """Keep *kept* in place of what was there. Raises StorageError."""
        old, count = self._head(server, user)
        packed = base64.b85encode(zlib.compress(kept.encode())).decode("ascii")
        pieces = [packed[start : start + PIECE] for start in range(0, len(packed), PIECE)]
        edition = secrets.token_hex(4)
        for number, piece in enumerate(pieces):
            self._keyring.remember(_place(server), f"{user}/{edition}/{number}", piece)
        self._keyring.remember(_place(server), user, f"{edition} {len(pieces)}")
        for number in range(count):
            with suppress(StorageError):  # a left-over of no use to anyone
                self._keyring.forget(_place(server), f"{user}/{old}/{number}")

    def _head(self, server: str, user: str) -> tuple[str, int]:
        edition, _, count = (self._keyring.password(_place(server), user) or "").partition(" ")
        return (edition, int(count)) if count.isdecimal() else ("", 0)


def _place(server: str) -> str:
    return f"oauth:{server}"
