"""What is delivered and not invoiced yet, and by when it must be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from factuurbode.importing.due import DueDelivery, due_of
from support.import_bakery import Bakery

TWO_MONTHS = """Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal
1;30-10-2026;0012;0101;10
2;02-11-2026;0013;0101;4
3;02-11-2026;0013;0102;2
4;03-11-2026;0099;0101;1
"""


def test_each_delivery_is_due_by_the_15th_of_the_next_month(bakery: Bakery) -> None:
    due = due_of(bakery.propose(bakery.write(TWO_MONTHS)), date(2026, 11, 16))

    assert due.deliveries == (
        DueDelivery("0012", date(2026, 10, 30), date(2026, 11, 15), 1, Decimal("23.50"), late=True),
        DueDelivery("0013", date(2026, 11, 2), date(2026, 12, 15), 2, Decimal("13.30"), late=False),
    )
    assert due.late == due.deliveries[:1]
    assert due.rejected == 1


def test_the_15th_itself_is_in_time(bakery: Bakery) -> None:
    assert due_of(bakery.propose(bakery.write(TWO_MONTHS)), date(2026, 11, 15)).late == ()


def test_what_was_invoiced_is_not_due_any_more(bakery: Bakery) -> None:
    path = bakery.write(TWO_MONTHS)
    bakery.apply(bakery.propose(path))

    assert due_of(bakery.propose(path), date(2026, 11, 16)).deliveries == ()
