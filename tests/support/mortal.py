"""A run of the product that can be killed at any step of its journal: in this process, or as a program of its own.

    python mortal.py ORDER

ORDER is JSON: the fields of `Order`.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from factuurbode import bootstrap, dispatch
from factuurbode.deliver.cups import CupsPrinter
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.addressees import Addressee
from factuurbode.domain.selection import Request
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.journal import Dispatch, Intent, Journal
from factuurbode.journal.journal import beside
from factuurbode.ports import (
    Conversion,
    Converter,
    Document,
    LogRow,
    Printer,
    PrintOptions,
    Reached,
    Receipt,
    StatusRow,
)
from factuurbode.steps.office import Office
from factuurbode.steps.report import Report, Result, Watch
from factuurbode.workbook.closed import ClosedBook
from support.fake_mailbox import FolderMailbox


class Nobody:
    """Watches without a word."""

    cancelled = False

    def begins(self, invoices: int) -> None: ...

    def done(self, result: Result) -> None: ...

    def invoice_done(self) -> None: ...


class Death:
    """Kills this process, as the power button would, when it comes to `step` at `moment` (before, after)."""

    def __init__(self, step: str = "", moment: str = "") -> None:
        self._at = (step, moment)

    def may_come(self, step: str, moment: str) -> None:
        if (step, moment) == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


class MortalJournal(Journal):
    """The real journal; it only meets its death at a step."""

    def __init__(self, path: Path, death: Death) -> None:
        super().__init__(path)
        self._death = death

    def intend(self, run: str, intent: Intent) -> Dispatch:
        self._death.may_come("intend", "before")
        meant = super().intend(run, intent)
        self._death.may_come("intend", "after")
        return meant

    def advance(
        self,
        run: str,
        dispatch: str,
        state: State,
        *,
        code: str = "",
        detail: str = "",
        job: str = "",
        addressees: Iterable[Addressee] = (),
    ) -> Dispatch:
        step = f"{self.dispatch(dispatch).state} {state}"
        self._death.may_come(step, "before")
        moved = super().advance(run, dispatch, state, code=code, detail=detail, job=job, addressees=addressees)
        self._death.may_come(step, "after")
        return moved


class MortalBook(ClosedBook):
    """The real workbook; it only meets its death when it is written."""

    def __init__(self, path: Path, death: Death) -> None:
        super().__init__(path)
        self._death = death

    def write(self, statuses: Any, log: Any, last_run: str) -> None:
        self._death.may_come("write book", "before")
        told: tuple[list[StatusRow], list[LogRow]] = (list(statuses), list(log))
        super().write(*told, last_run)
        self._death.may_come("write book", "after")


class OnePdf:
    """A converter for tests that are not about converting: every document becomes the PDF of invoice 2026-0001.

    As with a real one, no two of its PDFs have the same bytes.
    """

    def __init__(self, pdf: Path) -> None:
        self._pdf = pdf.read_bytes()

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        for document in batch:
            yield Conversion(document.name, self._pdf + b"% " + secrets.token_hex(8).encode() + b"\n")

    def close(self) -> None: ...


class MortalConverter:
    """The real LibreOffice; this process only meets its death before it, or while it is at work."""

    def __init__(self, death: Death) -> None:
        self._real, self._death = bootstrap.chosen_converter(), death

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        self._death.may_come("convert", "before")
        for number, conversion in enumerate(self._real.convert(batch), 1):
            self._death.may_come(f"converted {number}", "before")  # others are still with LibreOffice
            yield conversion

    def close(self) -> None:
        self._real.close()


class MortalPrinter(CupsPrinter):
    """The real CUPS; this process only meets its death around `lp`."""

    def __init__(self, name: str, server: str, death: Death) -> None:
        super().__init__(name, server)
        self._death = death

    def submit(self, pdf: Path, title: str, options: PrintOptions) -> str:
        self._death.may_come("lp", "before")
        job = super().submit(pdf, title, options)
        self._death.may_come("lp", "after")
        return job


class ReadyMade:
    """A converter for tests that are not about converting: it has the PDFs of a few invoices ready."""

    def __init__(self, pdfs: Mapping[str, bytes]) -> None:
        self._pdfs = pdfs

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        for document in batch:
            yield Conversion(document.name, self._pdfs[document.name])

    def close(self) -> None: ...


class PaperTray:
    """A printer in a folder whose mood stands in a file there: `ok`, `empty` or `broken`. Outlives any process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    @property
    def mood(self) -> str:
        mood = self.folder / "mood"
        return mood.read_text() if mood.exists() else "ok"

    def be(self, mood: str) -> None:
        (self.folder / "mood").write_text(mood)

    def papers(self) -> list[str]:
        """The titles of what was printed."""
        return [job.read_text() for job in sorted(self.folder.glob("*.paper"))]

    def ensure_ready(self, options: PrintOptions) -> None: ...

    def submit(self, pdf: Path, title: str, options: PrintOptions) -> str:  # noqa: ARG002 - every paper is the same here
        job = str(len(list(self.folder.glob("*.job"))) + 1)
        (self.folder / f"{job}.job").write_text(title)
        return job

    def follow(self, job: str, patience: float) -> Receipt:  # noqa: ARG002 - its mood does not change while one waits
        paper, ended = self.folder / f"{job}.paper", self.folder / f"{job}.ended"
        if self.mood == "ok" and not ended.exists():
            paper.write_text((self.folder / f"{job}.job").read_text())
        if self.mood == "broken" and not paper.exists():
            ended.touch()
        if paper.exists():
            return Receipt(State.PRINTED, "print_printed")
        return Receipt(State.FAILED, "print_failed") if ended.exists() else Receipt(State.ATTENTION, "print_paper")

    def find(self, title: str) -> str | None:
        found = [job.stem for job in self.folder.glob("*.job") if job.read_text() == title]
        return found[0] if found else None


