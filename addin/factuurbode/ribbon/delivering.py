"""The buttons that check, try out and deliver: read, ask, agree, follow, tell."""

from __future__ import annotations

from pathlib import Path

from .. import dispatch
from ..deliver.screen import show_on_screen
from ..dispatch import Look
from ..domain.ledger import Ledger
from ..domain.model import Channel
from ..domain.problems import Problem
from ..domain.selection import Plan, Request
from ..domain.states import DELIVERED, State
from ..errors import FactuurError
from ..files import make_folder
from ..report.file import write_page
from ..steps.office import Office
from ..steps.report import Report
from ..texts import Texts, error_sentence, problem_sentence
from ..workbook.live.selection import go_to, selected
from .agreement import LISTED, agreement, first_problem
from .choosing import requested
from .dialogue import Answer
from .following import Following
from .press import Press
from .summary import summary, worth_telling
from .window import ask_for, can_show_windows

_ONLY_AGAIN = DELIVERED | {State.IN_DOUBT}
"""States from which an invoice goes out only when a person wants it sent once more."""


def check(press: Press) -> None:
    """Tell everything that the preflight finds (B1), and go to the first of it."""
    with press.office() as office:
        checked = dispatch.check(office)
    problems = sorted(checked.told, key=lambda problem: not problem.stops)
    if not problems:
        press.dialogue.say("ribbon.check.fine", count=len(checked.invoices))
        return
    texts = press.texts
    lines = [texts("ribbon.check.found", count=len(problems))]
    lines += [f"•  {_named(problem, texts)}" for problem in problems[:LISTED]]
    lines += [texts("ribbon.more", count=len(problems) - LISTED)] if len(problems) > LISTED else []
    _offer_first(press, lines, next((problem for problem in problems if problem.place), None))


def preview(press: Press) -> None:
    """Show the PDF of the selected invoice; nothing goes out."""
    selection = selected(press.book)
    if not selection.numbers:
        press.dialogue.say("ribbon.select_invoice")
        return
    with press.office(looking=True) as office, Following(press.dialogue) as following:
        report = dispatch.preview(office, selection.numbers[0], following)
    (result,) = report.results
    if result.pdf is None:
        press.dialogue.tell(summary(report, press.texts))
    elif not show_on_screen(result.pdf):
        press.dialogue.say("ribbon.look_at", path=result.pdf)


def test_run(press: Press) -> None:
    """Make every PDF and mail that would go out, and show them; nothing goes out."""
    selection = selected(press.book)
    request = Request(selection.numbers) if selection.several and selection.numbers else Request()
    with press.office(looking=True) as office, Following(press.dialogue) as following:
        report = dispatch.rehearse(office, request, following)
        ledger = office.book.read()
        page, error = _page(press, office, ledger, report, "ribbon.page.rehearsal")
    press.dialogue.tell(_with(error, summary(report, press.texts), press.texts))
    if report.results and error is None:
        show_on_screen(page)


def customer_copies(press: Press) -> None:
    """Print customer copies (R19): the button that matters."""
    with press.office() as office:
        look = dispatch.prepare(office)
        request = requested(press.dialogue, look, selected(press.book))
        plan = _agreed(press, office, look, dispatch.planned(look, request)) if request else None
        if plan is None:
            return
        with Following(press.dialogue) as following:
            report = dispatch.deliver(office, look, plan, following)
            kept = press.keep()
            _, error = _page(press, office, look.ledger, report, "ribbon.page.run")
    if worth_telling(report, hide_message=look.ledger.settings.mail.hide_message) or kept or error:
        press.dialogue.tell(_with(error, _with(kept, summary(report, press.texts), press.texts), press.texts))


