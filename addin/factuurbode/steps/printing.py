"""The way by paper: queue each job, then wait for all of them, as long as paper keeps coming out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cached_property

from ..domain.settings import Printing
from ..domain.states import State
from ..errors import PrinterUnknown, PrinterUnreachable
from ..journal import Dispatch
from ..ports import Printer, PrintOptions, Receipt
from .office import Office
from .record import Record
from .truth import print_title

PATIENCE = 60.0
"""Seconds without a job coming to its end, after which a person has to look; the next command follows the job on."""


class PrintRoom:
    """Prints the paper of one run."""

    def __init__(self, office: Office, settings: Printing, record: Record) -> None:
        self._office = office
        self._settings = settings
        self._record = record
        self._queued: list[Dispatch] = []

    @cached_property
    def _printer(self) -> Printer:
        return self._office.open_printer(self._settings.printer)

    def move(self, dispatch: Dispatch) -> Iterator[Dispatch]:
        """Queue *dispatch*; nothing when the printer has it and `finish` tells the rest, else how it stands."""
        settings = self._settings
        options = PrintOptions(settings.copies, settings.two_sided, settings.colour, settings.tray)
        printing_now = self._record.advance(dispatch, State.PRINTING)
        try:
            job = self._printer.submit(dispatch.intent.pdf, print_title(dispatch), options)
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
        receipts = followed(self._printer, [dispatch.job for dispatch in self._queued])
        for dispatch, receipt in zip(self._queued, receipts, strict=True):
            yield self._record.receipt(dispatch, receipt, job=dispatch.job)
        self._queued.clear()


def followed(printer: Printer, jobs: Sequence[str]) -> Iterator[Receipt]:
    """What became of each of *jobs*, in order. One printer without paper is waited for once, not for each job."""
    until = time.monotonic() + PATIENCE
    for job in jobs:
        receipt = printer.follow(job, max(0.0, until - time.monotonic()))
        if receipt.state is not State.ATTENTION:
            until = time.monotonic() + PATIENCE
        yield receipt
