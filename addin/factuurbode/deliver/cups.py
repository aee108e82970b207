"""Printing through CUPS, and following a job until paper came out: a job in the queue is not yet printed."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from ..domain.states import State
from ..errors import PrinterUnknown, PrinterUnreachable
from ..ports import PrintOptions, Receipt
from .ipp_query import Attributes, PrintServer, run
from .print_ability import ensure_able
from .print_state import JobReport, judge
from .print_wait import settled
from .printers import known_printers

# What CUPS takes as a queue's name, and no program as an option.
_NAME = re.compile(r"""[^\x00-\x20\x7f/#?'"\\-][^\x00-\x20\x7f/#?'"\\]{0,126}""")
_LONGEST_TITLE = 200  # bytes; IPP names have 255 at most (RFC 8011 § 5.1.3)


class CupsPrinter:
    """`ports.Printer` for the queue *name* of the CUPS server at *server* (`host:port`; None: this computer's)."""

    def __init__(self, name: str, server: str | None = None) -> None:
        self.name = name
        self._address = server
        self._server = PrintServer(server)

    def ensure_ready(self, options: PrintOptions) -> None:
        """See `ports.Printer.ensure_ready`."""
        if not _NAME.fullmatch(self.name):
            raise self._unknown()
        (printers,) = self._server.ask("printer", self._server.queue(self.name))
        if not printers:
            raise self._unknown()
        ensure_able(self.name, printers[0], options)

    def submit(self, pdf: Path, title: str, options: PrintOptions) -> str:
        """See `ports.Printer.submit`. The id is CUPS' own, such as `Winkel-12`."""
        if not _NAME.fullmatch(self.name):
            raise self._unknown()
        command = ["lp", "-d", self.name, "-t", _job_name(title), *_arguments(options), "--", str(pdf)]
        try:
            done = run(command, self._address)
        except PrinterUnreachable:
            # A program that hung may have delivered: printing again would be a second invoice.
            if (job := self.find(title)) is not None:
                return job
            raise
        if done.returncode:
            if self.name not in known_printers(self._address).names:
                raise self._unknown()
            raise PrinterUnreachable(detail=done.stderr.strip())
        told = re.search(rf"{re.escape(self.name)}-\d+", done.stdout)
        job = told[0] if told else self.find(title)
        if job is None:
            raise PrinterUnreachable(detail=done.stdout.strip())
        return job

    def follow(self, job: str, patience: float) -> Receipt:
        """See `ports.Printer.follow`; *patience* is in seconds."""
        return settled(partial(self._standing, job), patience)

    def find(self, title: str) -> str | None:
        """See `ports.Printer.find`. Raises PrinterUnreachable: without an answer nothing is known."""
        queue, wanted = self._server.queue(self.name), _job_name(title)
        (jobs,) = self._server.ask("jobs", queue)
        for job in sorted(jobs, key=lambda job: int(job["job-id"]), reverse=True):
            number = str(job["job-id"])
            if (job.get("job-name") or self._name_of(queue, number)) == wanted:
                return f"{self.name}-{number}"
        return None

    def _name_of(self, queue: str, number: str) -> str:
        """The name of one job, which CUPS leaves out of a list in which any other job has a name it finds odd.

        Raises PrinterUnreachable when it is not told here either: to overlook a job would be to print it again.
        """
        (found,) = self._server.ask("name", queue, job=number)
        name = next((str(one["job-name"]) for one in found if "job-name" in one), None)
        if name is None:
            raise PrinterUnreachable(detail=f"{self.name}-{number}: job-name")
        return name

    def _standing(self, job: str) -> Receipt:
        number = job.rpartition("-")[2]
        try:
            jobs, printers = self._server.ask("job", self._server.queue(self.name), job=number)
        except PrinterUnreachable as error:
            return Receipt(State.ATTENTION, "print_unreachable", error.facts["detail"])
        nothing: Attributes = {}
        return judge(JobReport.of(next(iter(jobs), nothing), next(iter(printers), nothing)))

    def _unknown(self) -> PrinterUnknown:
        return PrinterUnknown(printer=self.name, known=", ".join(known_printers(self._address).names))


def _arguments(options: PrintOptions) -> list[str]:
    sides = "two-sided-long-edge" if options.two_sided else "one-sided"
    arguments = ["-n", str(options.copies), "-o", f"sides={sides}"]
    arguments += ["-o", f"print-color-mode={'color' if options.colour else 'monochrome'}"]
    return [*arguments, "-o", f"media={_quoted(f'A4,{options.tray}')}"] if options.tray else arguments


def _quoted(value: str) -> str:
    """*value* so that CUPS reads one option in it, whatever a person typed."""
    printable = "".join(letter for letter in value if letter.isprintable())
    return "'" + printable.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _job_name(title: str) -> str:
    """*title* as CUPS will keep it, so that it is found again."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in title).split())
    return line.encode()[:_LONGEST_TITLE].decode("utf-8", "ignore").rstrip()
