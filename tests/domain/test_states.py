"""The states of a dispatch."""

from __future__ import annotations

from factuurbode.domain.states import DELIVERED, IN_FLIGHT, TRANSITIONS, WORST_FIRST, State


def test_every_state_has_its_place_among_the_worst() -> None:
    assert set(WORST_FIRST) == set(State)
    assert len(WORST_FIRST) == len(State)


def test_nothing_follows_a_delivery_but_a_mail_that_comes_back() -> None:
    following = {state: TRANSITIONS[state] for state in DELIVERED & TRANSITIONS.keys()}
    assert following == {State.SENT: {State.BOUNCED}}


def test_a_dispatch_in_flight_can_always_be_settled() -> None:
    for state in IN_FLIGHT:
        assert TRANSITIONS[state] - IN_FLIGHT


def test_what_is_in_doubt_is_offered_again_or_known_to_have_arrived_and_nothing_else() -> None:
    arrived = {State.SENT, State.PARTLY, State.LATER}  # at everyone, or at some: others were refused before
    assert TRANSITIONS[State.IN_DOUBT] == {State.SENDING} | arrived


def test_the_worst_channel_is_shown_first() -> None:
    assert min([State.SENT, State.FAILED, State.PRINTED], key=WORST_FIRST.index) is State.FAILED
    assert min([State.SENT, State.ATTENTION], key=WORST_FIRST.index) is State.ATTENTION
