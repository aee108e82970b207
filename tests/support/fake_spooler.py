"""A spooler that behaves as Microsoft documents the one of Windows: a printed job leaves the queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from factuurbode.deliver.windows_printer import Abilities, Job, JobStatus, PrinterStatus
from factuurbode.errors import PrinterUnreachable
from factuurbode.ports import PrintOptions


class FakeSpooler:
    """`windows_printer.Spooler` with one printer, whose fault is a status that its jobs get."""

    def __init__(self, name: str = "Winkel") -> None:
        self.name = name
        self.can = Abilities(PrinterStatus(0), two_sided=True, trays=("Lade 1", "Lade 2"))
        self.fault = JobStatus(0)
        self.answers = True
        self.papers: list[tuple[str, bytes, PrintOptions]] = []
        self._queue: dict[int, Job] = {}
        self._documents: dict[int, tuple[bytes, PrintOptions]] = {}
        self._last = 0

    def printers(self) -> tuple[str, ...]:
        self._ensure_answers()
        return (self.name,)

    def abilities(self, printer: str) -> Abilities:
        self._ensure_answers()
        assert printer == self.name
        return self.can

    def queue_held(self, printer: str, title: str, pdf: Path, options: PrintOptions) -> int:
        self._ensure_answers()
        assert printer == self.name
        self._last += 1
        self._queue[self._last] = Job(self._last, title, JobStatus.PAUSED)
        self._documents[self._last] = (pdf.read_bytes(), options)
        return self._last

    def let_go(self, printer: str, number: int) -> None:
        self._ensure_answers()
        assert printer == self.name
        job = replace(self._queue[number], status=self.fault)
        self._queue[number] = job
        if not self.fault and not self.can.status:
            del self._queue[number]
            self.papers.append((job.title, *self._documents[number]))

    def jobs(self, printer: str) -> Mapping[int, Job]:
        self._ensure_answers()
        assert printer == self.name
        return dict(self._queue)

    def _ensure_answers(self) -> None:
        if not self.answers:
            raise PrinterUnreachable(detail="De RPC-server is niet beschikbaar.")
