"""What a credit note corrects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from factuurbode.domain.model import Invoice, Kind
from factuurbode.domain.preflight import Past
from factuurbode.domain.problems import Problem
from support.documents import a_customer, an_invoice, some_lines
from support.preflights import ledger, placed, preflight_of

ORIGINAL = an_invoice("2026-0001", lines=4)


def a_credit(number: str = "2026-0002", **changes: Any) -> Invoice:
    return an_invoice(number, **{"kind": Kind.CREDIT_NOTE, "corrects": "2026-0001", "lines": 2, **changes})


def told(*invoices: Invoice, void: str = "") -> list[tuple[str, str, bool]]:
    """What is said of the credit notes among *invoices*: which, what, and whether it stops them."""
    history = {void: Past(void=True)} if void else {}
    found = preflight_of(ledger(*map(placed, invoices)), history)
    return [
        (problem.invoice, problem.code, problem.stops)
        for one in found.invoices
        for problem in one.problems
        if one.invoice.kind is Kind.CREDIT_NOTE
    ]


def the_problem(*invoices: Invoice) -> Problem:
    return next(problem for one in preflight_of(ledger(*invoices)).invoices for problem in one.problems)


def test_a_credit_note_on_an_invoice_of_the_same_customer_is_fine_however_the_number_is_written() -> None:
    assert told(ORIGINAL, a_credit()) == []
    assert told(an_invoice("F-1", lines=4), a_credit(corrects=" f-1 ")) == []


def test_it_does_not_correct_itself() -> None:
    assert told(ORIGINAL, a_credit(corrects="2026-0002")) == [("2026-0002", "corrects_itself", True)]


def test_it_does_not_correct_a_credit_note() -> None:
    second = a_credit("2026-0003", corrects="2026-0002")
    assert told(ORIGINAL, a_credit(), second) == [("2026-0003", "corrects_credit_note", True)]


def test_it_does_not_correct_another_customers_invoice() -> None:
    other = a_credit(customer=a_customer(number="0099"))
    assert told(ORIGINAL, other) == [("2026-0002", "corrects_other_customer", True)]
    assert the_problem(ORIGINAL, other).detail == "0012"


def test_a_branch_whose_bills_another_pays_is_corrected_with_who_pays() -> None:
    billed = an_invoice("2026-0001", lines=4, customer_number="branch")
    assert told(billed, a_credit()) == []


def test_more_than_the_invoice_came_to_is_told_also_when_several_credit_notes_make_it() -> None:
    whole = a_credit(lines=4)
    assert told(ORIGINAL, whole) == []
    more = [("2026-0002", "credited_too_much", False), ("2026-0003", "credited_too_much", False)]
    assert told(ORIGINAL, whole, a_credit("2026-0003", lines=1)) == more
    problem = the_problem(an_invoice("2026-0001", lines=1), a_credit(lines=some_lines(1, quantity=Decimal(3))))
    assert (problem.value, problem.detail) == (Decimal("7.03"), Decimal("4.69"))


def test_what_never_goes_out_credits_nothing() -> None:
    assert told(ORIGINAL, a_credit(lines=4), a_credit("2026-0003", lines=1), void="2026-0003") == []


def test_a_credit_note_before_its_invoice_is_a_doubt() -> None:
    early = a_credit(issued=date(2026, 3, 30))
    assert told(ORIGINAL, early) == [("2026-0002", "credit_note_too_early", False)]
    assert told(ORIGINAL, a_credit(issued=date(2026, 3, 31))) == []
