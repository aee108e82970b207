"""The way by paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .mail import Receipt


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How a document is printed."""

    copies: int = 1
    two_sided: bool = False
    colour: bool = True
    tray: str = ""


class Printer(Protocol):
    """One named printer."""

    def ensure_ready(self, options: PrintOptions) -> None:
        """Raises PrinterUnknown, PrinterStopped, PrinterCannot or PrinterUnreachable: nothing should be queued then.

        A printer that waits for paper is ready: its jobs wait with it.
        """
        ...

    def submit(self, pdf: Path, title: str, options: PrintOptions) -> str:
        """Queue *pdf* under *title* and return the job's id.

        Raises PrinterUnknown when nothing was queued, PrinterUnreachable when that cannot be known.
        """
        ...

    def follow(self, job: str, patience: float) -> Receipt:
        """Wait until *job* ends, at most *patience* seconds.

        PRINTED, FAILED, or ATTENTION when it waits for a person (paper, offline) or is still in the queue.
        """
        ...

    def find(self, title: str) -> str | None:
        """The id of the job with *title*, ended or not, or None when the printer never got it.

        Raises PrinterUnreachable when it cannot be asked: None would allow a second print.
        """
        ...
