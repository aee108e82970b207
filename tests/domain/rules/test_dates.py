"""The days of an invoice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from factuurbode.domain.model import Recorded
from factuurbode.domain.rules import invoice_by
from support.documents import a_customer, an_invoice
from support.preflights import codes, ledger, placed, preflight_of

ISSUED = date(2026, 3, 31)


def found(today: date, **changes: Any) -> set[str]:
    (checked,) = preflight_of(ledger(placed(an_invoice(**changes))), today=today).invoices
    assert not checked.blocked
    return codes(checked)


def test_a_date_more_than_a_month_ahead_is_a_doubt() -> None:
    assert found(ISSUED - timedelta(days=31)) == set()
    assert found(ISSUED - timedelta(days=32)) == {"date_far_ahead"}
    assert found(date(2027, 3, 31)) == set()


def test_a_due_date_that_was_typed_over_the_formula_is_not_what_the_invoice_says() -> None:
    customer = a_customer(payment_days=14)
    for shown, code in ((date(2026, 4, 14), set()), (date(2026, 3, 1), {"due_differs"}), (None, set())):
        assert found(ISSUED, customer=customer, recorded=Recorded(due=shown)) == code


@pytest.mark.parametrize(
    ("supplied", "last_day"),
    [
        (date(2026, 3, 1), date(2026, 4, 15)),
        (date(2026, 3, 31), date(2026, 4, 15)),
        (date(2026, 12, 31), date(2027, 1, 15)),
    ],
)
def test_the_15th_of_the_next_month_is_the_last_day_to_invoice(supplied: date, last_day: date) -> None:
    assert invoice_by(supplied) == last_day
