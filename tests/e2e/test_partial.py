"""A mail to several people, of whom the server takes some: each has an outcome, and only the refused are retried."""

from __future__ import annotations

import json
from contextlib import closing

import openpyxl
import pytest

from factuurbode import bootstrap
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from support.bakery import Bakery
from support.workbooks import CUSTOMER

pytestmark = pytest.mark.libreoffice
JAN, PIET, ELS = "jan@cafe-proef.example", "piet@cafe-proef.example", "els@cafe-proef.example"
NUMBER = "2026-0001"


def for_people(bakery: Bakery, *addresses: str) -> None:
    bakery.opens(customers=[{**CUSTOMER, "email": "; ".join(addresses)}])


def got(bakery: Bakery) -> list[tuple[str, ...]]:
    return [message.recipients for message in bakery.server.messages()]


def sheet_rows(bakery: Bakery, title: str) -> list[list[str]]:
    with closing(openpyxl.load_workbook(bakery.book, read_only=True)) as workbook:
        rows = workbook[title].iter_rows(values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]


def logged(bakery: Bakery) -> list[list[str]]:
    """The filled rows of the Log."""
    return [row for row in sheet_rows(bakery, "Logboek") if NUMBER in row]


@pytest.fixture
def partly(bakery: Bakery) -> Bakery:
    """Jan has the invoice, Piet's address is unknown at his mail server."""
    for_people(bakery, JAN, PIET)
    bakery.server.fault("rcpt", "550 5.1.1 User unknown", match="piet@")
    told = bakery.sends()
    assert told.code == 2
    assert f"{PIET}: 550 5.1.1 User unknown" in told.words
    assert "Deels verzonden" in told.words
    assert bakery.shown[NUMBER] == {Channel.MAIL: State.PARTLY}
    return bakery


def test_it_stays_so_until_something_changes(partly: Bakery) -> None:
    partly.server.heal()
    assert "Deels verzonden" in partly.sends().words
    assert got(partly) == [(JAN,)]


def test_a_better_address_gets_it_and_nobody_else_does(partly: Bakery) -> None:
    for_people(partly, JAN, ELS)
    assert partly.sends().code == 0
    assert got(partly) == [(JAN,), (ELS,)]
    assert partly.shown[NUMBER] == {Channel.MAIL: State.SENT}


def test_naming_the_invoice_asks_for_the_refused_once_more(partly: Bakery) -> None:
    partly.server.heal()
    assert partly.types("customer-copies", "--invoices", NUMBER).code == 0
    assert got(partly) == [(JAN,), (PIET,)]


def test_taking_the_refused_off_the_sheet_ends_it(partly: Bakery) -> None:
    for_people(partly, JAN)
    assert f"Niet meer verzonden aan {PIET}: " in partly.sends().words
    assert partly.shown[NUMBER] == {Channel.MAIL: State.SENT}
    assert got(partly) == [(JAN,)]
    told = logged(partly)[-1]
    assert (told[4], told[5]) == (PIET, "Verzonden")
    assert "Wie daar nog staat, heeft de factuur." in told[6]
    (invoice,) = (row for row in sheet_rows(partly, "Facturen") if NUMBER in row)
    assert JAN in invoice


def test_a_better_address_that_is_refused_too_is_not_asked_again_by_itself(partly: Bakery) -> None:
    partly.server.fault("rcpt", "550 5.1.1 User unknown", match="els@")
    for_people(partly, JAN, ELS)
    assert f"{ELS}: 550 5.1.1 User unknown" in partly.sends().words
    partly.server.heal()
    partly.sends()
    assert got(partly) == [(JAN,)]


def test_taking_off_the_sheet_who_was_refused_the_second_time_ends_it_too(partly: Bakery) -> None:
    partly.server.fault("rcpt", "550 5.1.1 User unknown", match="els@")
    for_people(partly, JAN, ELS)
    partly.sends()
    for_people(partly, JAN)
    assert partly.sends().code == 0
    assert partly.shown[NUMBER] == {Channel.MAIL: State.SENT}
    assert partly.sends().words == "Er is niets te verzenden."
    assert got(partly) == [(JAN,)]


