"""The few things the story needs from outside, as protocols. One adapter a file; only `bootstrap` chooses.

What each promises is written as a test suite in `tests/contracts/`, which every adapter passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from .domain.additions import Additions, Removals
from .domain.addressees import Addressee
from .domain.ledger import Ledger
from .domain.model import Channel, Place
from .domain.problems import Problem
from .domain.states import State
from .errors import FactuurError


# --- the workbook ---
@dataclass(frozen=True, slots=True)
class Outcome:
    """How one channel of an invoice stands; `channel` is None where none was tried (held, blocked).

    `key` names a sentence of the text catalogues and `facts` fill it; `problems` are what blocks the invoice.
    `recipients` are those it is for, or those who have it where not all do; `addressees` is how it stands with each.
    """

    channel: Channel | None
    state: State
    key: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    recipients: tuple[str, ...] = ()
    addressees: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What the status columns of one invoice must show; `outcomes` stand worst first."""

    invoice: str
    outcomes: tuple[Outcome, ...]
    updated: datetime
    pdf: Path | None = None
    dispatch: str = ""


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


# --- Word or LibreOffice ---
@dataclass(frozen=True, slots=True)
class Document:
    """A rendered invoice: its name (the invoice number) and the bytes of its .docx."""

    name: str
    docx: bytes


@dataclass(frozen=True, slots=True)
class Conversion:
    """The PDF of one document, or why there is none. Exactly one of the two is set."""

    name: str
    pdf: bytes = b""
    error: FactuurError | None = None


class Converter(Protocol):
    """Turns Word documents into PDFs. It starts its program at the first batch and ends it in `close`."""

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        """One Conversion for each document of *batch*, in its order, each as soon as it is there.

        The next documents are converted while the caller works on this one. Raises ConverterMissing when the
        program cannot be started at all; a single document's fault is in its Conversion.
        """
        ...

    def close(self) -> None:
        """End the program and remove its temporary files. May be called twice."""
        ...


# --- mail ---
@dataclass(frozen=True, slots=True)
class Envelope:
    """A message ready to go: who it is from and to on the wire, and its bytes, which never change again.

    `copies` go with it, but it does not go for them alone.
    """

    sender: str
    recipients: tuple[str, ...]
    message: bytes
    copies: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """All addresses, each once."""
        return tuple(dict.fromkeys((*self.recipients, *self.copies)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a delivery came to, the same shape for every channel.

    `code` names a sentence (`outcome.<code>`); `detail` is what the server or printer literally said. Of a mail,
    `refused` are those who were not accepted as its recipients, LATER or FAILED each: the rest fared as `state` says.
    `slow_down` says that the server found us too fast.
    """

    state: State
    code: str = ""
    detail: str = ""
    refused: tuple[Addressee, ...] = ()
    slow_down: bool = False


HandingOver = Callable[[tuple[Addressee, ...]], None]
"""Called with those who were refused, when a message is about to be handed over for the others."""


class MailStep(StrEnum):
    """How far a conversation with a mail server came, in this order; what the settings do not ask for is not taken."""

    CONNECTED = "connected"
    SECURED = "secured"
    SIGNED_IN = "signed-in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    ACCEPTED = "accepted"


Reached = Callable[[MailStep], None]
"""Told of each step as it is reached, for who wants to see them one by one."""


def unseen(step: MailStep) -> None:
    """Nobody looks."""


class Mailer(Protocol):
    """Hands messages to a mail server over one connection."""

    def send(self, envelope: Envelope, handing_over: HandingOver) -> Receipt:
        """SENT, LATER, FAILED or IN_DOUBT; never an exception for what the server or the network does.

        *handing_over* is called after the body has been sent and before its final dot: once it has returned, a
        death of this process leaves the fate of the message unknown, before that nothing was handed over. Each
        recipient is accepted or refused on its own; when none of `recipients` is, nobody gets the message.
        """
        ...

    def close(self) -> None:
        """Say goodbye to the server. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail that came back: the Message-ID that it had, for whom it was, and what was said of it."""

    message_id: str
    recipient: str
    detail: str


class Mailbox(Protocol):
    """The bakery's own mailbox. Every method but `close` raises MailboxUnreachable when it cannot be asked."""

    def keep_sent(self, message: bytes, when: datetime) -> None:
        """Put *message* into the folder for sent mail, as read, sent at *when*."""
        ...

    def holds(self, message_id: str) -> bool:
        """Whether a mail with *message_id* is in the folder for sent mail or among what came in."""
        ...

    def bounces(self, since: datetime) -> tuple[Bounce, ...]:
        """The mails that came back since the day of *since*."""
        ...

    def close(self) -> None:
        """Take leave of the server. May be called twice."""
        ...


# --- print ---
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


# --- secrets ---
class Secrets(Protocol):
    """Where passwords are kept: the system's keyring, or an environment variable for servers."""

    def password(self, server: str, user: str) -> str | None:
        """The password of *user* at *server*, or None when there is none.

        Raises KeyringUnusable where that cannot be known, such as of a locked keyring.
        """
        ...

    def remember(self, server: str, user: str, password: str) -> None:
        """Keep *password*. Raises StorageError where nothing can be kept."""
        ...

    def forget(self, server: str, user: str) -> None:
        """Keep it no longer; nothing happens when there is none. Raises StorageError where it cannot be removed."""
        ...
