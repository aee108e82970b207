"""What the rows of the journal's tables mean, and how they are asked for."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..domain.addressees import Addressee
from ..domain.content import Content
from ..domain.model import Channel
from ..domain.numbering import same_number
from ..domain.states import State
from .dispatch import Dispatch, Event, Intent

DISPATCHES = """
SELECT
    intent.id, intent.invoice, intent.channel, intent.content, intent.pdf, intent.pdf_sha256, intent.pages,
    intent.recipients, intent.sender, intent.envelope_to, intent.message, intent.message_sha256, intent.saved_as,
    intent.resend_of, intent.reason,
    last.n, last.at, last.run, last.dispatch, last.state, last.code, last.detail, last.job,
    (SELECT job FROM event WHERE dispatch = intent.id AND job <> '' ORDER BY n DESC LIMIT 1) AS newest_job
FROM intent JOIN event AS last ON last.n = (SELECT max(n) FROM event WHERE dispatch = intent.id)
"""

MAILED = """
SELECT event.at, count(*) AS recipients FROM recipient JOIN event ON event.n = recipient.event
WHERE recipient.state IN (?, ?) AND event.code NOT IN ('confirmed', 'found_sent') AND event.at > ?
GROUP BY event.n ORDER BY event.n
"""

ALL_ADDRESSEES = """
SELECT intent.invoice, recipient.address, recipient.state, recipient.code, recipient.detail
FROM recipient JOIN intent ON intent.id = recipient.dispatch ORDER BY recipient.n
"""

TELL = "INSERT INTO recipient(event, dispatch, address, state, code, detail) VALUES(?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Folder:
    """The journal's folder, to which the paths in it are relative, so that it can be moved."""

    path: Path

    def row_of(self, intent: Intent, run: str) -> tuple[str | int, ...]:
        """The values of a row of the table `intent`, in their order."""
        return (
            intent.id,
            run,
            intent.invoice,
            intent.channel,
            intent.content.sha256,
            self._stored(intent.pdf),
            intent.pdf_sha256,
            intent.pages,
            json.dumps(intent.recipients),
            intent.sender,
            json.dumps(intent.envelope_to),
            self._stored(intent.message),
            intent.message_sha256,
            self._stored(intent.saved_as),
            intent.resend_of,
            intent.reason,
            same_number(intent.invoice),
        )

    def dispatch(self, row: sqlite3.Row) -> Dispatch:
        """The dispatch in a row of DISPATCHES. Raises ValueError or TypeError for one that is none."""
        return Dispatch(self._intent(row), event(row), row["newest_job"] or "")

    def _intent(self, row: sqlite3.Row) -> Intent:
        pdf = self._loaded(row["pdf"])
        if pdf is None:
            raise ValueError(f"dispatch {row['id']} has no PDF")
        return Intent(
            id=row["id"],
            invoice=row["invoice"],
            channel=Channel(row["channel"]),
            content=Content(row["content"]),
            pdf=pdf,
            pdf_sha256=row["pdf_sha256"],
            pages=row["pages"],
            recipients=tuple(json.loads(row["recipients"])),
            sender=row["sender"],
            envelope_to=tuple(json.loads(row["envelope_to"])),
            message=self._loaded(row["message"]),
            message_sha256=row["message_sha256"],
            saved_as=self._loaded(row["saved_as"]),
            resend_of=row["resend_of"],
            reason=row["reason"],
        )

    def _stored(self, path: Path | None) -> str:
        if path is None:
            return ""
        whole = path.resolve()
        return (whole.relative_to(self.path) if whole.is_relative_to(self.path) else whole).as_posix()

    def _loaded(self, stored: str) -> Path | None:
        return self.path / stored if stored else None


def addressee(row: sqlite3.Row) -> Addressee:
    """The addressee in a row of the table `recipient`. Raises ValueError for one that is none."""
    return Addressee(row["address"], State(row["state"]), row["code"], row["detail"])


def event(row: sqlite3.Row) -> Event:
    """The step in a row of the table `event`. Raises ValueError or TypeError for one that is none."""
    return Event(
        n=row["n"],
        at=datetime.fromisoformat(row["at"]),
        run=row["run"],
        dispatch=row["dispatch"],
        state=State(row["state"]),
        code=row["code"],
        detail=row["detail"],
        job=row["job"],
    )
