"""A bakery with its workbook and mail server, whose owner types commands. Only the converter is a stand-in."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from factuurbode.cli import main
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.workbook.reader import read_ledger
from support.mailserver import MailServer
from support.workbooks import Row, small_book


@dataclass(frozen=True)
class Told:
    """How a command ended, and every word that it said."""

    code: int
    words: str


@dataclass
class Bakery:
    """One workbook, by default with one invoice, 2026-0001, for a customer who wants mail."""

    book: Path
    server: MailServer
    capsys: pytest.CaptureFixture[str]
    settings: dict[str, Any] = field(default_factory=dict)

    def opens(self, **rows: Any) -> None:
        """Make the workbook, or make it anew after an edit; the note of the last run stays, statuses go."""
        last_run = read_ledger(self.book).identity.last_run if self.book.exists() else ""
        settings: Row = {"mail.port": self.server.port, **self.settings, "workbook.last_run": last_run}
        small_book(self.book, settings=settings, **rows)

    def types(self, command: str, *options: str, language: str = "nl") -> Told:
        """Give a command about the workbook."""
        self.capsys.readouterr()
        code = main(["--lang", language, command, str(self.book), *options])
        said = self.capsys.readouterr()
        words = " ".join(f"{said.err} {said.out}".split())
        assert "Traceback" not in words
        return Told(code, words)

    def sends(self) -> Told:
        """Press the button."""
        return self.types("customer-copies")

    @property
    def mails(self) -> int:
        """How many mails have left the house."""
        return len(self.server.messages())

    @property
    def shown(self) -> dict[str, dict[Channel, State]]:
        """What the status columns say, by invoice."""
        return {invoice.number: dict(invoice.recorded.states) for invoice in read_ledger(self.book).invoices}

    def leftovers(self) -> list[str]:
        """Temporary files that nobody cleaned away."""
        return sorted(path.name for path in self.book.parent.rglob("*.tmp"))


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk on which no file can grow beyond *size* bytes: the system itself refuses to write on, also to root."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
