"""Workbook and journal must tell one story before anything goes out.

The journal owns what happened; the workbook's status columns and Log are a view of it. Each command first settles
what a dead process left in flight, and brings the view up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from ..domain.ledger import Identity, Ledger
from ..domain.problems import Problem, Severity
from ..domain.states import IN_FLIGHT, State
from ..errors import (
    BookDisagrees,
    BookFromOtherTime,
    BookUpgraded,
    BookWithoutJournal,
    JournalOfOtherBook,
    PrinterUnknown,
    PrinterUnreachable,
)
from ..importing.applying.settling import settle as settle_imports
from ..journal import Dispatch, Journal
from .office import Office

UPGRADED = "upgraded"
"""Under this key the journal notes the name of the workbook that took the place of the one before it."""

_CLOCKS_DIFFER = timedelta(minutes=10)  # two computers that share a workbook


def agree(office: Office, identity: Identity) -> None:
    """Check that workbook and journal belong together and are of the same moment.

    Raises BookUpgraded, BookWithoutJournal, JournalOfOtherBook or BookFromOtherTime. A new workbook's first journal is
    noted here.
    """
    journal = office.journal
    ensure_agreement(journal, identity, office.book.path)
    if not journal.noted("book"):
        journal.note(book=identity.id)
    elif identity.last_run != journal.noted("written_run"):
        # the process died between writing the workbook and noting that it had
        journal.note(written_run=identity.last_run, written_event=journal.noted("writing_event"))
    settle_imports(journal, office.book.read)


def ensure_agreement(journal: Journal, identity: Identity, path: Path) -> None:
    """The same check alone, after which everything is as before. Raises what `agree` does."""
    ensure_not_upgraded(journal, path)
    if differs := disagreement(journal, identity, path):
        raise differs


def ensure_not_upgraded(journal: Journal, path: Path) -> None:
    """Raises BookUpgraded when the workbook that took the place of the one at *path* stands beside it."""
    upgraded = journal.noted(UPGRADED)
    if not upgraded or upgraded == path.name:
        return
    newer = path.with_name(upgraded)
    if newer.exists() and not (path.exists() and newer.samefile(path)):
        raise BookUpgraded(path=path, upgraded=upgraded)


def disagreement(journal: Journal, identity: Identity, path: Path) -> BookDisagrees | None:
    """How *journal* and the workbook with *identity* at *path* contradict each other, if they do."""
    owner = journal.noted("book")
    if not owner:
        return BookWithoutJournal(path=path) if identity.last_run else None
    if owner != identity.id:
        return JournalOfOtherBook(path=path)
    if identity.last_run in (journal.noted("written_run"), journal.noted("writing_run")):
        return None
    return BookFromOtherTime(path=path)


def clock_doubts(office: Office) -> Iterator[Problem]:
    """A warning when this computer's clock stands before the journal's last step.

    The order of things does not hang on it (`Event.n` gives that), but the dates that people read do.
    """
    if last := clock_runs_behind(office.journal, office.now()):
        yield Problem("clock_set_back", Severity.WARNING, value=last.astimezone())


def clock_runs_behind(journal: Journal, now: datetime) -> datetime | None:
    """The moment of the journal's last step when *now* is before it."""
    last = journal.last_moment()
    return last if last is not None and now < last - _CLOCKS_DIFFER else None


def settle(office: Office, ledger: Ledger, run: str) -> None:
    """Decide what became of dispatches that a dead process left in flight, and of print jobs that were waiting."""
    journal = office.journal
    for dispatch in journal.in_states(*IN_FLIGHT, State.ATTENTION):
        if dispatch.state is State.SENDING:
            served = any(one.state is State.SENT for one in journal.addressees(dispatch.intent.id))
            waits = State.LATER if served else State.READY
            journal.advance(run, dispatch.intent.id, waits, code="interrupted")
        elif dispatch.state is State.HANDOVER:
            in_doubt = [
                replace(one, state=State.IN_DOUBT)
                for one in journal.addressees(dispatch.intent.id)
                if one.state is State.HANDOVER
            ]
            journal.advance(run, dispatch.intent.id, State.IN_DOUBT, code="interrupted_handover", addressees=in_doubt)
        else:
            _settle_print(office, ledger, run, dispatch)


def _settle_print(office: Office, ledger: Ledger, run: str, dispatch: Dispatch) -> None:
    """Ask the printer. While it cannot be asked, the dispatch stays as it is."""
    try:
        printer = office.open_printer(ledger.settings.printing.printer)
        job = dispatch.job or printer.find(print_title(dispatch))
        if job is None:
            office.journal.advance(run, dispatch.intent.id, State.READY, code="interrupted")
            return
        receipt = printer.follow(job, patience=0)
    except (PrinterUnknown, PrinterUnreachable):
        return
    if receipt.state is not dispatch.state:
        office.journal.advance(
            run, dispatch.intent.id, receipt.state, code=receipt.code, detail=receipt.detail, job=job
        )


def print_title(dispatch: Dispatch) -> str:
    """The name of a dispatch's print job: what a person sees in the queue, and how it is found again."""
    return f"{dispatch.intent.invoice} {dispatch.intent.id}"


def unfinished(journal: Journal) -> bool:
    """Whether there is something to settle, or to tell the workbook."""
    behind = journal.events_after(int(journal.noted("written_event") or 0))
    return bool(behind or journal.in_states(*IN_FLIGHT, State.ATTENTION))
