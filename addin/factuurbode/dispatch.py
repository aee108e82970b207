"""The story itself: from the workbook's rows to delivered invoices, and back to the workbook.

    book ─► check ─► choose ─► render and convert ─► deliver ─► journal ─► book

Each command on a workbook is one function here; `steps` holds the verbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from .deliver.addresses import read_addresses
from .domain.ledger import Ledger
from .domain.model import Channel
from .domain.preflight import Preflight, preflight
from .domain.selection import Plan, Request, choose
from .domain.states import State
from .identifiers import NUMBER_CHECKS
from .ports import Reached
from .steps.arrival import arrived
from .steps.courier import Courier
from .steps.delivery import delivered, described, requested
from .steps.fitness import with_documents
from .steps.internal import InternalCopies
from .steps.mailbox import end_doubts, keep_in_sent, take_back
from .steps.office import Office
from .steps.preview import Preview
from .steps.reconcile import Side, reconcile_with
from .steps.rehearsal import Rehearsal
from .steps.rendition import Renditions
from .steps.report import Report, Result, Watch
from .steps.staying import copies, row_of_stay, stayed
from .steps.telling import View, outcome_of, status_row
from .steps.test_mail import send_test_mail
from .steps.truth import agree, clock_doubts, ensure_agreement, ensure_not_upgraded, settle, unfinished
from .steps.upgrading import Upgrade, upgraded
from .texts import texts_in


@dataclass(frozen=True, slots=True)
class Look:
    """The workbook as it is now, checked, with the journal's story in it."""

    ledger: Ledger
    checked: Preflight
    run: str


def customer_copies(office: Office, request: Request, watch: Watch) -> Report:
    """Deliver every requested invoice as its customer wants it (R19). Pressing again sends only what is not yet sent.

    Raises BookError or JournalError before anything goes out, and JournalNotWritable when nothing can be written
    down any more.
    """
    look = prepare(office)
    return deliver(office, look, planned(look, request), watch)


def prepare(office: Office) -> Look:
    """The workbook, ready to be told what will happen. Raises BookError or JournalError."""
    office.book.ensure_writable()
    return look_at(office, "customer-copies", ask_mailbox=True)


def planned(look: Look, request: Request) -> Plan:
    """What would go out now and what would stay, to be agreed with. Raises UnknownInvoice."""
    errands, stays = choose(requested(look.checked, request.numbers), request)
    return Plan(request, tuple(errands), tuple(stays))


def deliver(office: Office, look: Look, plan: Plan, watch: Watch) -> Report:
    """Do what was agreed, and tell the workbook."""
    results = [stayed(office.journal, stay) for stay in plan.stays]
    renditions = Renditions(office, look.ledger)
    view = View(office, look.run)
    with closing(Courier(office, look.ledger, plan.request, look.run, watch)) as courier:
        for result in delivered(renditions, plan.errands, courier, watch):
            results.append(result)
            view.refresh()
    told = view.tell([row_of_stay(stay, office.now()) for stay in plan.stays if stay.untouched])
    copied = keep_in_sent(office, look.ledger.settings, look.run)
    warnings = (*look.checked.problems, *renditions.warnings, *courier.warnings, *copied)
    return Report(described(results, look.checked), warnings, book_error=told, cancelled=watch.cancelled)


def rehearse(office: Office, request: Request, watch: Watch) -> Report:
    """A dry run: make every PDF and mail to look at, send nothing, change nothing."""
    ledger = office.book.read()
    ensure_agreement(office.journal, ledger.identity, office.book.path)
    checked = _checked(office, ledger)
    errands, stays = choose(requested(checked, request.numbers), request)
    results = [stayed(office.journal, stay) for stay in stays]
    renditions = Renditions(office, ledger)
    results += delivered(renditions, errands, Rehearsal(office, ledger.settings, _try_out(ledger)), watch)
    warnings = (*checked.problems, *renditions.warnings)
    return Report(described(results, checked), warnings, rehearsal=True, cancelled=watch.cancelled)


def internal_copies(office: Office, numbers: Sequence[str], *, on_screen: bool | None, watch: Watch) -> Report:
    """Print the invoices or keep them for the screen, whatever the customer's settings say (R18)."""
    look = look_at(office, "internal-copies")
    internal = InternalCopies(office, look.ledger, on_screen=on_screen)
    errands, results = copies(office.journal, requested(look.checked, numbers), internal.channel)
    results += delivered(Renditions(office, look.ledger), errands, internal, watch)
    return Report(described(results, look.checked), cancelled=watch.cancelled)


