"""The results of invoices that do not go out: held, blocked, refused on the way, or already done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ..domain.model import Channel
from ..domain.preflight import Checked
from ..domain.selection import Errand, Stay
from ..domain.states import DELIVERED, State
from ..errors import FactuurError
from ..journal import Journal
from ..ports import Outcome, StatusRow
from .report import Result
from .telling import outcome_of


def stayed(journal: Journal, stay: Stay) -> Result:
    """The result of an invoice, or of one channel of it, that does not go out now."""
    number = stay.checked.invoice.number
    latest = journal.latest(number, stay.channel) if stay.channel else None
    if latest is None:
        earlier = stay.state in DELIVERED
        outcome = replace(_outcome(stay), key="outcome.already_delivered") if earlier else _outcome(stay)
        return Result(number, outcome, earlier=earlier)
    outcome = outcome_of(latest, journal.addressees(latest.intent.id))
    if latest.state not in DELIVERED:
        return Result(number, outcome, latest.intent.pdf)
    then = {"moment": latest.last.at.astimezone()}
    told = replace(outcome, key=f"outcome.already_{latest.state}", facts=then)
    return Result(number, told, latest.intent.pdf, earlier=True)


def row_of_stay(stay: Stay, now: datetime) -> StatusRow:
    """What the status columns say of an invoice that stays."""
    return StatusRow(stay.checked.invoice.number, (_outcome(stay),), now)


def refused(checked: Checked, error: FactuurError) -> Result:
    """The result of an invoice that *error* keeps in."""
    outcome = Outcome(None, State.BLOCKED, f"error.{error.code}", error.facts)
    return Result(checked.invoice.number, outcome)


def copies(journal: Journal, chosen: Sequence[Checked], channel: Channel) -> tuple[list[Errand], list[Result]]:
    """All of *chosen* to be made for *channel*, but those of which no document can be made; their results say why.

    For what the customer never gets: internal copies and previews.
    """
    complete = [checked for checked in chosen if checked.amounts is not None and checked.invoice.issued]
    incomplete = [Stay(checked, None, State.BLOCKED) for checked in chosen if checked not in complete]
    return [Errand(checked, (channel,)) for checked in complete], [stayed(journal, stay) for stay in incomplete]


def left(number: str, channel: Channel) -> Result:
    """The result of what did not go out because the person cancelled the rest of the run."""
    return Result(number, Outcome(channel, State.READY, "outcome.cancelled"))


def _outcome(stay: Stay) -> Outcome:
    problems = tuple(problem for problem in stay.checked.problems if problem.stops)
    return Outcome(stay.channel, stay.state, problems=problems if stay.state is State.BLOCKED else ())
