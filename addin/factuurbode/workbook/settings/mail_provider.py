"""The mail settings of the provider that was chosen on the Settings sheet, from the sheet Mail servers (R14)."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.mail_providers import MailProvider, is_former, is_unverified, provider_named
from ...domain.model import Place
from ...domain.problems import Problem, Severity
from ...domain.settings import Mail, Security, SignIn
from ..rows import Row, SheetRows
from ..words import normal


@dataclass(frozen=True, slots=True)
class Provided:
    """Mail settings to start from, and what must be told of them or is unclear in the row they came from."""

    mail: Mail
    problems: tuple[Problem, ...] = ()


def provided(servers: SheetRows | None, provider: str, place: Place | None = None) -> Provided:
    """The settings of *provider*, or the usual ones when nobody knows it.

    A row of the sheet comes first; an old name leads to the row of the provider that it went into, or to what we
    know of that one. Of a provider whose server could not be verified nothing is filled in. Both are told when
    *place* says where the name stands; a person who filled in a server has no need of it.
    """
    if not provider:
        return Provided(Mail())
    if (row := _row(servers, provider)) is not None:
        return Provided(_of_row(row, provider), tuple(row.problems))
    known = provider_named(provider)
    if known is None:
        return Provided(Mail(), _told("provider_unverified", place, provider) if is_unverified(provider) else ())
    moved = _told("provider_moved", place, provider, known.name) if is_former(provider) else ()
    if (row := _row(servers, known.name)) is not None:
        return Provided(_of_row(row, known.name), (*moved, *row.problems))
    return Provided(_of_facts(known), moved)


def _row(servers: SheetRows | None, provider: str) -> Row | None:
    return next((row for row in servers or () if normal(row.text("provider")) == normal(provider)), None)


def _told(code: str, place: Place | None, value: str, detail: str = "") -> tuple[Problem, ...]:
    return (Problem(code, Severity.WARNING, place, value, detail=detail),) if place else ()


def _of_row(row: Row, provider: str) -> Mail:
    usual = Mail()
    return Mail(
        provider=provider,
        server=row.text("server"),
        port=row.count("port", usual.port),
        security=row.choice("security", Security, usual.security),
        sign_in=row.choice("sign_in", SignIn, usual.sign_in),
        daily_limit=row.count("daily_limit", 0) or None,
        per_minute=row.count("per_minute", 0) or None,
        connections=known.connections if (known := provider_named(provider)) else 1,
    )


def _of_facts(known: MailProvider) -> Mail:
    return Mail(
        provider=known.name,
        server=known.server,
        port=known.port,
        security=known.security,
        sign_in=known.sign_in,
        daily_limit=known.daily_limit,
        per_minute=known.per_minute,
        connections=known.connections,
    )
