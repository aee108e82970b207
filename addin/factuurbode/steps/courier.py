"""Delivering: each dispatch is written down before it moves, and again at every step that cannot be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from ..deliver.archive import Archive, Kept
from ..deliver.folder import holds, remove, save
from ..domain.ledger import Ledger
from ..domain.model import Channel, Invoice
from ..domain.preflight import Checked
from ..domain.problems import Problem
from ..domain.selection import Errand, Request
from ..domain.states import DELIVERED, TURNED_AWAY, UNFINISHED, State
from ..journal import Dispatch, Intent
from ..journal.dispatch import REST_DROPPED, SUPERSEDED
from ..journal.journal import new_dispatch_id
from .mailing import envelope_for, pdf_name
from .office import Office
from .posting import Post
from .printing import PrintRoom
from .record import Record
from .rendition import Rendition
from .report import Result, Watch
from .staying import left
from .telling import outcome_of


class Courier:
    """Takes the errands of one run to the customer. Close it when the run ends."""

    def __init__(self, office: Office, ledger: Ledger, request: Request, run: str, watch: Watch) -> None:
        self._office = office
        self._journal = office.journal
        self._settings = ledger.settings
        self._request = request
        self._watch = watch
        self._archive = Archive(ledger.settings.general.archive)
        self._record = Record(office.journal, run)
        self._post = Post(office, ledger.settings, self._record, watch, request.reason)
        self._print_room = PrintRoom(office, ledger, self._record)

    def deliver(self, errand: Errand, rendition: Rendition) -> Iterator[Result]:
        """The results of *errand* that are known at once. Raises StorageError or JournalError.

        All its dispatches are written down before the first one moves, so that a run that dies between an e-mail
        and the paper beside it is finished by the next one; so is what is left when the person cancels.
        """
        kept = self._keep(errand.checked.invoice, rendition)
        self._withdraw_what_changed(errand)
        channels = errand.channels
        if Channel.MAIL in channels and self._everyone_has_it(errand.checked):
            channels = tuple(channel for channel in channels if channel is not Channel.MAIL)
            yield from self._rest_dropped(errand.checked)
        dispatches = [self._dispatch(errand.checked, channel, rendition, kept) for channel in channels]
        for dispatch in dispatches:
            if self._watch.cancelled:
                yield left(dispatch.intent.invoice, dispatch.intent.channel)
                continue
            for moved in self._move(dispatch):
                unmoved = self._watch.cancelled and moved is dispatch
                yield left(moved.intent.invoice, moved.intent.channel) if unmoved else self._result(moved)

    def finish(self) -> Iterator[Result]:
        """What had to be waited for: mail that was not taken at once, and the print jobs."""
        for moved in chain(self._post.finish(), self._print_room.finish()):
            yield self._result(moved)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What went wrong beside the invoices."""
        return tuple(self._print_room.warnings)

    def close(self) -> None:
        """Take leave of the mail server."""
        self._post.close()

    # --- writing down ---
    def _keep(self, invoice: Invoice, rendition: Rendition) -> Kept:
        year = invoice.issued.year if invoice.issued else self._office.now().year
        return self._archive.keep(rendition.pdf, year=year, name=pdf_name(invoice, self._settings))

    def _withdraw_what_changed(self, errand: Errand) -> None:
        """A dispatch that waits to be sent again, but is no longer what the workbook says, will not be.

        What was refused over a way that the customer no longer wants is over, too.
        """
        checked = errand.checked
        for channel in Channel:
            waiting = self._journal.latest(checked.invoice.number, channel)
            if waiting is None or waiting.superseded:
                continue
            if waiting.state is State.FAILED and channel not in checked.channels:
                self._record.advance(waiting, State.FAILED, code=SUPERSEDED)
            if waiting.state not in UNFINISHED:
                continue
            if channel is Channel.MAIL and waiting.state is State.LATER and self._everyone_has_it(checked):
                continue
            if channel not in errand.channels or not waiting.goes_on_with(checked):
                self._record.advance(waiting, State.FAILED, code=SUPERSEDED)

    def _dispatch(self, checked: Checked, channel: Channel, rendition: Rendition, kept: Kept) -> Dispatch:
        """The dispatch to move: one that waits or is in doubt goes on with its own bytes, else a new one."""
        latest = self._journal.latest(checked.invoice.number, channel)
        if latest and latest.state in UNFINISHED | {State.IN_DOUBT}:
            return latest
        resend = self._request.resend and latest is not None and latest.state in DELIVERED
        self._forget_undelivered(latest)
        saved = save(rendition.pdf, self._settings.general.file_location, pdf_name(checked.invoice, self._settings))
        dispatch_id = new_dispatch_id()
        envelope, message = None, None
        if channel is Channel.MAIL:
            now = self._office.now()
            checked = self._for_whom(checked)
            envelope = envelope_for(checked, rendition, self._settings, dispatch_id, now)
            message = self._archive.keep_message(envelope.message, year=now.year, dispatch_id=dispatch_id)
        intent = Intent(
            id=dispatch_id,
            invoice=checked.invoice.number,
            channel=channel,
            content=checked.content,
            pdf=kept.path,
            pdf_sha256=kept.sha256,
            pages=rendition.pages,
            recipients=checked.recipients if envelope else (),
            sender=envelope.sender if envelope else "",
            envelope_to=envelope.everyone if envelope else (),
            message=message.path if message else None,
            message_sha256=message.sha256 if message else "",
            saved_as=saved,
            resend_of=latest.intent.id if resend and latest else "",
            reason=self._request.reason if resend else "",
        )
        return self._journal.intend(self._record.run, intent)

    def _everyone_has_it(self, checked: Checked) -> bool:
        """Whether a mail has reached everyone whom the customer's row still names, and waits for others in vain."""
        latest = self._journal.latest(checked.invoice.number, Channel.MAIL)
        if latest is None or self._request.resend or not checked.past.served or checked.unserved:
            return False
        return not all(checked.has_it(address) for address in latest.intent.recipients)

    def _rest_dropped(self, checked: Checked) -> Iterator[Result]:
        latest = self._journal.latest(checked.invoice.number, Channel.MAIL)
        if latest is not None and latest.state in TURNED_AWAY | {State.LATER}:
            dropped = "; ".join(one for one in latest.intent.recipients if not checked.has_it(one))
            yield self._result(self._record.advance(latest, State.SENT, code=REST_DROPPED, detail=dropped))

    def _for_whom(self, checked: Checked) -> Checked:
        """*checked* for those who do not have it yet; for everyone where it is sent again on purpose."""
        if self._request.resend or not checked.past.served:
            return checked
        return replace(
            checked, recipients=checked.unserved, copies=tuple(one for one in checked.copies if not checked.has_it(one))
        )

    def _move(self, dispatch: Dispatch) -> Iterator[Dispatch]:
        """The dispatches of which is known what became of them, now that *dispatch* goes; `finish` tells the rest."""
        match dispatch.intent.channel:
            case Channel.MAIL:
                yield from self._post.move(dispatch)
            case Channel.PRINT:
                yield from self._print_room.move(dispatch)
            case Channel.FILE:
                yield self._record.advance(dispatch, State.SAVED)

    # --- the baker's own copy (R2, R3) ---
    def _forget_undelivered(self, latest: Dispatch | None) -> None:
        """The saved PDF of a dispatch that failed makes room for the new one; what somebody changed is left alone."""
        if latest is None or latest.state is not State.FAILED:
            return
        saved = latest.intent.saved_as
        if saved and holds(saved, latest.intent.pdf_sha256):
            remove(saved)

    def _result(self, dispatch: Dispatch) -> Result:
        saved = dispatch.intent.saved_as
        newest = self._journal.newest(dispatch.intent.invoice)
        if (
            saved
            and self._settings.general.delete_after_sending
            and all(other.state in (State.SENT, State.PRINTED) for other in newest)
        ):
            remove(saved)
        pdf = saved if saved and saved.exists() else dispatch.intent.pdf
        return Result(dispatch.intent.invoice, outcome_of(dispatch, self._journal.addressees(dispatch.intent.id)), pdf)
