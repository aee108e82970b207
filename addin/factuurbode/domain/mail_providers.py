"""Mail providers that many bakeries use, and the names under which they used to be known.

Facts of November 2026, from the providers' own pages, and of Mozilla's ISPDB (thunderbird/autoconfig, March 2026) for
iCloud, one.com and STRATO. What could not be verified is named as such and has no facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .settings import Security, SignIn


@dataclass(frozen=True, slots=True)
class MailProvider:
    """One provider's server for sending. `key` names its texts (`mail_server.…`, `sign_in_help.…`)."""

    name: str
    key: str
    server: str
    port: int
    security: Security
    sign_in: SignIn
    daily_limit: int | None = None
    per_minute: int | None = None
    connections: int = 1


PROVIDERS: tuple[MailProvider, ...] = (
    MailProvider(
        "Microsoft 365", "microsoft_365", "smtp.office365.com", 587, Security.STARTTLS, SignIn.OAUTH, 10_000, 30, 3
    ),
    MailProvider("Outlook.com", "outlook", "smtp-mail.outlook.com", 587, Security.STARTTLS, SignIn.OAUTH),
    MailProvider("Gmail", "gmail", "smtp.gmail.com", 465, Security.TLS, SignIn.PASSWORD, 500),
    MailProvider("Google Workspace", "google_workspace", "smtp.gmail.com", 465, Security.TLS, SignIn.PASSWORD, 2_000),
    MailProvider("Ziggo", "ziggo", "smtp.ziggo.nl", 587, Security.STARTTLS, SignIn.PASSWORD),
    MailProvider("KPN", "kpn", "smtp.kpnmail.nl", 465, Security.TLS, SignIn.PASSWORD),
    MailProvider("ZeelandNet", "zeelandnet", "mail.zeelandnet.nl", 465, Security.TLS, SignIn.PASSWORD),
    MailProvider("Freedom", "freedom", "smtp.freedom.nl", 587, Security.STARTTLS, SignIn.PASSWORD),
    MailProvider("iCloud", "icloud", "smtp.mail.me.com", 587, Security.STARTTLS, SignIn.PASSWORD),
    MailProvider("STRATO", "strato", "smtp.strato.de", 465, Security.TLS, SignIn.PASSWORD),
    MailProvider("one.com", "one_com", "send.one.com", 465, Security.TLS, SignIn.PASSWORD),
)

_FORMER: Mapping[str, tuple[str, ...]] = {
    "Ziggo": ("UPC", "chello", "home.nl", "@Home", "Casema", "Quicknet", "Multikabel"),
    "KPN": ("Planet", "Planet Internet", "Het Net", "hetnet", "XS4ALL", "Telfort", "Tiscali", "Freeler", "wxs"),
    "Outlook.com": ("Hotmail", "Live", "MSN"),
    "Microsoft 365": ("Office 365", "Exchange Online"),
}

UNVERIFIED: tuple[str, ...] = (
    "Odido",
    "T-Mobile Thuis",
    "T-Mobile",
    "Tele2",
    "Versatel",
    "Zonnet",
    "Scarlet",
    "Online.nl",
)
"""Providers whose server nobody could verify: they are not guessed at."""

_UNVERIFIED_DOMAINS: Mapping[str, str] = {
    "odido.nl": "Odido",
    "t-mobilethuis.nl": "T-Mobile Thuis",
    "tele2.nl": "Tele2",
    "versatel.nl": "Versatel",
    "zonnet.nl": "Zonnet",
    "scarlet.nl": "Scarlet",
    "online.nl": "Online.nl",
}

_FORMER_DOMAINS: Mapping[str, str] = {
    "upcmail.nl": "UPC",
    "chello.nl": "chello",
    "home.nl": "@Home",
    "casema.nl": "Casema",
    "quicknet.nl": "Quicknet",
    "planet.nl": "Planet",
    "wxs.nl": "Planet",
    "hetnet.nl": "Het Net",
    "xs4all.nl": "XS4ALL",
    "telfort.nl": "Telfort",
    "tiscali.nl": "Tiscali",
    "tiscalimail.nl": "Tiscali",
    "freeler.nl": "Freeler",
    "tip.nl": "Tip",
    "hotmail.com": "Hotmail",
    "hotmail.nl": "Hotmail",
    "live.nl": "Live",
    "live.com": "Live",
}


def provider_named(name: str) -> MailProvider | None:
    """The provider that *name* means, by its own name or one that it used to have."""
    wanted = _normal(name)
    return next((one for one in PROVIDERS if _normal(one.name) == wanted), None) or _successor(wanted)


def is_former(name: str) -> bool:
    """Whether *name* is one that a provider used to have."""
    return _successor(_normal(name)) is not None


def is_unverified(name: str) -> bool:
    """Whether *name* is a provider whose mail server nobody could verify."""
    return _normal(name) in {_normal(one) for one in UNVERIFIED}


def provider_of_server(server: str) -> MailProvider | None:
    """The provider that *server* belongs to; of two with the same server the first."""
    return next((one for one in PROVIDERS if one.server == server.casefold()), None)


def former_name_of(domain: str) -> str:
    """The name that the provider of an old address had, or ''."""
    return _FORMER_DOMAINS.get(domain.casefold(), "")


def unverified_at(domain: str) -> str:
    """The unverified provider whose addresses end in *domain*, or ''."""
    return _UNVERIFIED_DOMAINS.get(domain.casefold(), "")


def _successor(wanted: str) -> MailProvider | None:
    current = next((now for now, names in _FORMER.items() if wanted in map(_normal, names)), "")
    return next((one for one in PROVIDERS if one.name == current), None)


def _normal(name: str) -> str:
    return " ".join(name.split()).casefold()
