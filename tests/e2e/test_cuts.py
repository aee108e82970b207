"""The line to the mail server cut after every region of bytes of the dialogue; the server's mailbox is the oracle.

`FACTUURBODE_CUTS=1000` (`make cuts`) cuts a thousand times.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from factuurbode.deliver.archive import Archive
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.model import Channel
from factuurbode.domain.settings import General, Mail, Security, Settings, SignIn
from factuurbode.domain.states import IN_FLIGHT, State
from factuurbode.journal import Dispatch, Intent, Journal
from factuurbode.ports import Reached
from factuurbode.steps.office import Office
from factuurbode.steps.posting import Post
from factuurbode.steps.record import Record
from support import mortal
from support.cut_line import Cut, Direction, Line, line_to
from support.mailserver import MailServer, mail_server

pytestmark = pytest.mark.smtp_tls
CUTS = int(os.environ.get("FACTUURBODE_CUTS", "440"))
JAN, PIET = "jan@klant.test", "piet@klant.test"
SECONDS = 5.0


@dataclass
class PostOffice:
    """A journal and an archive, and a way to send each invoice over the line."""

    folder: Path
    line: Line
    server: MailServer

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
            "",
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

    def sends(self, dispatch: Dispatch) -> State:
        """A run with this one mail; the state that it ends in."""
        office = cast(Office, _Office(self.journal, self._mailer))
        record = Record(self.journal, self.run)
        settings = Settings(general=General(archive=self.folder / "archief"))
        with closing(Post(office, settings, record, mortal.Nobody(), "")) as post:
            for _ in (*post.move(dispatch), *post.finish()):
                pass
        return self.journal.dispatch(dispatch.intent.id).state

    def _mailer(self, _: Mail, reached: Reached) -> SmtpMailer:
        mail = Mail(server="127.0.0.1", port=self.line.port, security=Security.NONE, sign_in=SignIn.NONE)
        return SmtpMailer(mail, step_seconds=SECONDS, last_reply_seconds=SECONDS, reached=reached)


@dataclass
class _Office:
    """As much of an office as mail needs."""

    journal: Journal
    open_mailer: Any
    pauses: tuple[float, ...] = ()

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def post_office(tmp_path: Path) -> Iterator[PostOffice]:
    with mail_server(tmp_path / "server") as server, line_to(server.port) as line:
        office = PostOffice(tmp_path, line, server)
        yield office
        office.journal.close()


def regions(carried: dict[Direction, int], cuts: int) -> Iterator[Cut]:
    """*cuts* cuts, over all bytes of both directions, ends and resets by turns, every third line cut for good."""
    for direction in Direction:
        total = carried[direction]
        for n in range(cuts // 2):
            after = 1 + n * (total - 1) // max(cuts // 2 - 1, 1)
            yield Cut(direction, after, reset=n % 2 == 1, connections=99 if n % 3 == 0 else 1)


def test_wherever_the_line_is_cut_nothing_is_doubled_and_nothing_is_called_sent_that_did_not_arrive(
    post_office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert post_office.sends(post_office.meant(0)) is State.SENT
    whole = dict(post_office.line.carried)
    cuts = list(regions(whole, CUTS))
    first: Counter[State] = Counter()
    for number, cut in enumerate(cuts, 1):
        dispatch = post_office.meant(number)
        post_office.line.cut_next(cut)
        first[post_office.sends(dispatch)] += 1
        post_office.line.be_whole()
    ends = {}
    for number in range(1, len(cuts) + 1):
        dispatch = post_office.journal.dispatch(f"{number:016x}")
        waits = dispatch.state in (State.READY, State.LATER)
        ends[number] = post_office.sends(dispatch) if waits else dispatch.state
    arrived = Counter(_number(message.content) for message in post_office.server.messages())

    assert not IN_FLIGHT.intersection(ends.values())
    assert set(ends.values()) <= {State.SENT, State.IN_DOUBT}
    assert max(arrived.values()) == 1
    assert [number for number, state in ends.items() if state is State.SENT and not arrived[number]] == []
    doubtful = [number for number, state in ends.items() if state is State.IN_DOUBT]
    assert doubtful
    # What was lost before the body was begun is known to be lost. A body that the system has taken from us may get as
    # far as it likes: then only the server's answer tells.
    body = len(post_office.server.messages()[0].content)
    commands = whole[Direction.TO_SERVER] - body - len(".\r\n") - len("QUIT\r\n")
    early = [n for n, cut in enumerate(cuts, 1) if cut.direction is Direction.TO_SERVER and cut.after < commands - 10]
    assert len(early) >= CUTS // 20
    assert not set(doubtful) & set(early)
    with capsys.disabled():
        print(
            f"\n{len(cuts)} cuts: {first[State.SENT]} sent at once, {first[State.LATER]} with the next run, "
            f"{len(doubtful)} in doubt (of which {sum(arrived[number] for number in doubtful)} arrived), 0 twice, "
            "0 called sent that did not arrive"
        )


def _number(content: bytes) -> int:
    found = re.search(rb"Subject: Factuur (\d+)", content)
    assert found
    return int(found[1])
