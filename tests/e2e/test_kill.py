"""`kill -9` at every step of the journal, against a mail server in its own process whose mailbox is the oracle.

The steps are those of `TRANSITIONS`: a new one without a scenario here fails the suite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import TRANSITIONS, State
from factuurbode.workbook.reader import read_ledger
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, Row
from support.world import World, a_world

pytestmark = pytest.mark.libreoffice
S = State


JAN, PIET = "jan@cafe-proef.example", "piet@cafe-proef.example"
ROWS: dict[str, Row] = {
    "mail": CUSTOMER,
    "paper": {**CUSTOMER, "e_invoice": "paper"},
    "file": {**CUSTOMER, "e_invoice": "paper"},
    "two": {**CUSTOMER, "email": f"{JAN}; {PIET}"},
    "copied": {**CUSTOMER, "email": JAN, "copy_to": PIET},
}
MAILBOX: Row = {"mail.sent_copy_server": "imap.bakkerij.test"}


def nothing(world: World) -> None:
    """No history: the first press is the one that dies."""


@dataclass(frozen=True)
class Scenario:
    """How to come to a step: what happens before the run that dies, and how that one is started."""

    before: Callable[[World], None] = nothing
    customer: str = "mail"
    resend: bool = False
    arrived: bool = False
    bounces: bool = False
    after: Callable[[World], None] = nothing
    ends: State = State.SENT
    in_doubt: tuple[str, ...] = ()
    """The moments of death after which nobody can know whether the mail has gone."""


def temporary_refusal(world: World) -> None:
    world.server.fault("rcpt", "450 4.2.0 later", times=1)


def piet_is_refused(world: World, reply: str = "550 5.1.1 unknown") -> None:
    world.server.heal()
    world.server.fault("rcpt", reply, match="piet@")


def piet_comes_later(world: World) -> None:
    piet_is_refused(world, "450 4.2.0 later")
    world.press()


def piet_came_later_and_is_refused(world: World) -> None:
    piet_comes_later(world)
    piet_is_refused(world)


def only_jan_is_left(world: World) -> None:
    world.rewrite({**CUSTOMER, "email": JAN})


def piet_came_later_and_is_taken_off_the_sheet(world: World) -> None:
    piet_comes_later(world)
    only_jan_is_left(world)


def piet_was_refused_and_is_taken_off_the_sheet(world: World) -> None:
    piet_is_refused(world)
    world.press()
    only_jan_is_left(world)


def jan_is_in_doubt_and_piet_refused(world: World) -> None:
    piet_is_refused(world)
    answer_was_lost(world)


def jans_mail_came_back(world: World) -> None:
    world.press()
    world.comes_back(JAN)


def jans_mail_came_back_and_piet_was_refused(world: World) -> None:
    piet_is_refused(world)
    jans_mail_came_back(world)


def another_of_piets_was_refused_too_and_is_taken_off_the_sheet(world: World) -> None:
    piet_is_refused(world)
    world.press()
    world.rewrite({**CUSTOMER, "email": f"{JAN}; piet@elders.example"})
    world.press()
    only_jan_is_left(world)


def piets_mail_came_back_and_he_is_taken_off_the_sheet(world: World) -> None:
    world.press()
    world.comes_back(PIET)
    world.press(bounces=True)
    only_jan_is_left(world)


def jans_mail_came_back_and_then_piets(world: World) -> None:
    jans_mail_came_back(world)
    world.press(bounces=True)
    world.comes_back(PIET)


def jan_is_in_doubt_and_piet_comes_later(world: World) -> None:
    piet_is_refused(world, "450 4.2.0 later")
    answer_was_lost(world)


def was_refused_for_good_and_wants_paper(world: World) -> None:
    world.server.fault("rcpt", "550 5.1.1 unknown")
    world.press()
    world.rewrite(ROWS["paper"])


def was_refused(world: World) -> None:
    temporary_refusal(world)
    world.press()


def was_refused_and_address_changes(world: World) -> None:
    was_refused(world)
    world.change_address()


def died_ready_and_address_changes(world: World) -> None:
    world.killed("intend", "after")
    world.change_address()


def came_in_doubt(world: World) -> None:
    world.server.fault("dot", close=True, times=1)
    world.press()


def answer_was_lost(world: World) -> None:
    """The server keeps the message and its answer never comes."""
    world.server.fault("stored", close=True, times=1)
    world.press()


def died_sending(world: World) -> None:
    world.killed("ready sending", "after")


def died_before_printing(world: World) -> None:
    world.killed("ready printing", "after")


def no_paper(world: World) -> None:
    world.tray.be("empty")


def waited_for_paper(world: World) -> None:
    no_paper(world)
    world.press()
    world.tray.be("ok")


def waited_for_paper_in_vain(world: World) -> None:
    no_paper(world)
    world.press()
    world.tray.be("broken")


def day_is_full(world: World) -> None:
    """Another invoice has just gone, and the provider lets one mail a day through."""
    world.limits_mail(1)
    world.has_just_mailed("2025-0999")


def day_stays_full(world: World) -> None:
    day_is_full(world)
    world.press()


def day_has_room(world: World) -> None:
    world.limits_mail(10)


SCENARIOS: dict[tuple[State, State], Scenario] = {
    (S.READY, S.SENDING): Scenario(),
    (S.SENDING, S.HANDOVER): Scenario(in_doubt=("after",)),
    (S.HANDOVER, S.SENT): Scenario(in_doubt=("before",)),
    (S.SENDING, S.LATER): Scenario(temporary_refusal),
    (S.SENDING, S.FAILED): Scenario(
        lambda world: world.server.fault("rcpt", "550 5.1.1 unknown", times=1),
        after=lambda world: world.change_address(),
    ),
    (S.HANDOVER, S.LATER): Scenario(
        lambda world: world.server.fault("dot", "451 4.3.0 later", times=1), in_doubt=("before",)
    ),
    (S.HANDOVER, S.FAILED): Scenario(
        lambda world: world.server.fault("dot", "554 5.7.1 spam", times=1),
        after=lambda world: world.change_address(),
        in_doubt=("before",),
    ),
    (S.HANDOVER, S.PARTLY): Scenario(piet_is_refused, "two", ends=S.PARTLY, in_doubt=("before",)),
    (S.SENDING, S.PARTLY): Scenario(piet_came_later_and_is_refused, "two", ends=S.PARTLY),
    (S.SENDING, S.SENT): Scenario(piet_came_later_and_is_refused, "copied"),
    (S.LATER, S.SENT): Scenario(piet_came_later_and_is_taken_off_the_sheet, "two"),
    (S.PARTLY, S.SENT): Scenario(piet_was_refused_and_is_taken_off_the_sheet, "two"),
    (S.IN_DOUBT, S.PARTLY): Scenario(
        jan_is_in_doubt_and_piet_refused, "two", arrived=True, ends=S.PARTLY, in_doubt=("before",)
    ),
    (S.IN_DOUBT, S.LATER): Scenario(
        jan_is_in_doubt_and_piet_comes_later, "two", arrived=True, ends=S.LATER, in_doubt=("before",)
    ),
    (S.FAILED, S.SENT): Scenario(another_of_piets_was_refused_too_and_is_taken_off_the_sheet, "two"),
    (S.FAILED, S.FAILED): Scenario(was_refused_for_good_and_wants_paper),
    (S.BOUNCED, S.SENT): Scenario(piets_mail_came_back_and_he_is_taken_off_the_sheet, "two"),
    (S.BOUNCED, S.BOUNCED): Scenario(jans_mail_came_back_and_then_piets, "two", bounces=True, ends=S.BOUNCED),
    (S.SENT, S.BOUNCED): Scenario(jans_mail_came_back, "two", bounces=True, ends=S.BOUNCED),
    (S.PARTLY, S.BOUNCED): Scenario(jans_mail_came_back_and_piet_was_refused, "two", bounces=True, ends=S.BOUNCED),
    (S.HANDOVER, S.IN_DOUBT): Scenario(
        lambda world: world.server.fault("dot", close=True, times=1), in_doubt=("before", "after")
    ),
    (S.SENDING, S.READY): Scenario(died_sending),
    (S.READY, S.LATER): Scenario(day_is_full, after=day_has_room),
    (S.LATER, S.LATER): Scenario(day_stays_full, after=day_has_room),
    (S.LATER, S.SENDING): Scenario(was_refused),
    (S.LATER, S.FAILED): Scenario(was_refused_and_address_changes),
    (S.READY, S.FAILED): Scenario(died_ready_and_address_changes),
    (S.IN_DOUBT, S.SENDING): Scenario(came_in_doubt, resend=True, in_doubt=("before",)),
    (S.IN_DOUBT, S.SENT): Scenario(answer_was_lost, arrived=True, in_doubt=("before",)),
    (S.READY, S.PRINTING): Scenario(customer="paper"),
    (S.PRINTING, S.PRINTED): Scenario(customer="paper"),
    (S.PRINTING, S.ATTENTION): Scenario(no_paper, "paper"),
    (S.PRINTING, S.FAILED): Scenario(lambda world: world.tray.be("broken"), "paper"),
    (S.PRINTING, S.READY): Scenario(died_before_printing, "paper"),
    (S.ATTENTION, S.PRINTED): Scenario(waited_for_paper, "paper"),
    (S.ATTENTION, S.FAILED): Scenario(waited_for_paper_in_vain, "paper"),
    (S.READY, S.SAVED): Scenario(customer="file"),
}
MOMENTS = ("before", "after")


def a_world_for(folder: Path, pdf: Path, server: MailServer, customer: str) -> World:
    settings = {**MAILBOX, "general.always_save_as_pdf": customer == "file"}
    return a_world(folder, pdf, server, ROWS[customer], settings)


def assert_true_and_told(world: World, *, may_be_in_doubt: bool, ends: State = State.SENT) -> None:
    """Never two to anybody, nothing lost, and the workbook says what happened."""
    journal = world.journal()
    (newest,) = journal.newest("2026-0001")
    journal.close()
    got = Counter(address for message in world.server.messages() for address in message.recipients)
    papers = len(world.tray.papers())
    match newest.intent.channel:
        case Channel.MAIL:
            assert set(got.values()) <= {1}
            assert newest.state in (State.SENT, ends) or (may_be_in_doubt and newest.state is State.IN_DOUBT)
            journal_says = {one.address for one in world.addressees(newest) if one.state is State.SENT}
            assert journal_says <= set(got)
        case Channel.PRINT:
            assert (newest.state, papers) == (State.PRINTED, 1)
        case Channel.FILE:
            assert newest.state is State.SAVED
            assert newest.intent.saved_as
            assert newest.intent.saved_as.exists()
    (invoice,) = read_ledger(world.book).invoices
    assert invoice.recorded.states == {newest.intent.channel: newest.state}
    assert invoice.recorded.dispatch == newest.intent.id


def test_every_step_of_the_table_is_killed_here() -> None:
    assert SCENARIOS.keys() == {(before, after) for before, following in TRANSITIONS.items() for after in following}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", SCENARIOS, ids=lambda step: f"{step[0]}-{step[1]}")
def test_killed_at_any_step_the_invoice_still_arrives_once(
    tmp_path: Path, invoice_pdf: Path, server: MailServer, step: tuple[State, State], moment: str
) -> None:
    scenario = SCENARIOS[step]
    world = a_world_for(tmp_path, invoice_pdf, server, scenario.customer)
    scenario.before(world)
    how = {"resend": scenario.resend, "arrived": scenario.arrived, "bounces": scenario.bounces}
    world.killed(f"{step[0]} {step[1]}", moment, **how)
    server.heal()
    world.tray.be("ok")
    scenario.after(world)
    for _ in range(3):
        world.press()
    if scenario.arrived or scenario.bounces:
        world.press(arrived=scenario.arrived, bounces=scenario.bounces)
    assert_true_and_told(world, may_be_in_doubt=moment in scenario.in_doubt, ends=scenario.ends)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("customer", ["mail", "paper", "file"])
@pytest.mark.parametrize("step", ["intend", "write book"])
def test_killed_around_the_journal_it_still_arrives_once(
    tmp_path: Path, invoice_pdf: Path, server: MailServer, step: str, customer: str, moment: str
) -> None:
    world = a_world_for(tmp_path, invoice_pdf, server, customer)
    world.killed(step, moment)
    for _ in range(2):
        world.press()
    assert_true_and_told(world, may_be_in_doubt=False)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_wherever_a_file_is_put_on_disk_it_still_arrives_once(
    tmp_path: Path, invoice_pdf: Path, server: MailServer, moment: str
) -> None:
    """The archive, the baker's own copy and the workbook: before and after each file and each name of a file."""
    for number in range(1, 50):
        folder = tmp_path / str(number)
        folder.mkdir()
        before = len(server.messages())
        world = a_world(folder, invoice_pdf, server)
        if world.outlives(f"fsync {number}", moment):
            break
        world.press()
        assert len(server.messages()) - before == 1
        (invoice,) = read_ledger(world.book).invoices
        assert invoice.recorded.states == {Channel.MAIL: State.SENT}
    assert number >= 8  # archived PDF and mail, the saved PDF, the workbook: each a file and its folder


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_when_the_printer_has_the_job_but_the_journal_not_its_number(
    tmp_path: Path, invoice_pdf: Path, server: MailServer, moment: str
) -> None:
    world = a_world(tmp_path, invoice_pdf, server, ROWS["paper"])
    world.killed("printing printing", moment)
    world.press()
    assert_true_and_told(world, may_be_in_doubt=False)


