"""From a file to what an import would do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from factuurbode.domain.model import Line
from support.import_bakery import Bakery

WEEK = """Bonnr;Leverdatum;Klantnr;Artikelnr;Omschrijving;Aantal;Eenheid;Prijs;Btw %
000101;02-11-2026;0012;0101;Volkoren heel;12;st;2,35;9%
000101;02-11-2026;0012;0102;Wit tijger;1.200;st;1,95;9%
000102;03-11-2026;0013;0101;Volkoren heel;4;st;2,35;9%
000103;05-11-2026;0013;0102;Wit tijger;6;st;1,95;9%
"""


def test_a_week_of_deliveries_becomes_invoices(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(WEEK))

    assert [(draft.customer, len(draft.lines), draft.net, draft.vat) for draft in proposal.drafts] == [
        ("0012", 2, Decimal("2368.20"), Decimal("213.14")),
        ("0013", 2, Decimal("21.10"), Decimal("1.90")),
    ]
    assert proposal.drafts[1].lines[0] == Line(
        "Volkoren heel",
        Decimal(4),
        Decimal("2.35"),
        Decimal(9),
        article="0101",
        unit="st",
        delivered=date(2026, 11, 3),
    )
    assert proposal.rejected == ()


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_file_changes_nothing_the_second_time(bakery: Bakery, times: int) -> None:
    path = bakery.write(WEEK)
    bakery.apply(bakery.propose(path))

    for _ in range(1, times):
        again = bakery.propose(path)
        assert again.empty
        assert again.known == 4
        bakery.apply(again)