def preview(office: Office, number: str, watch: Watch) -> Report:
    """Make the PDF of one invoice to look at, complete or not, sent or not; nothing goes out, nothing changes."""
    ledger = office.book.read()
    checked = _checked(office, ledger)
    errands, results = copies(office.journal, requested(checked, (number,)), Channel.FILE)
    results += delivered(Renditions(office, ledger), errands, Preview(ledger.settings, _try_out(ledger)), watch)
    return Report(described(results, checked), rehearsal=True)


def test_mail(office: Office, reached: Reached) -> Report:
    """Mail a made-up invoice to the sender's own address, to see how far it comes (B5)."""
    return Report((send_test_mail(office, office.book.read(), reached),))


def confirm_arrival(office: Office, numbers: Sequence[str]) -> Report:
    """A person knows that the mails of these invoices, which were in doubt, arrived: they count as sent."""
    look = prepare(office)
    confirmed = []
    for one in requested(look.checked, numbers):
        latest = office.journal.latest(one.invoice.number, Channel.MAIL)
        if latest is not None and latest.state is State.IN_DOUBT:
            sent = arrived(office.journal, look.run, latest, "confirmed")
            confirmed.append(
                Result(
                    one.invoice.number, outcome_of(sent, office.journal.addressees(sent.intent.id)), latest.intent.pdf
                )
            )
    told = View(office, look.run).tell()
    return Report(described(confirmed, look.checked), book_error=told)


def bounces(office: Office) -> Report:
    """Mark the invoices whose mail came back, by what stands in the bakery's mailbox.

    Raises MailNotSetUp or MailboxUnreachable.
    """
    office.book.ensure_writable()
    look = look_at(office, "bounces", ask_mailbox=True)
    marked = take_back(office, look.ledger.settings, look.run)
    results = [
        Result(one.intent.invoice, outcome_of(one, office.journal.addressees(one.intent.id)), one.intent.pdf)
        for one in marked
    ]
    return Report(described(results, look.checked), book_error=View(office, look.run).tell())


def check(office: Office) -> Preflight:
    """Everything that the preflight says of the workbook."""
    return look_at(office, "check").checked


def status(office: Office) -> Report:
    """How every invoice stands that has ever been on its way."""
    look = look_at(office, "status")
    known = [one.invoice.number for one in look.checked.invoices if office.journal.newest(one.invoice.number)]
    rows = [status_row(office.journal, number) for number in known]
    results = [Result(row.invoice, outcome, row.pdf) for row in rows for outcome in row.outcomes]
    return Report(described(results, look.checked))


def reconcile(office: Office, side: Side) -> None:
    """A person says who is right when workbook and journal disagree; the workbook is then told the rest."""
    office.book.ensure_writable()
    ensure_not_upgraded(office.journal, office.book.path)
    reconcile_with(office.journal, office.book.read().identity, side)
    look_at(office, "reconcile")


def upgrade(office: Office) -> Upgrade:
    """A new workbook beside that of *office*, with what an earlier version could not put into it.

    Raises BookError, JournalError or StorageError; then nothing was written.
    """
    return upgraded(office)


def look_at(office: Office, command: str, *, ask_mailbox: bool = False) -> Look:
    """Read the workbook, bring the journal's story and its own together, and check every invoice.

    With *ask_mailbox* doubts are ended that the bakery's mailbox can end. Raises BookDisagrees when a person has to
    choose first.
    """
    ledger = office.book.read()
    agree(office, ledger.identity)
    run = office.journal.begin_run(command)
    if unfinished(office.journal):
        settle(office, ledger, run)
        View(office, run).tell()
    if ask_mailbox and end_doubts(office, ledger.settings, run):
        View(office, run).tell()
    checked = _checked(office, ledger)
    return Look(ledger, replace(checked, problems=(*checked.problems, *clock_doubts(office))), run)


def _checked(office: Office, ledger: Ledger) -> Preflight:
    """Every invoice of *ledger* as it stands today, with what is wrong with its documents."""
    found = preflight(ledger, office.journal.past(), read_addresses, NUMBER_CHECKS, office.now().date())
    return with_documents(found, ledger)


def _try_out(ledger: Ledger) -> Path:
    """The folder for what is made only to look at."""
    return ledger.settings.general.file_location / texts_in(ledger.language)("folder.rehearsal")
