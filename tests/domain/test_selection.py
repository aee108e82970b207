"""Which invoices go out, over which channels, and which stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.preflight import Checked, Past
from factuurbode.domain.problems import Problem
from factuurbode.domain.selection import Errand, Request, choose
from factuurbode.domain.states import State
from support.documents import a_company, a_customer, an_invoice

MAIL, PRINT, FILE = Channel.MAIL, Channel.PRINT, Channel.FILE
UNSENT, NAMED = Request(), Request(("2026-0001",))
AGAIN = Request(("2026-0001",), resend=True, reason="kwijt")


def checked(past: Mapping[Channel, State] | None = None, *channels: Channel, **invoice: Any) -> Checked:
    return Checked(
        an_invoice(**invoice), None, channels or (MAIL,), ("a@x.example",), (), (), Past(past or {}), a_company()
    )


def channels_of(one: Checked, request: Request) -> tuple[Channel, ...]:
    errands, _ = choose([one], request)
    return errands[0].channels if errands else ()


@pytest.mark.parametrize("state", [None, State.READY, State.LATER, State.FAILED])
def test_what_has_not_reached_anybody_goes(state: State | None) -> None:
    assert channels_of(checked({MAIL: state} if state else {}), UNSENT) == (MAIL,)


@pytest.mark.parametrize("state", [State.SENT, State.PRINTED, State.SAVED])
def test_what_was_delivered_is_passed_over_in_silence(state: State) -> None:
    assert choose([checked({MAIL: state})], UNSENT) == ([], [])


def test_what_was_delivered_and_is_named_is_told_and_not_sent() -> None:
    errands, stays = choose([checked({MAIL: State.SENT})], NAMED)
    assert (errands, [stay.state for stay in stays]) == ([], [State.SENT])


def test_what_was_delivered_goes_again_when_asked_with_a_reason() -> None:
    assert channels_of(checked({MAIL: State.SENT}), AGAIN) == (MAIL,)


@pytest.mark.parametrize("state", [State.IN_DOUBT, State.ATTENTION, State.PRINTING])
def test_what_waits_for_a_person_stays_and_is_told_every_time(state: State) -> None:
    errands, stays = choose([checked({MAIL: state})], UNSENT)
    assert (errands, [stay.state for stay in stays]) == ([], [state])


def test_in_doubt_goes_again_only_on_request_and_a_print_job_in_the_queue_not_even_then() -> None:
    assert channels_of(checked({MAIL: State.IN_DOUBT}), AGAIN) == (MAIL,)
    assert channels_of(checked({PRINT: State.ATTENTION}, PRINT), AGAIN) == ()


def test_one_channel_that_is_done_does_not_keep_the_other_in() -> None:
    past = {MAIL: State.SENT, PRINT: State.FAILED}
    assert channels_of(checked(past, MAIL, PRINT), UNSENT) == (PRINT,)


def test_a_customer_who_changes_from_paper_to_mail_does_not_get_old_invoices_again() -> None:
    assert channels_of(checked({PRINT: State.PRINTED}, MAIL), UNSENT) == ()


def test_a_printer_that_failed_can_be_replaced_by_a_saved_pdf() -> None:
    past = {MAIL: State.SENT, PRINT: State.FAILED}
    assert channels_of(checked(past, MAIL, FILE), UNSENT) == (FILE,)
    assert channels_of(checked({PRINT: State.PRINTED}, FILE), UNSENT) == ()


def test_a_held_invoice_stays() -> None:
    errands, stays = choose([checked(hold=True)], UNSENT)
    assert (errands, [stay.state for stay in stays]) == ([], [State.HELD])


@pytest.mark.parametrize("state", [None, State.READY, State.LATER, State.FAILED])
@pytest.mark.parametrize("again", [False, True])
def test_a_void_invoice_never_goes_and_is_told_only_when_it_is_named(state: State | None, again: bool) -> None:
    void = replace(checked(), past=Past({MAIL: state} if state else {}, void=True))
    assert choose([void], UNSENT) == ([], [])
    errands, (stay,) = choose([void], AGAIN if again else NAMED)
    assert (errands, stay.state, stay.untouched) == ([], State.VOID, False)


def test_a_blocked_invoice_stays_and_the_others_go() -> None:
    blocked = replace(checked(number="2026-0002"), problems=(Problem("email_missing"),))
    errands, stays = choose([blocked, checked()], UNSENT)
    assert [errand.checked.invoice.number for errand in errands] == ["2026-0001"]
    assert [(stay.checked.invoice.number, stay.state) for stay in stays] == [("2026-0002", State.BLOCKED)]


def test_a_blocked_invoice_that_was_delivered_is_passed_over_unless_named() -> None:
    blocked = replace(checked({MAIL: State.SENT}), problems=(Problem("changed_after_sending"),))
    assert choose([blocked], UNSENT) == ([], [])
    errands, stays = choose([blocked], AGAIN)
    assert (errands, [stay.state for stay in stays]) == ([], [State.BLOCKED])


def test_errands_follow_the_delivery_route_and_then_the_number() -> None:
    def on_route(number: str, route: int | None) -> Checked:
        customer = a_customer(route=None if route is None else Decimal(route))
        return checked(number=number, customer=customer)

    errands, _ = choose([on_route("3", None), on_route("2", 10), on_route("1", 10), on_route("4", 2)], UNSENT)
    assert [errand.checked.invoice.number for errand in errands] == ["4", "1", "2", "3"]


def test_an_errand_is_what_is_still_to_do() -> None:
    one = checked({}, MAIL, PRINT)
    assert choose([one], UNSENT) == ([Errand(one, (MAIL, PRINT))], [])
