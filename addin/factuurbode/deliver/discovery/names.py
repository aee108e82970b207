"""What the domain name system says of a domain's mail (RFC 6186, RFC 8314), with a short time limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import dns.resolver

SECONDS = 4.0


class Unanswered(Exception):
    """No name server said anything: there is no network, or it is silent."""


@dataclass(frozen=True, slots=True)
class Service:
    """A host and port that offer a service."""

    host: str
    port: int


class Names:
    """Questions to the name servers of this computer, or to *resolver*."""

    def __init__(self, resolver: dns.resolver.Resolver | None = None) -> None:
        self._resolver = resolver

    def services(self, service: str, domain: str) -> Sequence[Service]:
        """Who offers *service* (`_submission._tcp`) for *domain*, the preferred one first. Raises Unanswered.

        A host `.` says that the service is decidedly not there (RFC 2782); it is left out.
        """
        records = sorted(self._ask(f"{service}.{domain}", "SRV"), key=lambda one: (one.priority, -one.weight))
        services = [Service(_host(record.target), int(record.port)) for record in records]
        return [one for one in services if one.host]

    def mail_hosts(self, domain: str) -> Sequence[str]:
        """Who receives the mail of *domain*, the preferred one first. Raises Unanswered."""
        records = sorted(self._ask(domain, "MX"), key=lambda one: int(one.preference))
        return [host for record in records if (host := _host(record.exchange))]

    def _ask(self, name: str, kind: str) -> Sequence[Any]:
        import dns.exception
        import dns.resolver

        try:
            resolver = self._resolver or dns.resolver.Resolver()
            return list(resolver.resolve(name, kind, lifetime=SECONDS, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise Unanswered(type(error).__name__) from error


def _host(name: object) -> str:
    return str(name).rstrip(".").casefold()
