"""The search itself: our own table, then what the domain says, then who receives its mail.

What fetches from the internet is loaded when it is needed: it takes a third of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...domain.mail_providers import former_name_of, provider_named, provider_of_server, unverified_at
from ...domain.settings import Security
from .found import Found, Search, Source
from .names import Names, Unanswered
from .table import in_tables, of_provider

_SUBMISSION = (("_submissions._tcp", Security.TLS), ("_submission._tcp", Security.STARTTLS))
Fetch = Callable[[str, str], Found | None]
_HOSTED = (
    (".mail.protection.outlook.com", "Microsoft 365"),
    (".mx.microsoft", "Microsoft 365"),
    (".google.com", "Google Workspace"),
    (".googlemail.com", "Google Workspace"),
)


def discover(address: str, names: Names, fetch: Fetch | None = None, *, also_online: bool = True) -> Search:
    """What is known of the server that sends mail for *address*, whose domain is in A-labels.

    *fetch* asks the domain what it publishes. Without *also_online* nothing outside this computer is asked.
    """
    domain = address.rpartition("@")[2].casefold()
    search = Search(address, former=former_name_of(domain), unverified=unverified_at(domain))
    if (known := in_tables(address, domain)) is not None and not search.unverified:
        return replace(search, found=known)
    if not also_online:
        return replace(search, offline=True)
    unanswered = 0
    for source in (_by_srv, _by_fetching(fetch), _by_mx):
        try:
            found = source(address, domain, names)
        except Unanswered:
            unanswered += 1
            continue
        if found is not None:
            foreign = found.source is not Source.MX and not _within(found.server, domain) and not found.provider
            return replace(search, found=found, foreign=foreign)
    return replace(search, offline=unanswered == 2)


def _by_srv(address: str, domain: str, names: Names) -> Found | None:
    for service, security in _SUBMISSION:
        for one in names.services(service, domain):
            if (known := provider_of_server(one.host)) is not None:
                return of_provider(known, address, Source.SRV)
            return Found(Source.SRV, one.host, one.port, security, address)
    return None


def _by_fetching(fetch: Fetch | None) -> Callable[[str, str, Names], Found | None]:
    def fetched(address: str, domain: str, _: Names) -> Found | None:
        from .autoconfig import published

        found = (fetch or published)(address, domain)
        known = provider_of_server(found.server) if found else None
        return of_provider(known, address, Source.AUTOCONFIG) if known else found

    return fetched


def _by_mx(address: str, domain: str, names: Names) -> Found | None:
    """Who receives a domain's mail says who hosts it only for the two whose hosting is unmistakable."""
    for host in names.mail_hosts(domain):
        for ending, name in _HOSTED:
            if f".{host}".endswith(ending) and (known := provider_named(name)):
                return of_provider(known, address, Source.MX)
    return None


def _within(host: str, domain: str) -> bool:
    return f".{host}".endswith(f".{domain}")
