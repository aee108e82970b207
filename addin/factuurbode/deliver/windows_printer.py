"""Printing on Windows, by a route that reports its queue: the spooler's own jobs, not a program that swallows a PDF.

A job is held in the queue until its number has been written down, and only then let go. So a crash in between leaves a
job that is found again by its title, and nothing is printed twice. Windows forgets a job once it is printed: one that
this process let go and that has left the queue is printed; one of an earlier process that is no longer there waits for
a person to look.

Written from Microsoft's documentation and tested against a spooler of our own; it has not been run on Windows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import partial
from pathlib import Path
from typing import Protocol

from ..domain.states import State
from ..errors import PrinterCannot, PrinterStopped, PrinterUnknown, PrinterUnreachable
from ..ports import PrintOptions, Receipt
from .print_wait import settled

_LONGEST_TITLE = 200  # letters


class JobStatus(IntFlag):
    """JOB_STATUS_… of winspool.h."""

    PAUSED = 0x1
    ERROR = 0x2
    DELETING = 0x4
    OFFLINE = 0x20
    PAPER_OUT = 0x40
    PRINTED = 0x80
    DELETED = 0x100
    BLOCKED = 0x200
    USER_INTERVENTION = 0x400
    COMPLETE = 0x1000


class PrinterStatus(IntFlag):
    """PRINTER_STATUS_… of winspool.h."""

    PAUSED = 0x1
    PAPER_JAM = 0x8
    PAPER_OUT = 0x10
    OFFLINE = 0x80
    NO_TONER = 0x40000
    DOOR_OPEN = 0x400000


@dataclass(frozen=True, slots=True)
class Job:
    """A job in the queue: its number, the title it was given, and how it stands."""

    number: int
    title: str
    status: JobStatus


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a printer does and can: `trays` by their names."""

    status: PrinterStatus
    two_sided: bool
    trays: Sequence[str] = ()


class Spooler(Protocol):
    """Windows' print spooler. Every method raises PrinterUnreachable when it does not answer."""

    def printers(self) -> tuple[str, ...]:
        """The names of the printers that are set up."""
        ...

    def abilities(self, printer: str) -> Abilities:
        """What *printer* does and can."""
        ...

    def queue_held(self, printer: str, title: str, pdf: Path, options: PrintOptions) -> int:
        """Put *pdf* into the queue of *printer*, held; the number of the job."""
        ...

    def let_go(self, printer: str, number: int) -> None:
        """Let a held job be printed."""
        ...

    def jobs(self, printer: str) -> Mapping[int, Job]:
        """The jobs in the queue, by number."""
        ...


_JOB_CAUSES = (
    ("print_paper", JobStatus.PAPER_OUT),
    ("print_offline", JobStatus.OFFLINE),
    ("print_stopped", JobStatus.ERROR | JobStatus.BLOCKED | JobStatus.USER_INTERVENTION),
)
_PRINTER_CAUSES = (
    ("print_paper", PrinterStatus.PAPER_OUT),
    ("print_jam", PrinterStatus.PAPER_JAM),
    ("print_toner", PrinterStatus.NO_TONER),
    ("print_cover", PrinterStatus.DOOR_OPEN),
    ("print_offline", PrinterStatus.OFFLINE),
    ("print_stopped", PrinterStatus.PAUSED),
)
_OVER = JobStatus.PRINTED | JobStatus.COMPLETE


class WindowsPrinter:
    """`ports.Printer` for the printer *name* of *spooler*."""

    def __init__(self, name: str, spooler: Spooler) -> None:
        self.name = name
        self._spooler = spooler
        self._titles: dict[str, int] = {}
        self._let_go: set[int] = set()

    def ensure_ready(self, options: PrintOptions) -> None:
        """See `ports.Printer.ensure_ready`."""
        self._ensure_known()
        can = self._spooler.abilities(self.name)
        if PrinterStatus.PAUSED in can.status:
            raise PrinterStopped(printer=self.name, detail=str(can.status.name).lower())
        if options.two_sided and not can.two_sided:
            raise PrinterCannot(printer=self.name, option="print_option.two_sided", known="")
        trays = [tray.casefold() for tray in can.trays]
        if options.tray and trays and options.tray.strip().casefold() not in trays:
            raise PrinterCannot(printer=self.name, option=options.tray, known=", ".join(can.trays))

    def submit(self, pdf: Path, title: str, options: PrintOptions) -> str:
        """See `ports.Printer.submit`. The job is held until `follow`, by when its number has been written down."""
        self._ensure_known()
        number = self._spooler.queue_held(self.name, _on_one_line(title), pdf, options)
        self._titles[_on_one_line(title)] = number
        return str(number)

    def follow(self, job: str, patience: float) -> Receipt:
        """See `ports.Printer.follow`; *patience* is in seconds."""
        return settled(partial(self._standing, job), patience)

    def find(self, title: str) -> str | None:
        """See `ports.Printer.find`. A job that was let go had its number written down, and is not looked for."""
        wanted = _on_one_line(title)
        waiting = [job.number for job in self._spooler.jobs(self.name).values() if job.title == wanted and wanted]
        known = max(waiting, default=self._titles.get(wanted))
        return None if known is None else str(known)

    def _standing(self, job: str) -> Receipt:
        number = int(job) if job.isdecimal() else -1
        try:
            found = self._spooler.jobs(self.name).get(number)
            if found is not None and JobStatus.PAUSED in found.status and number not in self._let_go:
                self._spooler.let_go(self.name, number)
                self._let_go.add(number)
                found = self._spooler.jobs(self.name).get(number)
            if found is None:
                gone = number in self._let_go
                return Receipt(State.PRINTED, "print_printed") if gone else _attention("print_job_unknown")
            return self._judged(found)
        except PrinterUnreachable as error:
            return _attention("print_unreachable", error.facts["detail"])

    def _judged(self, job: Job) -> Receipt:
        if job.status & (JobStatus.DELETED | JobStatus.DELETING) and not job.status & _OVER:
            return Receipt(State.FAILED, "print_cancelled")
        if job.status & _OVER:
            return Receipt(State.PRINTED, "print_printed")
        for code, flags in _JOB_CAUSES:
            if job.status & flags:
                return _attention(code)
        if JobStatus.PAUSED in job.status:
            return _attention("print_held")
        standing = self._spooler.abilities(self.name).status
        return next((_attention(code) for code, flag in _PRINTER_CAUSES if standing & flag), _attention("print_queued"))

    def _ensure_known(self) -> None:
        names = self._spooler.printers()
        if self.name not in names:
            raise PrinterUnknown(printer=self.name, known=", ".join(names))


def _attention(code: str, detail: str = "") -> Receipt:
    return Receipt(State.ATTENTION, code, detail)


def _on_one_line(title: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in title)
    return " ".join(printable.split())[:_LONGEST_TITLE].rstrip()
