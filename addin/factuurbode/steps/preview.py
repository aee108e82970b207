"""Looking at an invoice before it goes out: the very PDF that would be delivered, kept in a folder for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..domain.model import Channel
from ..domain.selection import Errand
from ..domain.settings import Settings
from ..domain.states import State
from ..ports import Outcome
from .mailing import pdf_name
from .rendition import Rendition
from .report import Result
from .try_out import TryOut


class Preview:
    """Stands in for the courier; writes the PDF into *folder*, and nothing anywhere else."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._try_out = TryOut(folder)

    def deliver(self, errand: Errand, rendition: Rendition) -> Iterator[Result]:
        """The PDF, as a READY result: nothing went out. Raises StorageError."""
        invoice = errand.checked.invoice
        pdf = self._try_out.save(rendition.pdf, pdf_name(invoice, self._settings))
        yield Result(invoice.number, Outcome(Channel.FILE, State.READY, "outcome.rehearsed"), pdf)

    def finish(self) -> Iterator[Result]:
        """There is nothing to wait for."""
        return iter(())
