"""What is about to happen, in one question, before anything does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..domain.model import Channel
from ..domain.preflight import Checked
from ..domain.problems import Problem
from ..domain.selection import Plan, Stay
from ..domain.settings import Settings
from ..domain.states import State
from ..texts import Texts, problem_sentence, written_money

LISTED = 8
"""So many invoices are named in a message box; more would not fit on a screen."""


def agreement(plan: Plan, settings: Settings, texts: Texts) -> str:
    """*n by e-mail, n printed, n saved, n not because…*, the total in EUR, the sender and the printer."""
    lines = [_opening(plan, texts)]
    lines += [f"•  {line}" for line in _ways(plan, settings, texts)]
    lines += staying(plan.stays, texts)
    return "\n".join(lines)


def staying(stays: Sequence[Stay], texts: Texts) -> Iterator[str]:
    """The invoices that stay, each with its reason, after an empty line; nothing when there are none."""
    if not stays:
        return
    yield ""
    yield texts("ribbon.agreement.stay_one" if len(stays) == 1 else "ribbon.agreement.stay", count=len(stays))
    for stay in stays[:LISTED]:
        yield f"•  {stay.checked.invoice.number}: {_reason(stay, texts)}"
    if len(stays) > LISTED:
        yield texts("ribbon.more", count=len(stays) - LISTED)


def first_problem(plan: Plan) -> Problem | None:
    """The problem of the first invoice that is kept in by one and that says where it stands."""
    return next(
        (problem for stay in plan.stays if stay.state is State.BLOCKED for problem in errors_of(stay.checked)), None
    )


def errors_of(checked: Checked) -> list[Problem]:
    """What keeps an invoice in and has a place in the workbook."""
    return [problem for problem in checked.problems if problem.stops and problem.place]


def _opening(plan: Plan, texts: Texts) -> str:
    count = len(plan.errands)
    if not count:
        return texts("ribbon.agreement.nothing")
    key = "ribbon.agreement.one" if count == 1 else "ribbon.agreement.several"
    return texts(key, count=count, total=written_money(texts, plan.total))


def _ways(plan: Plan, settings: Settings, texts: Texts) -> Iterator[str]:
    general = settings.general
    facts: dict[Channel, str] = {
        Channel.MAIL: settings.mail.sender,
        Channel.PRINT: settings.printing.printer,
        Channel.FILE: general.file_location.name or str(general.file_location),
    }
    for channel, fact in facts.items():
        if count := plan.over(channel):
            yield texts(f"ribbon.agreement.{channel}", count=count, fact=fact)


def _reason(stay: Stay, texts: Texts) -> str:
    if stay.state is State.BLOCKED:
        sentences = [problem_sentence(texts, problem) for problem in stay.checked.problems if problem.stops]
        return sentences[0] if sentences else texts("state.blocked")
    return texts(f"ribbon.stays.{stay.state}" if f"ribbon.stays.{stay.state}" in texts else f"state.{stay.state}")