def internal_copies(press: Press, *, on_screen: bool | None = None) -> None:
    """Print internal copies of the selected invoices (R18), where the settings say or where the button says."""
    selection = selected(press.book)
    if not selection.numbers:
        press.dialogue.say("ribbon.select_invoice")
        return
    if len(selection.numbers) > 1 and not press.dialogue.agrees(
        press.texts("ribbon.internal", count=len(selection.numbers))
    ):
        return
    with press.office() as office, Following(press.dialogue) as following:
        report = dispatch.internal_copies(office, selection.numbers, on_screen=on_screen, watch=following)
    for result in report.results:
        if result.outcome.channel is Channel.FILE and result.pdf:
            show_on_screen(result.pdf)
    press.dialogue.tell(summary(report, press.texts))


def bounces(press: Press) -> None:
    """Look in the bakery's mailbox for what came back, and mark those invoices."""
    press.dialogue.shows(press.texts("ribbon.bounces.busy"))
    with press.office() as office:
        report = dispatch.bounces(office)
        kept = press.keep()
    press.dialogue.tell(_with(kept, summary(report, press.texts, nothing="cli.nothing_came_back"), press.texts))


# --- agreeing ---
def _agreed(press: Press, office: Office, look: Look, plan: Plan) -> Plan | None:
    """*plan*, or the one to send again, once the person says so; None when nothing is to be done."""
    words = agreement(plan, look.ledger.settings, press.texts)
    problem = first_problem(plan)
    if not plan.errands:
        if plan.stays and all(stay.state in _ONLY_AGAIN for stay in plan.stays):
            return _again(press, office, look, plan)
        _offer_first(press, words.splitlines(), problem)
        return None
    if problem is None:
        return plan if press.dialogue.agrees(f"{words}\n\n{press.texts('ribbon.agreement.go_on')}") else None
    answer = press.dialogue.answers(f"{words}\n\n{press.texts('ribbon.agreement.go_on_or_mend')}")
    if answer is Answer.NO and problem.place:
        go_to(press.book, problem.place)
    return plan if answer is Answer.YES else None


def _again(press: Press, office: Office, look: Look, plan: Plan) -> Plan | None:
    """Sending again is a separate act, with a reason (B4)."""
    numbers = tuple(dict.fromkeys(stay.checked.invoice.number for stay in plan.stays))
    doubtful = tuple(stay.checked.invoice.number for stay in plan.stays if stay.state is State.IN_DOUBT)
    key = "ribbon.again.in_doubt" if doubtful else "ribbon.again.delivered"
    answer = press.dialogue.answers(press.texts(key, count=len(doubtful or numbers)))
    if answer is Answer.NO and doubtful:
        dispatch.confirm_arrival(office, doubtful)
        press.keep()
    if answer is not Answer.YES:
        return None
    reason = ask_for(press.texts, press.texts("ribbon.again.reason")) if can_show_windows() else ""
    if reason is None:
        return None
    again = Request(numbers, resend=True, reason=reason.strip() or press.texts("ribbon.again.no_reason"))
    return _agreed(press, office, look, dispatch.planned(look, again))


def _offer_first(press: Press, lines: list[str], problem: Problem | None) -> None:
    """Tell *lines*, and go to the cell of *problem* when the person wants that."""
    if problem is None or problem.place is None:
        press.dialogue.tell("\n".join(lines))
    elif press.dialogue.agrees("\n".join([*lines, "", press.texts("ribbon.go_to_first", place=str(problem.place))])):
        go_to(press.book, problem.place)


# --- telling ---
def _page(press: Press, office: Office, ledger: Ledger, report: Report, key: str) -> tuple[Path, FactuurError | None]:
    """Keep the page of a run; where, and why not when it failed. A run without a page is told all the same."""
    path = ledger.settings.general.file_location / press.texts(key)
    try:
        make_folder(path.parent)
        write_page(path, report, office, press.texts)
    except FactuurError as error:
        return path, error
    return path, None


def _with(error: FactuurError | None, words: str, texts: Texts) -> str:
    return words if error is None else f"{words}\n\n{error_sentence(texts, error)}"


def _named(problem: Problem, texts: Texts) -> str:
    sentence = problem_sentence(texts, problem)
    return f"{problem.invoice}: {sentence}" if problem.invoice else sentence