def test_a_resend_on_purpose_goes_to_everybody(partly: Bakery) -> None:
    partly.server.heal()
    partly.types("customer-copies", "--invoices", NUMBER, "--resend", "--reason", "kwijt")
    assert got(partly) == [(JAN,), (JAN, PIET)]


def test_who_is_refused_for_the_moment_gets_it_with_the_next_run(bakery: Bakery) -> None:
    for_people(bakery, JAN, PIET)
    bakery.server.fault("rcpt", "450 4.2.0 Greylisted", match="piet@", times=1)
    assert f"{PIET}: 450 4.2.0 Greylisted" in bakery.sends().words
    assert bakery.sends().code == 0
    first, second = bakery.server.messages()
    assert (first.recipients, second.recipients) == ((JAN,), (PIET,))
    assert first.content == second.content  # the same mail, with the same Message-ID
    assert bakery.sends().words == "Er is niets te verzenden."


def test_a_program_is_told_of_each_recipient(bakery: Bakery) -> None:
    for_people(bakery, JAN, PIET)
    bakery.server.fault("rcpt", "550 5.1.1 User unknown", match="piet@")
    words = bakery.types("customer-copies", "--json").words
    (result,) = json.loads(words)["results"]
    assert result["recipients"] == [JAN]
    assert {one["address"]: one["state"] for one in result["addressees"]} == {JAN: "sent", PIET: "failed"}


def test_a_wholly_refused_mail_is_not_offered_again_until_something_changes(bakery: Bakery) -> None:
    bakery.server.fault("rcpt", "550 5.1.1 User unknown")
    bakery.sends()
    bakery.server.heal()
    assert "User unknown" in bakery.sends().words
    assert bakery.mails == 0
    assert bakery.types("customer-copies", "--invoices", NUMBER).code == 0
    assert bakery.mails == 1


def test_another_sender_is_a_reason_to_try_again(bakery: Bakery) -> None:
    bakery.server.fault("rcpt", "553 5.7.1 Sender address rejected: not owned by user")
    bakery.sends()
    bakery.server.heal()
    bakery.settings["mail.sender"] = "bakker@provider.test"
    bakery.opens()
    assert bakery.sends().code == 0


def test_what_was_refused_by_mail_and_then_went_on_paper_is_no_longer_shown_as_failed(bakery: Bakery) -> None:
    bakery.server.fault("rcpt", "550 5.1.1 User unknown")
    bakery.sends()
    bakery.settings["general.always_save_as_pdf"] = True
    bakery.opens(customers=[{**CUSTOMER, "e_invoice": "paper"}])
    assert bakery.sends().code == 0
    assert bakery.shown[NUMBER] == {Channel.FILE: State.SAVED}
    assert "mislukt" not in bakery.types("status").words
    bakery.server.heal()
    bakery.opens()  # back to mail: what has gone out does not go again
    assert bakery.sends().words == "Er is niets te verzenden."
    assert bakery.mails == 0


def test_what_concerns_no_invoice_is_said_in_words_of_its_own(bakery: Bakery) -> None:
    assert bakery.types("status").words == "Er is nog niets verzonden of afgedrukt."
    assert bakery.types("arrived", "--invoices", NUMBER).words.startswith("Van geen van deze facturen")


def test_a_test_mail_that_was_taken_says_where_to_look(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "chosen_converter", LibreOffice)
    told = bakery.types("testmail")
    assert told.code == 0
    assert "Kijk of die aankomt bij facturen@bakkerij.test" in told.words
    bakery.server.fault("dot", "554 5.7.1 spam")
    assert "Kijk of die aankomt" not in bakery.types("testmail").words
