"""Internal copies (R18): the same PDF with a stamp, on the printer or on the screen; nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..convert.stamp import stamp
from ..deliver.folder import save
from ..domain.ledger import Ledger
from ..domain.model import Channel
from ..domain.selection import Errand
from ..domain.settings import InternalTo
from ..domain.states import State
from ..ports import Outcome, Printer, PrintOptions
from ..texts import texts_in
from .mailing import pdf_name
from .office import Office
from .printing import followed
from .rendition import Rendition
from .report import Result


@dataclass(frozen=True, slots=True)
class _Queued:
    result: Result
    job: str


class InternalCopies:
    """Stands in for the courier. `on_screen` None leaves the choice to the settings."""

    def __init__(self, office: Office, ledger: Ledger, *, on_screen: bool | None) -> None:
        self._office = office
        self._settings = ledger.settings
        self._texts = texts_in(ledger.language)
        wanted = ledger.settings.printing.internal_to is InternalTo.SCREEN
        self._on_screen = wanted if on_screen is None else on_screen
        self._printer: Printer | None = None
        self._queued: list[_Queued] = []

    @property
    def channel(self) -> Channel:
        """Where the copies go."""
        return Channel.FILE if self._on_screen else Channel.PRINT

    def deliver(self, errand: Errand, rendition: Rendition) -> Iterator[Result]:
        """The stamped copy, kept for the screen or queued for the printer. Raises StorageError or DeliveryError."""
        invoice = errand.checked.invoice
        folder = self._settings.general.file_location / self._texts("folder.internal")
        pdf = save(stamp(rendition.pdf, self._texts("stamp.internal")), folder, pdf_name(invoice, self._settings))
        if self._on_screen:
            yield Result(invoice.number, Outcome(Channel.FILE, State.SAVED), pdf)
            return
        printing = self._settings.printing
        options = PrintOptions(1, printing.two_sided, printing.colour, printing.tray)
        if self._printer is None:
            self._printer = self._office.open_printer(printing.printer)
            self._printer.ensure_ready(options)
        job = self._printer.submit(pdf, f"{self._texts('folder.internal')} {invoice.number}", options)
        self._queued.append(_Queued(Result(invoice.number, Outcome(Channel.PRINT, State.PRINTING), pdf), job))

    def finish(self) -> Iterator[Result]:
        """Follow the print jobs to their end."""
        if self._printer is None:
            return
        receipts = followed(self._printer, [queued.job for queued in self._queued])
        for queued, receipt in zip(self._queued, receipts, strict=True):
            key = f"outcome.{receipt.code}" if receipt.code else ""
            outcome = Outcome(Channel.PRINT, receipt.state, key, {"detail": receipt.detail})
            yield Result(queued.result.invoice, outcome, queued.result.pdf)
