"""What each command does with its options. Each returns the exit code."""

from __future__ import annotations

import os
import sys
import uuid
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from .. import dispatch
from ..deliver.screen import show_on_screen
from ..domain.model import Channel, Language
from ..domain.preflight import Preflight
from ..domain.selection import Request
from ..domain.states import DELIVERED, State
from ..errors import BookExists, ResendNeedsReason, StorageError
from ..ports import Outcome
from ..steps.office import Office
from ..steps.reconcile import Side
from ..steps.report import Report, Result
from ..texts import Texts, own_language
from .doctor import doctor
from .importing import due, import_
from .install import install, uninstall
from .mail_server import mailserver
from .numbers import numbers, void
from .opened import opened
from .progress import ProgressBar
from .sign_in import password, signin
from .template import template
from .upgrade import upgrade
from .voice import Voice


def new(options: Namespace, voice: Voice) -> int:
    """Make an empty workbook, or one with a bakery to try."""
    from ..workbook.create import create_workbook

    path: Path = options.path if options.path.suffix else options.path.with_suffix(".xlsx")
    if os.path.lexists(path):
        raise BookExists(path=path)
    language = Language(options.language) if options.language else own_language()
    create_workbook(path, language, workbook_id=uuid.uuid4().hex, demo=options.demo)
    voice.speak(language)
    voice.say("cli.made", path=path)
    return 0


def check(options: Namespace, voice: Voice) -> int:
    """Tell everything that the preflight finds."""
    with opened(options.book, voice) as office:
        ledger = office.book.read()
        voice.speak(ledger.language)
        checked = dispatch.check(office)
    report = _as_report(checked)
    voice.preflight(checked, report)
    if ledger.older:
        voice.say("upgrade.offered")
    blocked = any(result.outcome.state is State.BLOCKED for result in report.results)
    return 1 if blocked or not checked.ready else 0


def customer_copies(options: Namespace, voice: Voice) -> int:
    """Print customer copies: the button that matters."""
    if options.resend and not (options.invoices and options.reason.strip()):
        raise ResendNeedsReason
    request = Request(options.invoices, options.resend, options.reason.strip())
    if options.report:
        _ensure_place(options.report)
    with opened(options.book, voice, looking=options.dry_run) as office, _progress(office, voice) as bar:
        quiet = office.book.read().settings.mail.hide_message
        command = dispatch.rehearse if options.dry_run else dispatch.customer_copies
        report = command(office, request, bar)
        if options.report:
            page_error = _page_error(options.report, report, office, voice.texts)
    voice.report(report, quiet=quiet)
    if options.report and page_error:
        voice.mention(page_error)
    return _exit_code(report)


def internal_copies(options: Namespace, voice: Voice) -> int:
    """Print internal copies, whatever the customers' settings are."""
    with opened(options.book, voice) as office, _progress(office, voice) as bar:
        report = dispatch.internal_copies(office, options.invoices, on_screen=options.screen, watch=bar)
    for result in report.results:
        if result.outcome.channel is Channel.FILE and result.pdf and sys.stdout.isatty():
            show_on_screen(result.pdf)
    voice.report(report)
    return _exit_code(report)


def status(options: Namespace, voice: Voice) -> int:
    """Tell how every invoice stands that has been on its way."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        report = dispatch.status(office)
    voice.report(report, nothing="cli.nothing_yet")
    return _exit_code(report)


def reconcile(options: Namespace, voice: Voice) -> int:
    """Choose between the journal and the workbook."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        dispatch.reconcile(office, Side(options.trust))
    voice.say("cli.reconciled")
    return 0


def arrived(options: Namespace, voice: Voice) -> int:
    """A person knows that mails in doubt arrived."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        report = dispatch.confirm_arrival(office, options.invoices)
    voice.report(report, nothing="cli.nothing_in_doubt")
    return _exit_code(report)


def bounces(options: Namespace, voice: Voice) -> int:
    """Mark the invoices whose mail came back."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        report = dispatch.bounces(office)
    voice.report(report, nothing="cli.nothing_came_back")
    return _exit_code(report)


def test_mail(options: Namespace, voice: Voice) -> int:
    """Mail a made-up invoice to the bakery itself."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        report = dispatch.test_mail(office, lambda step: voice.say(f"mail_step.{step}"))
    voice.report(report)
    if report.all_fine:
        voice.say("cli.test_mail_sent", address="; ".join(report.results[0].outcome.recipients))
    return _exit_code(report)


def demo(options: Namespace, voice: Voice) -> int:
    """Run the whole product on a made-up bakery, without sending or printing anything outside."""
    from ..demo.run import run_demo

    language = Language(options.language) if options.language else voice.texts.language
    with ProgressBar(voice.err, voice.texts, shown=not voice.as_json) as bar:
        shown = run_demo(options.folder or Path("factuurbode-demo"), language, bar)
    voice.report(shown.report)
    voice.say("cli.demo_done", page=shown.page)
    return 0


def _ensure_place(path: Path) -> None:
    """Raises StorageError, before anything goes out, when no page can be written at *path*."""
    if not path.parent.is_dir():
        raise StorageError(path=path.parent, detail="disk.gone")
    if path.is_dir():
        raise StorageError(path=path, detail="disk.is_folder")
    if not os.access(path.parent, os.W_OK):
        raise StorageError(path=path.parent, detail="disk.denied")


def _page_error(path: Path, report: Report, office: Office, texts: Texts) -> StorageError | None:
    """Write the page; when that fails the run is told all the same, and then why there is no page."""
    from ..report.file import write_page

    try:
        write_page(path, report, office, texts)
    except StorageError as error:
        return error
    return None


def _progress(office: Office, voice: Voice) -> ProgressBar:
    voice.speak(office.book.read().language)
    return ProgressBar(voice.err, voice.texts, shown=not voice.as_json)


def _exit_code(report: Report) -> int:
    if report.all_fine:
        return 0
    return 1 if any(result.fine for result in report.results) else 2


def _as_report(checked: Preflight) -> Report:
    """The preflight as results: what each invoice would do now."""
    results = []
    for one in checked.invoices:
        problems = tuple(problem for problem in one.problems if problem.stops)
        for channel in one.channels:
            state = one.past.states.get(channel, State.READY)
            if state not in DELIVERED:
                state = State.BLOCKED if problems else State.HELD if one.invoice.hold else state
            blocking = problems if state is State.BLOCKED else ()
            recipients = one.recipients if channel is Channel.MAIL else ()
            outcome = Outcome(channel, state, problems=blocking, recipients=recipients)
            results.append(Result(one.invoice.number, outcome))
    return Report(tuple(results))


COMMANDS: Mapping[str, Callable[[Namespace, Voice], int]] = {
    "new": new,
    "check": check,
    "customer-copies": customer_copies,
    "internal-copies": internal_copies,
    "status": status,
    "reconcile": reconcile,
    "arrived": arrived,
    "bounces": bounces,
    "testmail": test_mail,
    "password": password,
    "signin": signin,
    "mailserver": mailserver,
    "import": import_,
    "due": due,
    "numbers": numbers,
    "void": void,
    "upgrade": upgrade,
    "demo": demo,
    "template": template,
    "doctor": doctor,
    "install": install,
    "uninstall": uninstall,
}
