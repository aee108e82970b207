"""What the sheet Mail servers says of the provider that was chosen on the Settings sheet (R14)."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.problems import Problem
from ..domain.settings import Mail, Security, SignIn
from .rows import Row, SheetRows
from .words import normal


@dataclass(frozen=True, slots=True)
class Provided:
    """Mail settings to start from, and what is unclear in the row they came from."""

    mail: Mail
    problems: tuple[Problem, ...] = ()


def provided(servers: SheetRows | None, provider: str) -> Provided:
    """The settings of *provider*, or the usual ones when it is not on the sheet."""
    if servers is not None and provider:
        for row in servers:
            if normal(row.text("provider")) == normal(provider):
                return Provided(_mail(row, provider), tuple(row.problems))
    return Provided(Mail())


def _mail(row: Row, provider: str) -> Mail:
    usual = Mail()
    return Mail(
        provider=provider,
        server=row.text("server"),
        port=row.count("port", usual.port),
        security=row.choice("security", Security, usual.security),
        sign_in=row.choice("sign_in", SignIn, usual.sign_in),
        daily_limit=row.count("daily_limit", 0) or None,
        per_minute=row.count("per_minute", 0) or None,
    )