@dataclass(frozen=True)
class Order:
    """Where to work: the workbook, the PDF that every document becomes, a port for mail, a folder for paper.

    Without a `pdf` LibreOffice makes them; with a `cups` (host:port) its queue `printer` prints. `step` and `moment`
    say when to die.
    """

    book: str
    pdf: str
    port: int
    printer: str
    cups: str = ""
    resend: bool = False
    arrived: bool = False
    bounces: bool = False
    pauses: tuple[float, ...] = ()
    step: str = ""
    moment: str = ""


def mailbox_beside(book: Path) -> Path:
    """The folder of the bakery's mailbox."""
    return book.with_name("postvak")


@contextmanager
def office(order: Order) -> Iterator[Office]:
    """An office on real parts, save the converter and the printer where the order says so."""
    death = Death(order.step, order.moment)
    journal = MortalJournal(beside(Path(order.book)), death)

    def mailer(mail: Mail, reached: Reached) -> SmtpMailer:
        ours = replace(mail, server="127.0.0.1", port=order.port, security=Security.NONE, sign_in=SignIn.NONE)
        return SmtpMailer(ours, reached=reached)

    converter: Converter = OnePdf(Path(order.pdf)) if order.pdf else MortalConverter(death)

    def printer(_: str) -> Printer:
        return MortalPrinter(order.printer, order.cups, death) if order.cups else PaperTray(Path(order.printer))

    try:
        yield Office(
            book=MortalBook(Path(order.book), death),
            journal=journal,
            converter=converter,
            open_mailer=mailer,
            open_printer=printer,
            open_mailbox=lambda _: FolderMailbox(mailbox_beside(Path(order.book))),
            now=lambda: datetime.now().astimezone(),
            pauses=order.pauses,
        )
    finally:
        converter.close()
        journal.close()


def run(order: Order, watch: Watch | None = None) -> Report:
    """One press of the button."""
    request = Request(("2026-0001",), resend=True, reason="kwijt") if order.resend else Request()
    with office(order) as working:
        if order.bounces:
            return dispatch.bounces(working)
        if order.arrived:
            return dispatch.confirm_arrival(working, ("2026-0001",))
        return dispatch.customer_copies(working, request, watch or Nobody())


def die_among_files(death: Death) -> None:
    """Let death come before or after the n-th time that a file or folder is put on disk (`fsync 3`).

    Everything that is archived, saved or spliced comes through there, its temporary file before its final name.
    """
    sync, counted = os.fsync, iter(range(1, 10_000))

    def deadly(fd: Any) -> None:
        number = next(counted)
        death.may_come(f"fsync {number}", "before")
        sync(fd)
        death.may_come(f"fsync {number}", "after")

    os.fsync = deadly


if __name__ == "__main__":
    die_among_files(Death(*(json.loads(sys.argv[1])[key] for key in ("step", "moment"))))
    run(Order(**json.loads(sys.argv[1])))
