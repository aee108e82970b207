"""The way by paper: queue each job, then wait for all of them, as long as paper keeps coming out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from ..domain.ledger import Ledger
from ..domain.numbering import same_number
from ..domain.problems import Problem, Severity
from ..domain.states import State
from ..errors import DeliveryError, FactuurError, PrinterUnknown, PrinterUnreachable
from ..journal import Dispatch, Intent
from ..ports import Document as ToConvert
from ..ports import Printer, PrintOptions, Receipt
from ..render.cover_list import Listed, cover_list
from ..texts import texts_in
from .office import Office
from .record import Record
from .truth import print_title

_COVER_LIST = "cover-list"
PATIENCE = 60.0
"""Seconds without a job coming to its end, after which a person has to look; the next command follows the job on."""


class PrintRoom:
    """Prints the paper of one run."""

    def __init__(self, office: Office, ledger: Ledger, record: Record) -> None:
        self._office = office
        self._ledger = ledger
        self._settings = ledger.settings.printing
        self._record = record
        self._queued: list[Dispatch] = []
        self.warnings: list[Problem] = []

    @cached_property
    def _printer(self) -> Printer:
        return self._office.open_printer(self._settings.printer)

    @cached_property
    def _refusal(self) -> DeliveryError | None:
        """Why this printer can print nothing now; asked once a run, before the first job."""
        try:
            self._printer.ensure_ready(self._options)
        except DeliveryError as error:
            return error
        return None

    @property
    def _options(self) -> PrintOptions:
        settings = self._settings
        return PrintOptions(settings.copies, settings.two_sided, settings.colour, settings.tray)

    def move(self, dispatch: Dispatch) -> Iterator[Dispatch]:
        """Queue *dispatch*; nothing when the printer has it and `finish` tells the rest, else how it stands."""
        if self._refusal is not None:
            yield self._record.advance(dispatch, State.FAILED, code=self._refusal.code, detail=_detail(self._refusal))
            return
        printing_now = self._record.advance(dispatch, State.PRINTING)
        try:
            job = self._printer.submit(dispatch.intent.pdf, print_title(dispatch), self._options)
        except PrinterUnknown as error:
            yield self._record.advance(dispatch, State.FAILED, code=error.code, detail=error.facts["known"])
        except PrinterUnreachable:
            yield printing_now  # it may have the job; the next command asks before anything is printed again
        else:
            self._queued.append(self._record.advance(dispatch, State.PRINTING, job=job))

    def finish(self) -> Iterator[Dispatch]:
        """Follow the print jobs to their end."""
        if not self._queued:
            return
        if self._settings.cover_list:
            self._print_cover_list()
        receipts = followed(self._printer, [dispatch.job for dispatch in self._queued])
        for dispatch, receipt in zip(self._queued, receipts, strict=True):
            yield self._record.receipt(dispatch, receipt, job=dispatch.job)
        self._queued.clear()

    def _print_cover_list(self) -> None:
        """Last into the queue, so that it lies on top; without it the invoices are printed all the same."""
        texts = texts_in(self._ledger.language)
        document = cover_list([self._listed(one.intent) for one in self._queued], texts, self._office.now())
        (conversion,) = self._office.converter.convert([ToConvert(_COVER_LIST, document)])
        with TemporaryDirectory(prefix="factuurbode-") as folder:
            path = Path(folder) / f"{_COVER_LIST}.pdf"
            try:
                if conversion.error:
                    raise conversion.error
                path.write_bytes(conversion.pdf)
                self._printer.submit(path, f"{texts('cover_list.job')} {self._record.run}", self._once)
            except (FactuurError, OSError) as error:
                self.warnings.append(Problem("cover_list_failed", Severity.WARNING, value=str(error)))

    @property
    def _once(self) -> PrintOptions:
        return replace(self._options, copies=1)

    def _listed(self, intent: Intent) -> Listed:
        invoice = next(one for one in self._ledger.invoices if same_number(one.number) == same_number(intent.invoice))
        route = invoice.customer.route if invoice.customer else None
        name = invoice.customer.name if invoice.customer else ""
        return Listed("" if route is None else f"{route.normalize():f}", intent.invoice, name, intent.pages)


def followed(printer: Printer, jobs: Sequence[str]) -> Iterator[Receipt]:
    """What became of each of *jobs*, in order. One printer without paper is waited for once, not for each job."""
    until = time.monotonic() + PATIENCE
    for job in jobs:
        receipt = printer.follow(job, max(0.0, until - time.monotonic()))
        if receipt.state is not State.ATTENTION:
            until = time.monotonic() + PATIENCE
        yield receipt


def _detail(error: DeliveryError) -> str:
    """What fills the sentence of *error* beside the printer's name, which the settings have."""
    known = error.facts.get("known", "")
    option = error.facts.get("option", "")
    return " · ".join(filter(None, (option, known))) if option else known or error.facts.get("detail", "")
