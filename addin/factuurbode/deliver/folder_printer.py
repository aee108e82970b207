"""A printer that is a folder: for the demonstration, and for who wants to see first what would be printed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..domain.states import State
from ..errors import PrinterUnreachable, StorageError, disk_reason
from ..ports import PrintOptions, Receipt
from .folder import save


class FolderPrinter:
    """`ports.Printer` that writes each job as a PDF; a job is printed when its file is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ensure_ready(self, options: PrintOptions) -> None:
        """See `ports.Printer.ensure_ready`. Paper in a folder has every tray and colour."""

    def submit(self, pdf: Path, title: str, options: PrintOptions) -> str:  # noqa: ARG002 - paper has no sides here
        """See `ports.Printer.submit`. The id is the name of the file."""
        try:
            return save(pdf.read_bytes(), self.folder, _name(title)).name
        except OSError as error:
            raise PrinterUnreachable(detail=disk_reason(error)) from error
        except StorageError as error:
            raise PrinterUnreachable(detail=error.facts["detail"]) from error

    def follow(self, job: str, patience: float) -> Receipt:  # noqa: ARG002 - there is nothing to wait for
        """See `ports.Printer.follow`."""
        if (self.folder / Path(job).name).is_file():
            return Receipt(State.PRINTED, "print_printed", job)
        return Receipt(State.ATTENTION, "print_job_unknown", job)

    def find(self, title: str) -> str | None:
        """See `ports.Printer.find`."""
        name = _name(title)
        return name if (self.folder / name).is_file() else None


def _name(title: str) -> str:
    """A file name for *title*, another for every other title."""
    letters = "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in title)
    return f"{letters[:80].strip()} {hashlib.sha256(title.encode()).hexdigest()[:8]}.pdf"
