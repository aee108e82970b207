"""What the journal keeps of one dispatch: one decision to deliver one invoice over one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..domain.content import Content
from ..domain.model import Channel
from ..domain.preflight import Checked
from ..domain.states import UNFINISHED, State

SUPERSEDED = "superseded"
"""The code of a step that gives a dispatch up in favour of what the workbook says now."""


REST_DROPPED = "rest_dropped"
"""The code of the step that ends a mail because nobody who is still named waits for it; `dropped` says who did."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is meant to happen, written down before anything does. It never changes afterwards.

    `content` is what the invoice says; of an intent that is read back it has the hash alone.
    `pdf` and `message` are archived files with their SHA-256; `saved_as` is the copy in the baker's own folder.
    `resend_of` names the dispatch that is repeated on purpose, with the `reason`.
    """

    id: str
    invoice: str
    channel: Channel
    content: Content
    pdf: Path
    pdf_sha256: str
    pages: int
    recipients: tuple[str, ...] = ()
    sender: str = ""
    envelope_to: tuple[str, ...] = ()
    message: Path | None = None
    message_sha256: str = ""
    saved_as: Path | None = None
    resend_of: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a dispatch. `n` counts all steps of the journal; it, not the clock, gives their order."""

    n: int
    at: datetime
    run: str
    dispatch: str
    state: State
    code: str = ""
    detail: str = ""
    job: str = ""

    @property
    def dropped(self) -> tuple[str, ...]:
        """The addresses that it goes to no more."""
        return tuple(self.detail.split("; ")) if self.code == REST_DROPPED else ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An intent and how it stands: its latest event and the print job it was given, if any."""

    intent: Intent
    last: Event
    job: str = ""

    @property
    def state(self) -> State:
        """The state of the latest event."""
        return self.last.state

    @property
    def superseded(self) -> bool:
        """Whether it was given up because the workbook says something else by now."""
        return self.state is State.FAILED and self.last.code == SUPERSEDED

    def goes_on_with(self, checked: Checked) -> bool:
        """Whether it still waits to go, with the content and for the people of *checked*: then its own bytes go.

        People who have the invoice already need not be among its recipients.
        """
        intent = self.intent
        if self.state not in UNFINISHED or intent.content != checked.content:
            return False
        asked = set(intent.recipients)
        return intent.channel is not Channel.MAIL or (
            asked.issuperset(checked.unserved) and asked.issubset(checked.recipients)
        )
