"""The providers that we know, and those of Mozilla's ISPDB (see the head of `ispdb.tsv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ...domain.mail_providers import MailProvider, provider_of_server
from ...domain.settings import Security, SignIn
from .found import Found, Source
from .users import user_for

_OWN_DOMAINS: Mapping[str, str] = {
    "ziggo.nl": "smtp.ziggo.nl",
    "freedom.nl": "smtp.freedom.nl",
    "zeelandnet.nl": "mail.zeelandnet.nl",
    "kpnmail.nl": "smtp.kpnmail.nl",
}
_LOCAL_PART = {"mail.zeelandnet.nl"}


def in_tables(address: str, domain: str) -> Found | None:
    """What the tables say of *domain*: our own facts for a provider that we know, else those of the ISPDB.

    Of two ways to the same server the one with TLS from the first byte comes first (RFC 8314 § 3).
    """
    rows = sorted(_ispdb().get(domain, ()), key=lambda row: row["security"] != Security.TLS)
    server = rows[0]["server"] if rows else _OWN_DOMAINS.get(domain, "")
    if (known := provider_of_server(server)) is not None:
        return of_provider(known, address, Source.OWN_TABLE)
    if not rows:
        return None
    row = rows[0]
    return Found(
        Source.ISPDB,
        row["server"].replace("%EMAILDOMAIN%", domain),
        int(row["port"]),
        Security(row["security"]),
        user_for(row["user"], address),
        SignIn(row["sign_in"]),
    )


def of_provider(known: MailProvider, address: str, source: Source) -> Found:
    """The facts of a provider that we know, as the account of *address* needs them."""
    user = address.partition("@")[0] if known.server in _LOCAL_PART else address
    return Found(source, known.server, known.port, known.security, user, known.sign_in, known.name)


@cache
def _ispdb() -> Mapping[str, list[Mapping[str, str]]]:
    """The rows by domain."""
    columns = ("provider", "server", "port", "security", "sign_in", "user", "domains")
    text = files(__package__).joinpath("ispdb.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    by_domain: dict[str, list[Mapping[str, str]]] = {}
    for row in csv.DictReader(lines, columns, delimiter="\t", quoting=csv.QUOTE_NONE):
        for domain in row["domains"].split():
            by_domain.setdefault(domain, []).append(row)
    return by_domain
