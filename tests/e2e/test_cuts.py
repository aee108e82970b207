"""The line to the mail server cut after every region of bytes of the dialogue; the server's mailbox is the oracle.

`FACTUURBODE_CUTS=1000` (`make cuts`) cuts a thousand times.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from factuurbode.domain.states import IN_FLIGHT, State
from support.cut_line import Cut, Direction, Line, line_to
from support.mailserver import MailServer, mail_server
from support.post_office import PostOffice

pytestmark = pytest.mark.smtp_tls
CUTS = int(os.environ.get("FACTUURBODE_CUTS", "440"))


@dataclass
class CutOff:
    """A post office, the line that it sends over, and the server at its end."""

    office: PostOffice
    line: Line
    server: MailServer


@pytest.fixture
def cut_off(tmp_path: Path) -> Iterator[CutOff]:
    with mail_server(tmp_path / "server") as server, line_to(server.port) as line:
        office = PostOffice(tmp_path, line.port)
        yield CutOff(office, line, server)
        office.journal.close()


def regions(carried: dict[Direction, int], cuts: int) -> Iterator[Cut]:
    """*cuts* cuts, over all bytes of both directions, ends and resets by turns, every third line cut for good."""
    for direction in Direction:
        total = carried[direction]
        for n in range(cuts // 2):
            after = 1 + n * (total - 1) // max(cuts // 2 - 1, 1)
            yield Cut(direction, after, reset=n % 2 == 1, connections=99 if n % 3 == 0 else 1)


def test_wherever_the_line_is_cut_nothing_is_doubled_and_nothing_is_called_sent_that_did_not_arrive(
    cut_off: CutOff, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cut_off.office.sends(cut_off.office.meant(0)) == [State.SENT]
    whole = dict(cut_off.line.carried)
    cuts = list(regions(whole, CUTS))
    first: Counter[State] = Counter()
    for number, cut in enumerate(cuts, 1):
        dispatch = cut_off.office.meant(number)
        cut_off.line.cut_next(cut)
        first.update(cut_off.office.sends(dispatch))
        cut_off.line.be_whole()
    ends = {}
    for number in range(1, len(cuts) + 1):
        dispatch = cut_off.office.journal.dispatch(f"{number:016x}")
        waits = dispatch.state in (State.READY, State.LATER)
        ends[number] = cut_off.office.sends(dispatch)[0] if waits else dispatch.state
    arrived = Counter(_number(message.content) for message in cut_off.server.messages())

    assert not IN_FLIGHT.intersection(ends.values())
    assert set(ends.values()) <= {State.SENT, State.IN_DOUBT}
    assert max(arrived.values()) == 1
    assert [number for number, state in ends.items() if state is State.SENT and not arrived[number]] == []
    doubtful = [number for number, state in ends.items() if state is State.IN_DOUBT]
    assert doubtful
    # What was lost before the body was begun is known to be lost. A body that the system has taken from us may get as
    # far as it likes: then only the server's answer tells.
    body = len(cut_off.server.messages()[0].content)
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
