"""The workbook, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ..domain.additions import Additions, Removals
from ..domain.addressees import Addressee
from ..domain.ledger import Ledger
from ..domain.model import Channel, Place
from ..domain.problems import Fact, Problem
from ..domain.sent import Sent
from ..domain.states import State


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one channel of an invoice stands; `channel` is None where none was tried (held, blocked).

    `key` names a sentence of the text catalogues and `facts` fill it; `problems` are what blocks the invoice.
    `recipients` are those it is for, or those who have it where not all do; `addressees` is how it stands with each.
    """

    channel: Channel | None
    state: State
    key: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    recipients: tuple[str, ...] = ()
    addressees: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What the status columns of one invoice must show; `outcomes` stand worst first, none empties them.

    `said` is what the invoice was agreed to say, which its rows keep from then on; `final` says that it has reached
    somebody, so that the sheet calculates nothing of it any more.
    """

    invoice: str
    outcomes: tuple[Outcome, ...]
    updated: datetime | None
    pdf: Path | None = None
    dispatch: str = ""
    said: Sent | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line for the Log sheet."""

    when: datetime
    run: str
    invoice: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class StrayPassword:
    """A password that stands in a cell, and the mail server of its row: '' means that of the settings."""

    place: Place
    text: str = field(repr=False)
    server: str = ""


class Book(Protocol):
    """A workbook, closed on disk or live in Excel."""

    @property
    def path(self) -> Path:
        """Where the workbook is kept; the journal and the lock stand beside it."""
        ...

    @property
    def live(self) -> bool:
        """Whether a person sees it as it is written: outcomes are then told while the run goes, not at its end."""
        ...

    def read(self) -> Ledger:
        """Everything the workbook says. Raises BookError when it is not a workbook of ours."""
        ...

    def ensure_writable(self) -> None:
        """Raises BookNotWritable when `write` would fail now: open elsewhere, or read-only."""
        ...

    def write(self, statuses: Sequence[StatusRow], log: Sequence[LogRow], last_run: str) -> None:
        """Show *statuses*, append *log* and note *last_run*; a file all or nothing, a live workbook block by block.

        What an invoice was agreed to say comes into the empty cells of its lines; once that is final,
        also in the place of its formulas.

        Raises BookNotWritable or StorageError. What a live workbook lacks afterwards, the next command tells it.
        """
        ...

    def add(self, additions: Additions, last_run: str) -> None:
        """Put rows below the filled ones and change cells, and note *last_run*: all of it or nothing.

        Formulas and forms continue. Raises BookNotWritable, BookIncomplete, NoRoomBelow or StorageError.
        """
        ...

    def remove(self, removals: Removals, last_run: str) -> None:
        """Take rows out and change cells back, and note *last_run*. What is not there any more is passed over.

        Raises BookNotWritable, BookIncomplete or StorageError.
        """
        ...

    def passwords(self) -> tuple[StrayPassword, ...]:
        """The passwords that somebody typed into cells, where they do not belong. Raises what `read` does."""
        ...

    def fill(self, cells: Mapping[Place, str | int | None]) -> None:
        """Set single cells; None empties one, and a password that stood in it is in the file no longer.

        Raises BookNotWritable or StorageError.
        """
        ...
