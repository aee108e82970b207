"""Looking at an invoice before it goes out: the very PDF that would be delivered, kept in a folder for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..deliver.folder import save_anew
from ..domain.model import Channel
from ..domain.selection import Errand
from ..domain.settings import Settings
from ..domain.states import State
from ..ports import Outcome
from .mailing import pdf_name
from .rendition import Rendition
from .report import Result


class Preview:
    """Stands in for the courier; writes the PDF into *folder*, and nothing anywhere else."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder

    def deliver(self, errand: Errand, rendition: Rendition) -> Iterator[Result]:
        """The PDF, as a READY result: nothing went out. Raises StorageError."""
        invoice = errand.checked.invoice
        pdf = save_anew(rendition.pdf, self._folder, pdf_name(invoice, self._settings))
        yield Result(invoice.number, Outcome(Channel.FILE, State.READY, "outcome.rehearsed"), pdf)

    def finish(self) -> Iterator[Result]:
        """There is nothing to wait for."""
        return iter(())
