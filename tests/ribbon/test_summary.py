"""What the person is told at the end of a run."""

from __future__ import annotations

from pathlib import Path

from factuurbode.domain.model import Channel, Language
from factuurbode.domain.states import State
from factuurbode.errors import BookNotWritable
from factuurbode.ports import Outcome
from factuurbode.ribbon.agreement import LISTED
from factuurbode.ribbon.summary import summary, worth_telling
from factuurbode.steps.report import Report, Result
from factuurbode.texts import texts_in

NL = texts_in(Language.NL)
SENT = Result("2026-0001", Outcome(Channel.MAIL, State.SENT, "outcome.mail_sent"), customer="Café Proef")
REFUSED = Result("2026-0002", Outcome(Channel.MAIL, State.FAILED, "outcome.mail_too_large"), customer="Hotel Proef")
LEFT = Result("2026-0003", Outcome(Channel.MAIL, State.READY, "outcome.cancelled"))


def test_failures_come_with_customer_and_remedy_after_the_counts() -> None:
    words = summary(Report((SENT, REFUSED)), NL)
    assert words.splitlines()[0] == "1 mislukt, 1 verzonden"
    assert "•  2026-0002 (Hotel Proef): De mail is te groot" in words
    assert "2026-0001" not in words


def test_more_failures_than_a_screen_can_show_are_counted() -> None:
    words = summary(Report((REFUSED,) * (LISTED + 2)), NL)
    assert words.count("De mail is te groot") == LISTED
    assert "… en nog 2." in words


def test_a_cancelled_run_says_so_and_does_not_name_what_is_left_one_by_one() -> None:
    words = summary(Report((SENT, LEFT), cancelled=True), NL)
    assert words.startswith("De ronde is gestopt.")
    assert "2026-0003" not in words


def test_nothing_to_do_is_a_sentence() -> None:
    assert summary(Report(), NL) == "Er is niets te verzenden."


def test_a_workbook_that_could_not_be_told_is_told_to_the_person() -> None:
    report = Report((SENT,), book_error=BookNotWritable(path=Path("boek.xlsx")))
    assert "nog niet in de werkmap" in summary(report, NL)


def test_the_setting_hides_only_what_went_well() -> None:
    assert worth_telling(Report((SENT,)), hide_message=False)
    assert not worth_telling(Report((SENT,)), hide_message=True)
    assert worth_telling(Report((SENT, REFUSED)), hide_message=True)
    assert worth_telling(Report((SENT, LEFT), cancelled=True), hide_message=True)
    assert worth_telling(Report((SENT,), book_error=BookNotWritable(path=Path("b.xlsx"))), hide_message=True)
