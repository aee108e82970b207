"""A dry run: every PDF and every mail is made and kept to look at, and nothing goes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..deliver.folder import save_anew
from ..domain.model import Channel
from ..domain.selection import Errand
from ..domain.settings import Settings
from ..domain.states import State
from ..ports import Outcome
from .mailing import envelope_for, pdf_name
from .office import Office
from .rendition import Rendition
from .report import Result


class Rehearsal:
    """Stands in for the courier; writes PDFs and mails into *folder*."""

    def __init__(self, office: Office, settings: Settings, folder: Path) -> None:
        self._office = office
        self._settings = settings
        self._folder = folder

    def deliver(self, errand: Errand, rendition: Rendition) -> Iterator[Result]:
        """What would go out, as READY results. Raises StorageError, MailNotSetUp or TemplateFault."""
        checked = errand.checked
        name = pdf_name(checked.invoice, self._settings)
        pdf = save_anew(rendition.pdf, self._folder, name)
        for channel in errand.channels:
            recipients: tuple[str, ...] = ()
            if channel is Channel.MAIL:
                recipients = checked.recipients
                now = self._office.now()
                envelope = envelope_for(checked, rendition, self._settings, f"rehearsal-{pdf.stem}", now)
                save_anew(envelope.message, self._folder, f"{pdf.stem}.eml")
            yield Result(
                checked.invoice.number, Outcome(channel, State.READY, "outcome.rehearsed", recipients=recipients), pdf
            )

    def finish(self) -> Iterator[Result]:
        """Nothing was printed, so there is nothing to wait for."""
        return iter(())

    def close(self) -> None:
        """Nothing was opened."""
