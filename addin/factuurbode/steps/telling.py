"""Telling the workbook: its status columns and Log are a view of the journal, brought up to date here."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ..domain.addressees import Addressee
from ..domain.numbering import same_number
from ..domain.sent import Sent
from ..domain.states import NEVER_BY_ITSELF, WORST_FIRST, State
from ..errors import BookError, FactuurError, StorageError
from ..journal import Dispatch, Event, Journal
from ..ports import LogRow, Outcome, StatusRow
from .office import Office

_UNTOLD = frozenset({State.READY, State.SENDING, State.HANDOVER, State.PRINTING})
_REFRESH = 1.5  # seconds between two writes into a workbook that somebody is looking at


class View:
    """The workbook as a run keeps it up to date: while it goes where a person watches it live, and at its end."""

    def __init__(self, office: Office, run: str) -> None:
        self._office = office
        self._run = run
        self._told_at = time.monotonic()
        self._lost = not office.book.live

    def refresh(self) -> None:
        """Tell a live workbook what is new, now and then. One that cannot be told is let be until the end."""
        if self._lost or time.monotonic() < self._told_at + _REFRESH:
            return
        self._lost = self.tell() is not None
        self._told_at = time.monotonic()

    def tell(self, others: Sequence[StatusRow] = ()) -> FactuurError | None:
        """Tell everything; when it cannot be told now, the next command does, and the error says why.

        The workbook may be open elsewhere, or gone: on a stick that was pulled out, say.
        """
        try:
            tell_book(self._office, self._run, others)
        except (BookError, StorageError) as error:
            return error
        return None


def tell_book(office: Office, run: str, others: Iterable[StatusRow] = ()) -> None:
    """Write into the workbook what it has not been told yet, and *others* (invoices that stay, with the reason).

    Raises BookError or StorageError; the journal keeps the outcomes, and the next command tells them.
    """
    journal = office.journal
    events = journal.events_after(int(journal.noted("written_event") or 0))
    statuses = {same_number(row.invoice): row for row in others}
    statuses.update((same_number(invoice), status_row(journal, invoice)) for invoice in _invoices(journal, events))
    if not statuses:
        return
    last = str(events[-1].n) if events else journal.noted("written_event")
    journal.note(writing_run=run, writing_event=last)
    log = [_log_row(journal, event, office.now()) for event in events if event.state not in _UNTOLD]
    office.book.write(list(statuses.values()), log, run)
    journal.note(written_run=run, written_event=last)


def status_row(journal: Journal, invoice: str) -> StatusRow:
    """How *invoice* stands: the newest dispatch of each channel, worst first, and the PDF that can still be opened."""
    newest = sorted(journal.newest(invoice), key=lambda dispatch: WORST_FIRST.index(dispatch.state))
    saved = newest[0].intent.saved_as
    said, final = _agreed(journal, invoice)
    return StatusRow(
        invoice=invoice,
        outcomes=tuple(outcome_of(dispatch, journal.addressees(dispatch.intent.id)) for dispatch in newest),
        updated=max(dispatch.last.at for dispatch in newest).astimezone(),
        pdf=saved if saved and saved.exists() else newest[0].intent.pdf,
        dispatch=newest[0].intent.id,
        said=said,
        final=final,
    )


def _agreed(journal: Journal, invoice: str) -> tuple[Sent | None, bool]:
    """What *invoice* was agreed to say last, and whether that has reached somebody, or may have."""
    by_last_step = sorted(journal.of_invoice(invoice), key=lambda dispatch: dispatch.last.n)
    reached = [dispatch for dispatch in by_last_step if dispatch.state in NEVER_BY_ITSELF]
    meant = reached or [dispatch for dispatch in by_last_step if not dispatch.superseded]
    return (journal.sent(meant[-1]) if meant else None), bool(reached)


def outcome_of(dispatch: Dispatch, addressees: tuple[Addressee, ...] = ()) -> Outcome:
    """A dispatch's latest step as an outcome; *addressees* is how it stands with each."""
    return _outcome(dispatch, dispatch.last, addressees)


def _outcome(dispatch: Dispatch, event: Event, addressees: tuple[Addressee, ...] = ()) -> Outcome:
    intent = dispatch.intent
    unsure = event.state is State.PRINTING and not dispatch.job
    key = "outcome.print_unreachable" if unsure else f"outcome.{event.code}" if event.code else ""
    reached = tuple(one.address for one in addressees if one.state is State.SENT and one.address in intent.recipients)
    recipients = reached if event.state in (State.SENT, State.PARTLY) and addressees else intent.recipients
    return Outcome(
        intent.channel, event.state, key, {"detail": event.detail}, recipients=recipients, addressees=addressees
    )


def _log_row(journal: Journal, event: Event, now: datetime) -> LogRow:
    dispatch = journal.dispatch(event.dispatch)
    outcome = _outcome(dispatch, event)
    outcome = replace(outcome, recipients=event.dropped or outcome.recipients)  # those that the row is about
    return LogRow(event.at.astimezone(now.tzinfo), event.run, dispatch.intent.invoice, outcome)


def _invoices(journal: Journal, events: Iterable[Event]) -> list[str]:
    return list(dict.fromkeys(journal.dispatch(event.dispatch).intent.invoice for event in events))
