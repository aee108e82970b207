"""A journal, an archive and a way to send mail for real: a run's mail, without a workbook or documents."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from factuurbode.deliver.archive import Archive
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.model import Channel
from factuurbode.domain.settings import General, Mail, Security, Settings, SignIn
from factuurbode.domain.states import State
from factuurbode.journal import Dispatch, Intent, Journal
from factuurbode.ports import Reached
from factuurbode.steps.office import Office
from factuurbode.steps.posting import Post
from factuurbode.steps.record import Record
from factuurbode.steps.report import Watch
from support import mortal
from support.documents import a_content

JAN, PIET = "jan@klant.test", "piet@klant.test"
SECONDS = 60.0


@dataclass
class PostOffice:
    """Sends to the server at *port*, over *connections* lines, with *pauses* before second chances."""

    folder: Path
    port: int
    connections: int = 1
    daily_limit: int | None = None
    pauses: tuple[float, ...] = ()
    opened: list[SmtpMailer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.archive = Archive(self.folder / "archief")
        self.journal = Journal(self.folder / "boek.factuurbode.db")
        self.run = self.journal.begin_run("test")
        self.pdf = self.archive.keep(b"%PDF-1.4 brood", year=2026, name="f.pdf")

    def meant(self, number: int) -> Dispatch:
        """An invoice mail that is written down and has not moved."""
        message = (
            f"Message-ID: <{number}@bakkerij.test>\r\nFrom: <bakker@bakkerij.test>\r\nTo: <{JAN}>\r\n"
            f"Subject: Factuur {number}\r\n\r\n.een punt\r\n" + "een regel van een bijlage\r\n" * 30
        ).encode()
        kept = self.archive.keep_message(message, year=2026, dispatch_id=f"{number:016x}")
        intent = Intent(
            f"{number:016x}",
            f"2026-{number:04}",
            Channel.MAIL,
            a_content(),
            self.pdf.path,
            self.pdf.sha256,
            1,
            (JAN, PIET),
            "bakker@bakkerij.test",
            (JAN, PIET),
            kept.path,
            kept.sha256,
        )
        return self.journal.intend(self.run, intent)

    def sends(self, *dispatches: Dispatch, watch: Watch | None = None) -> Sequence[State]:
        """A run with these mails; the states that they end in."""
        office = cast(Office, _Office(self.journal, self._mailer, self.pauses))
        mail = Mail(connections=self.connections, daily_limit=self.daily_limit)
        settings = Settings(general=General(archive=self.folder / "archief"), mail=mail)
        record = Record(self.journal, self.run)
        with closing(Post(office, settings, record, watch or mortal.Nobody(), "")) as post:
            for dispatch in dispatches:
                for _ in post.move(dispatch):
                    pass
            for _ in post.finish():
                pass
        return [self.journal.dispatch(dispatch.intent.id).state for dispatch in dispatches]

    def _mailer(self, _: Mail, reached: Reached) -> SmtpMailer:
        mail = Mail(server="127.0.0.1", port=self.port, security=Security.NONE, sign_in=SignIn.NONE)
        mailer = SmtpMailer(mail, step_seconds=SECONDS, last_reply_seconds=SECONDS, reached=reached)
        self.opened.append(mailer)
        return mailer


@dataclass
class _Office:
    """As much of an office as mail needs."""

    journal: Journal
    open_mailer: Any
    pauses: tuple[float, ...]

    def now(self) -> datetime:
        return datetime.now(UTC)
