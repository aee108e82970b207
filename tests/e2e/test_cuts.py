"""The line to the mail server cut after every region of bytes of the dialogue; the server's mailbox is the oracle.

`FACTUURBODE_CUTS=1000` (`make cuts`) cuts a thousand times, and an eighth of that at a real Postfix.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from factuurbode.domain.states import IN_FLIGHT, State
from support.cut_line import Cut, Direction, Line, line_to
from support.mail_host import can_run, mail_host
from support.mailserver import mail_server
from support.post_office import JAN, PIET, PostOffice

Arrived = Counter[tuple[int, str]]
"""How often each invoice came to each addressee."""
CUTS = int(os.environ.get("FACTUURBODE_CUTS", "440"))


@dataclass
class CutOff:
    """A post office, the line that it sends over, what came out at its end, and how many cuts it gets."""

    office: PostOffice
    line: Line
    arrived: Callable[[], Arrived]
    cuts: int


@contextmanager
def sending_to(port: int, folder: Path, arrived: Callable[[], Arrived], cuts: int) -> Iterator[CutOff]:
    with line_to(port) as line:
        office = PostOffice(folder, line.port)
        yield CutOff(office, line, arrived, cuts)
        office.journal.close()


@contextmanager
def by_aiosmtpd(folder: Path) -> Iterator[CutOff]:
    def arrived() -> Arrived:
        return _counted((message.content, address) for message in server.messages() for address in message.recipients)

    with mail_server(folder / "server") as server, sending_to(server.port, folder, arrived, CUTS) as cut_off:
        yield cut_off


@contextmanager
def by_postfix(folder: Path) -> Iterator[CutOff]:
    """Postfix puts a mail for two into the mailbox twice, each with its addressee in the head."""

    def arrived() -> Arrived:
        return _counted((content, _delivered_to(content)) for content in host.received())

    if not can_run():
        pytest.skip("Postfix and Dovecot need root")
    short = Path(tempfile.mkdtemp(prefix="post-", dir="/tmp"))
    with mail_host(short) as host, sending_to(host.ports["relay"], folder, arrived, CUTS // 8) as cut_off:
        yield cut_off


@pytest.fixture(
    params=[
        pytest.param(by_aiosmtpd, marks=pytest.mark.smtp_tls),
        pytest.param(by_postfix, marks=pytest.mark.mail_host),
    ]
)
def cut_off(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CutOff]:
    with request.param(tmp_path) as made:
        yield made


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
    first_mail = cut_off.office.meant(0)
    assert cut_off.office.sends(first_mail) == [State.SENT]
    assert first_mail.intent.message
    whole = dict(cut_off.line.carried)
    cuts = list(regions(whole, cut_off.cuts))
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
    arrived = cut_off.arrived()

    assert not IN_FLIGHT.intersection(ends.values())
    assert set(ends.values()) <= {State.SENT, State.IN_DOUBT}
    assert max(arrived.values()) == 1
    sent = [number for number, state in ends.items() if state is State.SENT]
    assert [(number, to) for number in sent for to in (JAN, PIET) if not arrived[number, to]] == []
    doubtful = [number for number, state in ends.items() if state is State.IN_DOUBT]
    assert doubtful
    # What was lost before the body was begun is known to be lost. A body that the system has taken from us may get as
    # far as it likes: then only the server's answer tells.
    body = first_mail.intent.message.stat().st_size
    commands = whole[Direction.TO_SERVER] - body - len(".\r\n") - len("QUIT\r\n")
    early = [n for n, cut in enumerate(cuts, 1) if cut.direction is Direction.TO_SERVER and cut.after < commands - 10]
    assert len(early) >= cut_off.cuts // 20
    assert not set(doubtful) & set(early)
    with capsys.disabled():
        print(
            f"\n{len(cuts)} cuts: {first[State.SENT]} sent at once, {first[State.LATER]} with the next run, "
            f"{len(doubtful)} in doubt (of which {sum(arrived[number, JAN] for number in doubtful)} arrived), 0 twice, "
            "0 called sent that did not arrive"
        )


def _number(content: bytes) -> int:
    found = re.search(rb"Subject: Factuur (\d+)", content)
    assert found
    return int(found[1])


def _delivered_to(content: bytes) -> str:
    found = re.search(rb"Delivered-To: (\S+)", content)
    assert found
    return found[1].decode()


def _counted(deliveries: Iterable[tuple[bytes, str]]) -> Arrived:
    return Counter((_number(content), address) for content, address in deliveries)
