"""The provider's daily limit over all runs: what does not fit stays, and the report says from when it can go."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from factuurbode.domain.model import Channel, Language
from factuurbode.domain.settings import Mail
from factuurbode.domain.states import State
from factuurbode.steps.pacing import Pace
from factuurbode.texts import outcome_sentence, texts_in
from factuurbode.workbook.reader import read_ledger
from support import mortal
from support.mailserver import MailServer
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    made = a_world(tmp_path, invoice_pdf, server)
    made.has_just_mailed("2025-0999")
    return made


def test_what_does_not_fit_today_stays_later_and_says_from_when_it_can_go(world: World) -> None:
    world.limits_mail(1)
    (result,) = world.press().results
    tomorrow = datetime.now().astimezone() + timedelta(hours=24)
    assert result.outcome.state is State.LATER
    assert f"vanaf {tomorrow:%d-%m-%Y}" in outcome_sentence(texts_in(Language.NL), result.outcome)
    assert world.server.messages() == []
    (invoice,) = read_ledger(world.book).invoices
    assert invoice.recorded.states == {Channel.MAIL: State.LATER}


def test_it_goes_with_the_next_run_that_has_room_as_the_same_dispatch(world: World) -> None:
    world.limits_mail(1)
    world.press()
    world.limits_mail(2)
    (result,) = world.press().results
    assert result.outcome.state is State.SENT
    assert len(world.server.messages()) == 1
    journal = world.journal()
    assert len(journal.of_invoice("2026-0001")) == 1
    journal.close()


class _Clock:
    """A clock on which ten seconds pass at every look."""

    def __init__(self) -> None:
        self.now = datetime.now().astimezone()

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=10)
        return self.now


def test_a_full_minute_is_waited_for_unless_the_person_cancels(world: World) -> None:
    journal, clock, nobody = world.journal(), _Clock(), mortal.Nobody()
    pace = Pace(journal, Mail(per_minute=1), clock)
    began = clock.now
    pace.wait(nobody)
    assert clock.now - began >= timedelta(seconds=45)
    pace.went("a", 1)
    nobody.cancelled = True
    began = clock.now
    pace.wait(nobody)
    assert clock.now - began < timedelta(seconds=45)
    journal.close()