def test_killed_between_the_mail_and_the_paper_of_one_invoice_both_arrive(
    tmp_path: Path, invoice_pdf: Path, server: MailServer
) -> None:
    world = a_world(tmp_path, invoice_pdf, server, {**CUSTOMER, "e_invoice": "paper-and-mail"})
    world.killed("handover sent", "after")
    for _ in range(2):
        world.press()
    assert (len(server.messages()), len(world.tray.papers())) == (1, 1)


def test_what_is_in_doubt_is_told_and_never_sent_by_itself(
    tmp_path: Path, invoice_pdf: Path, server: MailServer
) -> None:
    world = a_world(tmp_path, invoice_pdf, server)
    came_in_doubt(world)
    for _ in range(3):
        (result,) = world.press().results
        assert result.outcome.state is State.IN_DOUBT
    assert server.messages() == []


def test_a_resend_of_what_is_in_doubt_carries_the_same_bytes(
    tmp_path: Path, invoice_pdf: Path, server: MailServer
) -> None:
    world = a_world(tmp_path, invoice_pdf, server)
    server.fault("stored", close=True, times=1)  # the server keeps the message and its answer is lost
    world.press()
    (result,) = world.press(resend=True).results
    first, second = server.messages()
    assert result.outcome.state is State.SENT
    assert first.content == second.content  # the customer's mail program sees one Message-ID


