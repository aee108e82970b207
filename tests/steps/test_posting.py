"""A run's mail over a real server: several lines at once, a server that finds us too fast, limits, a cancelled run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from factuurbode.domain.states import State
from factuurbode.errors import JournalNotWritable
from factuurbode.journal import Dispatch
from support import mortal
from support.mailserver import MailServer, mail_server
from support.post_office import SECONDS, PostOffice

pytestmark = pytest.mark.smtp_tls


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "server") as server:
        yield server


@pytest.fixture
def office(tmp_path: Path, server: MailServer) -> Iterator[PostOffice]:
    office = PostOffice(tmp_path, server.port)
    yield office
    office.journal.close()


def mailed(server: MailServer) -> Counter[str]:
    return Counter(str(message.message["Subject"]) for message in server.messages())


def lines(server: MailServer) -> int:
    return server.commands().count("CONNECT")


class CancelledAfter(mortal.Nobody):
    """Wants nothing more to go out once *mails* have arrived."""

    def __init__(self, server: MailServer, mails: int) -> None:
        self._server = server
        self._mails = mails

    @property
    def cancelled(self) -> bool:  # type: ignore[override]
        return len(self._server.messages()) >= self._mails


def test_over_four_lines_each_mail_arrives_once(office: PostOffice, server: MailServer) -> None:
    office.connections = 4
    states = office.sends(*(office.meant(number) for number in range(40)))
    assert set(states) == {State.SENT}
    assert len(mailed(server)) == 40
    assert set(mailed(server).values()) == {1}
    assert 1 < lines(server) == len(office.opened) <= 4


def test_over_one_line_they_go_in_order(office: PostOffice, server: MailServer) -> None:
    office.sends(*(office.meant(number) for number in range(6)))
    assert [message.message["Subject"] for message in server.messages()] == [f"Factuur {n}" for n in range(6)]
    assert lines(server) == 1


def test_refusals_and_doubts_among_several_lines_concern_only_their_own_mail(
    office: PostOffice, server: MailServer
) -> None:
    office.connections = 4
    server.fault("dot", "554 5.7.1 spam", times=1)
    server.fault("stored", close=True, times=1)
    states = Counter(office.sends(*(office.meant(number) for number in range(20))))
    assert states == {State.SENT: 18, State.FAILED: 1, State.IN_DOUBT: 1}
    assert set(mailed(server).values()) == {1}
    assert len(mailed(server)) == 19


def test_a_server_that_finds_us_too_fast_gets_one_line_and_time(office: PostOffice, server: MailServer) -> None:
    office.connections, office.pauses = 4, (0.05, 0.05)
    server.fault("mail", "421 4.7.0 Too many connections, slow down", times=3)
    states = office.sends(*(office.meant(number) for number in range(12)))
    assert set(states) == {State.SENT}
    assert set(mailed(server).values()) == {1}


def test_a_limit_for_a_while_is_waited_out_at_the_end_of_the_run(office: PostOffice, server: MailServer) -> None:
    office.pauses = (0.01, 0.01)
    server.fault("rcpt", "450 4.2.0 Greylisted", match="jan@", times=1)
    first, second = office.sends(office.meant(1), office.meant(2))
    assert (first, second) == (State.SENT, State.SENT)
    assert server.messages()[0].recipients == ("piet@klant.test",)
    everyone = Counter(address for received in server.messages() for address in received.recipients)
    assert everyone == {"jan@klant.test": 2, "piet@klant.test": 2}


def test_the_daily_limit_counts_what_is_under_way(office: PostOffice, server: MailServer) -> None:
    office.connections, office.daily_limit = 4, 10  # recipients: five mails to two people
    states = Counter(office.sends(*(office.meant(number) for number in range(12))))
    assert states == {State.SENT: 5, State.LATER: 7}
    assert len(server.messages()) == 5


def test_what_was_refused_leaves_its_room_in_the_limit_to_others(office: PostOffice, server: MailServer) -> None:
    office.daily_limit = 2
    server.fault("dot", "554 5.7.1 spam", times=1)
    assert office.sends(office.meant(1), office.meant(2)) == [State.FAILED, State.SENT]


def test_what_goes_in_a_second_chance_counts_in_the_limit_too(office: PostOffice, server: MailServer) -> None:
    office.daily_limit, office.pauses = 2, (0.01,)
    server.fault("dot", "451 4.3.0 Try again", times=1)
    assert office.sends(office.meant(1), office.meant(2)) == [State.LATER, State.SENT]
    assert len(server.messages()) == 1


def test_who_got_the_mail_at_the_first_try_still_counts_after_the_second(
    office: PostOffice, server: MailServer
) -> None:
    office.daily_limit = 4
    server.fault("rcpt", "450 4.2.0 Greylisted", match="jan@", times=2)
    mail = office.meant(1)
    states = office.sends(mail, mail, office.meant(2), office.meant(3))
    assert states == [State.LATER, State.LATER, State.SENT, State.LATER]
    assert sum(len(message.recipients) for message in server.messages()) == 3


def test_when_steps_cannot_be_written_down_the_others_that_are_under_way_are(
    office: PostOffice, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.connections = 4
    good, *others = (office.meant(number) for number in range(4))
    advance, all_under_way = office.journal.advance, Barrier(4, timeout=SECONDS)

    def full(run: str, dispatch: str, state: State, **facts: Any) -> Dispatch:
        if state is State.HANDOVER:
            all_under_way.wait()
            if dispatch != good.intent.id:
                raise JournalNotWritable(path=Path("boek.factuurbode.db"), detail="disk.full")
        return advance(run, dispatch, state, **facts)

    monkeypatch.setattr(office.journal, "advance", full)
    with pytest.raises(JournalNotWritable):
        office.sends(good, *others)
    states = [office.journal.dispatch(one.intent.id).state for one in (good, *others)]
    assert states == [State.SENT, State.SENDING, State.SENDING, State.SENDING]
    assert set(mailed(server)) == {"Factuur 0"}


@pytest.mark.parametrize("connections", [1, 4])
def test_cancelled_in_the_middle_what_is_under_way_is_known_and_the_rest_stays_ready(
    office: PostOffice, server: MailServer, connections: int
) -> None:
    office.connections = connections
    dispatches = [office.meant(number) for number in range(30)]
    states = Counter(office.sends(*dispatches, watch=CancelledAfter(server, 5)))
    assert set(states) == {State.SENT, State.READY}
    assert states[State.SENT] == len(server.messages()) < 30


def test_a_lost_line_is_tried_again_at_once(office: PostOffice, server: MailServer) -> None:
    server.fault("data", close=True, times=1)
    assert office.sends(office.meant(1)) == [State.SENT]
    assert lines(server) == 2
