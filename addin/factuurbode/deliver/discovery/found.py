"""What a search for a mail server comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...domain.settings import Security, SignIn


class Source(StrEnum):
    """Where a fact comes from, in the order in which they are asked."""

    OWN_TABLE = "own-table"
    ISPDB = "ispdb"
    SRV = "srv"
    AUTOCONFIG = "autoconfig"
    MX = "mx"


@dataclass(frozen=True, slots=True)
class Found:
    """The server for sending, as its source says; `provider` is the name of one that we know, or ''."""

    source: Source
    server: str
    port: int
    security: Security
    user: str
    sign_in: SignIn = SignIn.PASSWORD
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for an address, or nothing.

    `former` is the name that its provider used to have, `unverified` a provider whose server nobody could verify.
    `foreign` says that the domain itself points to a server of another domain: who runs a hostile network could do
    so too, and a person must look at it first (RFC 6186 § 6). `offline` that nothing could be asked.
    """

    address: str
    found: Found | None = None
    former: str = ""
    unverified: str = ""
    foreign: bool = False
    offline: bool = False
