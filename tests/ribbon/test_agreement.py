"""What the person is asked before anything goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factuurbode.domain.model import Channel, Kind, Language, Place
from factuurbode.domain.preflight import Checked, Past
from factuurbode.domain.problems import Problem
from factuurbode.domain.selection import Plan, Request, choose
from factuurbode.domain.settings import General, Mail, Printing, Settings
from factuurbode.domain.states import State
from factuurbode.domain.totals import totals
from factuurbode.ribbon.agreement import LISTED, agreement, first_problem
from factuurbode.texts import texts_in
from support.documents import a_company, an_invoice

MAIL, PRINT, FILE = Channel.MAIL, Channel.PRINT, Channel.FILE
NL, EN = texts_in(Language.NL), texts_in(Language.EN)
SETTINGS = Settings(
    general=General(file_location=Path("bakkerij/facturen")),
    mail=Mail(sender="facturen@korenaar.example.com"),
    printing=Printing(printer="Kantoor"),
)
NO_ADDRESS = Problem("email_missing", place=Place("Klanten", "J12"))


def checked(number: str, *channels: Channel, past: Mapping[Channel, State] | None = None, **invoice: Any) -> Checked:
    made = an_invoice(number, **invoice)
    return Checked(made, totals(made), channels or (MAIL,), ("a@x.example",), (), (), Past(past or {}), a_company())


def plan_of(*invoices: Checked, request: Request | None = None) -> Plan:
    request = request or Request()
    errands, stays = choose(invoices, request)
    return Plan(request, tuple(errands), tuple(stays))


def test_it_counts_each_way_out_and_names_sender_printer_and_folder() -> None:
    plan = plan_of(checked("1"), checked("2"), checked("3", MAIL, PRINT), checked("4", FILE))
    words = agreement(plan, SETTINGS, NL)
    assert words.splitlines()[0].startswith("Er gaan 4 facturen de deur uit, samen €")
    assert "•  3 per e-mail, afzender facturen@korenaar.example.com" in words
    assert "•  1 op papier, printer Kantoor" in words
    assert "•  1 als PDF in de map facturen" in words


def test_a_credit_note_makes_the_total_less() -> None:
    invoice, note = checked("1"), checked("2", kind=Kind.CREDIT_NOTE, corrects="1")
    assert plan_of(invoice, note).total == 0
    assert "€\N{NO-BREAK SPACE}0,00" in agreement(plan_of(invoice, note), SETTINGS, NL)


def test_every_invoice_that_stays_has_its_reason() -> None:
    blocked = replace(checked("2"), problems=(NO_ADDRESS,))
    words = agreement(plan_of(checked("1"), blocked, checked("3", hold=True)), SETTINGS, EN)
    assert "1 invoice is about to go out" in words
    assert "2 invoices stay:" in words
    assert "•  2: Klanten!J12: " in words
    assert "•  3: on hold" in words


def test_no_more_invoices_are_named_than_a_screen_can_show() -> None:
    held = [checked(str(number), hold=True) for number in range(LISTED + 5)]
    words = agreement(plan_of(*held), SETTINGS, NL)
    assert words.startswith("Er is nu niets te bezorgen.")
    assert "… en nog 5." in words
    assert words.count("vastgehouden") == LISTED


@pytest.mark.parametrize("state", [State.SENT, State.PRINTED, State.SAVED, State.IN_DOUBT, State.ATTENTION])
def test_what_is_underway_or_done_is_told_in_words(state: State) -> None:
    channel = {State.PRINTED: PRINT, State.SAVED: FILE, State.ATTENTION: PRINT}.get(state, MAIL)
    plan = plan_of(checked("1", channel, past={channel: state}), request=Request(("1",)))
    assert f"•  1: {NL(f'ribbon.stays.{state}')}" in agreement(plan, SETTINGS, NL)


def test_the_first_problem_is_the_one_with_a_cell_to_go_to() -> None:
    nowhere, somewhere = Problem("number_twice"), NO_ADDRESS
    assert first_problem(plan_of(replace(checked("1"), problems=(nowhere, somewhere)))) == somewhere
    assert first_problem(plan_of(checked("1"), checked("2", hold=True))) is None
