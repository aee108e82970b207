"""Delivering: each dispatch is written down before it moves, and again at every step that cannot be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

from ..deliver.archive import Archive, Kept
from ..deliver.folder import holds, remove, save
from ..domain.ledger import Ledger
from ..domain.model import Channel, Invoice
from ..domain.preflight import Checked
from ..domain.selection import Errand, Request
from ..domain.states import DELIVERED, UNFINISHED, State
from ..errors import PrinterUnknown, PrinterUnreachable
from ..journal import Dispatch, Intent
from ..journal.journal import new_dispatch_id
from ..ports import Envelope, Mailer, Printer, PrintOptions, Receipt, unseen
from .mailing import envelope_for, pdf_name
from .office import Office
from .pacing import Pace
from .printing import followed
from .rendition import Rendition
from .report import Result, Watch
from .staying import left
from .telling import outcome_of
from .truth import print_title


class Courier:
    """Takes the errands of one run to the customer. Close it when the run ends."""

    def __init__(self, office: Office, ledger: Ledger, request: Request, run: str, watch: Watch) -> None:
        self._office = office
        self._journal = office.journal
        self._settings = ledger.settings
        self._request = request
        self._run = run
        self._watch = watch
        self._archive = Archive(ledger.settings.general.archive)
        self._mailer: Mailer | None = None
        self._printing: list[Dispatch] = []

    @cached_property
    def _pace(self) -> Pace:
        return Pace(self._journal, self._settings.mail, self._office.now)

    @cached_property
    def _printer(self) -> Printer:
        return self._office.open_printer(self._settings.printing.printer)

    def deliver(self, errand: Errand, rendition: Rendition) -> Iterator[Result]:
        """The results of *errand*, save of print jobs, which `finish` tells. Raises StorageError or JournalError.

        All its dispatches are written down before the first one moves, so that a run that dies between an e-mail
        and the paper beside it is finished by the next one; so is what is left when the person cancels.
        """
        kept = self._keep(errand.checked.invoice, rendition)
        self._withdraw_what_changed(errand)
        dispatches = [self._dispatch(errand.checked, channel, rendition, kept) for channel in errand.channels]
        for dispatch in dispatches:
            full_until = self._waits_for_room(dispatch)
            if self._watch.cancelled:
                yield left(dispatch.intent.invoice, dispatch.intent.channel)
                continue
            moved = self._put_off(dispatch, full_until) if full_until else self._move(dispatch)
            if moved.state is State.PRINTING and moved.job:
                self._printing.append(moved)
            else:
                yield self._result(moved)

    def finish(self) -> Iterator[Result]:
        """Follow the print jobs to their end, and tell what became of them."""
        if not self._printing:
            return
        receipts = followed(self._printer, [dispatch.job for dispatch in self._printing])
        for dispatch, receipt in zip(self._printing, receipts, strict=True):
            yield self._result(self._record(dispatch, receipt, job=dispatch.job))
        self._printing.clear()

    def close(self) -> None:
        """Take leave of the mail server."""
        if self._mailer is not None:
            self._mailer.close()

    # --- writing down ---
    def _keep(self, invoice: Invoice, rendition: Rendition) -> Kept:
        year = invoice.issued.year if invoice.issued else self._office.now().year
        return self._archive.keep(rendition.pdf, year=year, name=pdf_name(invoice, self._settings))

    def _withdraw_what_changed(self, errand: Errand) -> None:
        """A dispatch that waits to be sent again, but is no longer what the workbook says, will not be."""
        checked = errand.checked
        for channel in Channel:
            waiting = self._journal.latest(checked.invoice.number, channel)
            if waiting is None or waiting.state not in UNFINISHED:
                continue
            if channel not in errand.channels or not waiting.goes_on_with(checked.content, checked.recipients):
                self._advance(waiting, State.FAILED, code="superseded")

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
            envelope_to=envelope.recipients if envelope else (),
            message=message.path if message else None,
            message_sha256=message.sha256 if message else "",
            saved_as=saved,
            resend_of=latest.intent.id if resend and latest else "",
            reason=self._request.reason if resend else "",
        )
        return self._journal.intend(self._run, intent)

    # --- moving ---
    def _waits_for_room(self, dispatch: Dispatch) -> datetime | None:
        """Wait until this minute has room for a mail; from when it may go, when the day has none."""
        if dispatch.intent.channel is not Channel.MAIL:
            return None
        full_until = self._pace.full_until(len(dispatch.intent.envelope_to))
        if full_until is None:
            self._pace.wait(self._watch)
        return full_until

    def _put_off(self, dispatch: Dispatch, until: datetime) -> Dispatch:
        """One in doubt stays so: what may have arrived is not merely late."""
        if dispatch.state is State.IN_DOUBT:
            return dispatch
        local = until.astimezone(self._office.now().tzinfo)
        return self._advance(dispatch, State.LATER, code="daily_limit", detail=f"{local:%d-%m-%Y %H:%M}")

    def _move(self, dispatch: Dispatch) -> Dispatch:
        match dispatch.intent.channel:
            case Channel.MAIL:
                return self._mail(dispatch)
            case Channel.PRINT:
                return self._print(dispatch)
            case Channel.FILE:
                return self._advance(dispatch, State.SAVED)

    def _mail(self, dispatch: Dispatch) -> Dispatch:
        intent = dispatch.intent
        if intent.message is None:
            raise ValueError(f"dispatch {intent.id} has no message")
        message = self._archive.load(intent.message, intent.message_sha256)
        if self._mailer is None:
            self._mailer = self._office.open_mailer(self._settings.mail, unseen)
        again = dispatch.state is State.IN_DOUBT
        code, detail = ("resent_in_doubt", self._request.reason) if again else ("", "")
        self._advance(dispatch, State.SENDING, code=code, detail=detail)

        def handing_over() -> None:
            self._advance(dispatch, State.HANDOVER)

        envelope = Envelope(intent.sender, intent.envelope_to, message)
        receipt = self._mailer.send(envelope, handing_over)
        if receipt.state in (State.SENT, State.IN_DOUBT):
            self._pace.went(len(intent.envelope_to))
        return self._record(dispatch, receipt)

    def _print(self, dispatch: Dispatch) -> Dispatch:
        printing = self._settings.printing
        options = PrintOptions(printing.copies, printing.two_sided, printing.colour, printing.tray)
        printing_now = self._advance(dispatch, State.PRINTING)
        try:
            job = self._printer.submit(dispatch.intent.pdf, print_title(dispatch), options)
        except PrinterUnknown as error:
            return self._advance(dispatch, State.FAILED, code=error.code, detail=error.facts["known"])
        except PrinterUnreachable:
            return printing_now  # it may have the job; the next command asks before anything is printed again
        return self._advance(dispatch, State.PRINTING, job=job)

    def _record(self, dispatch: Dispatch, receipt: Receipt, job: str = "") -> Dispatch:
        return self._advance(dispatch, receipt.state, code=receipt.code, detail=receipt.detail, job=job)

    def _advance(
        self, dispatch: Dispatch, state: State, *, code: str = "", detail: str = "", job: str = ""
    ) -> Dispatch:
        return self._journal.advance(self._run, dispatch.intent.id, state, code=code, detail=detail, job=job)

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
        return Result(dispatch.intent.invoice, outcome_of(dispatch), pdf)
