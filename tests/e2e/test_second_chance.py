"""A mail server that does not take a message for the moment gets it once more at the end of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.states import State
from factuurbode.steps.report import Report
from support import mortal
from support.mailserver import MailServer
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    return a_world(tmp_path, invoice_pdf, server)


def pressed(world: World, *pauses: float, watch: mortal.Nobody | None = None) -> Report:
    return mortal.run(world.order(pauses=pauses), watch)


@pytest.mark.parametrize(("moment", "reply"), [("rcpt", "450 4.2.0 greylisted"), ("dot", "451 4.3.0 later")])
def test_what_was_refused_for_the_moment_is_sent_in_the_same_run(world: World, moment: str, reply: str) -> None:
    world.server.fault(moment, reply, times=2)
    (result,) = pressed(world, 0.01, 0.02, 0.03).results
    assert result.outcome.state is State.SENT
    assert len(world.server.messages()) == 1


def test_a_server_that_shut_us_out_is_greeted_anew(world: World) -> None:
    world.server.fault("greeting", "421 4.7.0 too busy", times=1)
    (result,) = pressed(world, 0.01).results
    assert result.outcome.state is State.SENT


def test_after_the_last_pause_it_waits_for_the_next_run(world: World) -> None:
    world.server.fault("rcpt", "450 4.2.0 greylisted", times=3)
    (result,) = pressed(world, 0.01, 0.02).results
    assert result.outcome.state is State.LATER
    world.server.heal()
    (result,) = pressed(world).results
    assert result.outcome.state is State.SENT


def test_a_final_refusal_or_a_wrong_setting_is_not_tried_again(world: World) -> None:
    world.server.fault("rcpt", "550 5.1.1 unknown", times=1)
    (result,) = pressed(world, 30.0).results
    assert result.outcome.state is State.FAILED


def test_the_person_who_cancels_does_not_wait(world: World) -> None:
    class Impatient(mortal.Nobody):
        def invoice_done(self) -> None:
            self.cancelled = True

    world.server.fault("rcpt", "450 4.2.0 greylisted", times=1)
    (result,) = pressed(world, 600.0, watch=Impatient()).results
    assert result.outcome.state is State.LATER
    assert world.server.messages() == []
