"""What every identity provider does for us: ask a person for consent once, and give fresh access tokens after that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

PATIENCE = 300.0
"""Seconds that a person has to find a telephone and consent; the providers' own codes live longer."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a person must do to consent: open `address`, and type `code` there when there is one (RFC 8628)."""

    address: str
    code: str = ""


Invite = Callable[[Invitation], None]
"""Shows an invitation, such as by opening the browser; it returns at once."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """An access token that is valid now, and what must be kept to get the next one. Both are secrets."""

    token: str = field(repr=False)
    kept: str = field(repr=False)


class IdentityProvider(Protocol):
    """One provider of identities, for one application of ours that it knows."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def host(self) -> str:
        """The server that is asked."""
        ...

    def ask(self, user: str, invite: Invite, *, device: bool) -> Fresh:
        """Ask the person behind *user* for consent, in a browser here or, with *device*, on any other device.

        Raises ConsentRefused, ConsentTimedOut, DeviceCodeUnknown or IdentityUnreachable.
        """
        ...

    def renew(self, user: str, kept: str) -> Fresh:
        """A token from what was kept, without a person. Raises ConsentExpired or IdentityUnreachable."""
        ...