def test_a_mail_that_a_person_knows_arrived_is_not_sent_again(
    tmp_path: Path, invoice_pdf: Path, server: MailServer
) -> None:
    world = a_world(tmp_path, invoice_pdf, server)
    answer_was_lost(world)
    (result,) = world.press(arrived=True).results
    assert (result.outcome.state, result.outcome.key) == (State.SENT, "outcome.confirmed")
    assert world.press(arrived=True).results == ()
    assert world.press().results == ()
    assert len(server.messages()) == 1
    assert_true_and_told(world, may_be_in_doubt=False)


def test_a_resend_of_what_was_sent_is_a_new_message_with_the_same_pdf(
    tmp_path: Path, invoice_pdf: Path, server: MailServer
) -> None:
    world = a_world(tmp_path, invoice_pdf, server)
    world.press()
    world.press(resend=True)
    world.press()
    first, second = (received.message for received in server.messages())
    assert first["Message-ID"] != second["Message-ID"]
    attached = [next(message.iter_attachments()).get_content() for message in (first, second)]
    assert attached[0] == attached[1]
    journal = world.journal()
    (newest,) = journal.newest("2026-0001")
    journal.close()
    assert (newest.intent.reason, bool(newest.intent.resend_of)) == ("kwijt", True)


def test_many_presses_send_nothing_twice(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> None:
    world = a_world(tmp_path, invoice_pdf, server)
    states = [[result.outcome.state for result in world.press().results] for _ in range(3)]
    assert states == [[State.SENT], [], []]
    assert len(server.messages()) == 1
