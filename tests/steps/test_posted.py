"""Who has the mail after a conversation with the server, and who is asked for next."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.addressees import Addressee, together
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.journal import Intent
from factuurbode.ports import Receipt
from factuurbode.steps.posted import envelope_of, posted
from support.documents import a_content

JAN, PIET, COPY = "jan@klant.test", "piet@klant.test", "archief@bakkerij.test"
SENDER = "bakker@bakkerij.test"
INTENT = Intent(
    "1",
    "2026-0001",
    Channel.MAIL,
    a_content(),
    Path("a.pdf"),
    "",
    1,
    (JAN, PIET),
    SENDER,
    (JAN, PIET, COPY),
)


def refused(address: str, state: State = State.FAILED) -> Addressee:
    return Addressee(address, state, "mail_recipient_refused", "550 5.1.1 unknown")


def test_when_all_were_accepted_the_mail_is_sent() -> None:
    outcome = posted(INTENT, (), Receipt(State.SENT, "mail_sent", "250 2.0.0 Ok"))
    assert (outcome.state, outcome.code) == (State.SENT, "mail_sent")
    assert {one.address for one in outcome.addressees} == {JAN, PIET, COPY}


def test_one_of_two_refused_for_good_is_partly_sent_and_names_who_is_without() -> None:
    outcome = posted(INTENT, (), Receipt(State.SENT, "mail_sent", refused=(refused(PIET),)))
    assert (outcome.state, outcome.code, outcome.detail) == (
        State.PARTLY,
        "mail_partly",
        f"{PIET}: 550 5.1.1 unknown",
    )


def test_only_who_was_refused_for_the_moment_is_asked_for_again() -> None:
    first = posted(INTENT, (), Receipt(State.SENT, "mail_sent", refused=(refused(PIET, State.LATER),)))
    assert (first.state, first.code) == (State.LATER, "mail_partly_later")
    again = envelope_of(INTENT, first.addressees, b"")
    assert again.everyone == (PIET,)
    second = posted(INTENT, first.addressees, Receipt(State.SENT, "mail_sent"))
    assert (second.state, second.code) == (State.SENT, "mail_sent")


def test_who_was_refused_for_good_is_not_asked_again_beside_who_was_refused_for_the_moment() -> None:
    first = posted(INTENT, (), Receipt(State.SENT, "", refused=(refused(JAN), refused(COPY, State.LATER))))
    assert first.state is State.LATER
    assert envelope_of(INTENT, first.addressees, b"").everyone == (COPY,)
    assert posted(INTENT, first.addressees, Receipt(State.SENT, "mail_sent")).state is State.PARTLY


def test_a_copy_that_is_refused_for_the_moment_does_not_go_without_its_mail() -> None:
    nobody = (refused(JAN), refused(PIET), refused(COPY, State.LATER))
    assert posted(INTENT, (), Receipt(State.FAILED, "mail_recipient_refused", refused=nobody)).state is State.FAILED


def test_a_copy_that_was_agreed_to_is_not_lost_when_nobody_gets_the_mail_yet() -> None:
    nobody = (refused(JAN), refused(PIET, State.LATER))
    outcome = posted(INTENT, (), Receipt(State.FAILED, "mail_recipient_refused", refused=nobody))
    assert envelope_of(INTENT, outcome.addressees, b"").everyone == (PIET, COPY)


def test_a_refused_copy_leaves_the_invoice_sent_and_is_told() -> None:
    outcome = posted(INTENT, (), Receipt(State.SENT, "mail_sent", refused=(refused(COPY),)))
    assert (outcome.state, outcome.code) == (State.SENT, "mail_copy_refused")


def test_a_copy_that_is_left_goes_alone() -> None:
    first = posted(INTENT, (), Receipt(State.SENT, "mail_sent", refused=(refused(COPY, State.LATER),)))
    again = envelope_of(INTENT, first.addressees, b"")
    assert (again.recipients, again.copies) == ((COPY,), ())


def test_doubt_about_some_is_doubt_about_the_mail() -> None:
    outcome = posted(INTENT, (), Receipt(State.IN_DOUBT, "mail_in_doubt", refused=(refused(PIET),)))
    assert (outcome.state, outcome.code) == (State.IN_DOUBT, "mail_in_doubt")


FATES = st.sampled_from([State.SENT, State.LATER, State.FAILED])


@given(st.lists(st.tuples(FATES, FATES, FATES), min_size=1, max_size=6))
def test_nobody_who_has_it_is_written_to_again_whatever_the_server_says(rounds: list[tuple[State, ...]]) -> None:
    known: dict[str, Addressee] = {}
    served: list[str] = []
    for fates in rounds:
        asked = envelope_of(INTENT, known.values(), b"")
        if not asked.everyone:
            break
        fate = dict(zip((JAN, PIET, COPY), fates, strict=True))
        turned_away = tuple(refused(one, fate[one]) for one in asked.everyone if fate[one] is not State.SENT)
        nobody = {one.address for one in turned_away}.issuperset(asked.recipients)
        receipt = Receipt(State.LATER, "mail_temporary", refused=turned_away)
        if not nobody:
            served += [one for one in asked.everyone if fate[one] is State.SENT]
            receipt = Receipt(State.SENT, "mail_sent", refused=turned_away)
        outcome = posted(INTENT, known.values(), receipt)
        known.update({one.address: one for one in outcome.addressees})
        assert outcome.state is together(known.values(), INTENT.recipients)
    assert len(served) == len(set(served))
    assert {one.address for one in known.values() if one.state is State.SENT} == set(served)
