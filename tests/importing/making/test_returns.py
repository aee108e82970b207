"""What comes back becomes a credit note that names its invoice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factuurbode.domain.model import Invoice, Kind, Line
from support.import_bakery import Bakery

HEADER = "Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal;Prijs\n"
BACK = HEADER + "9;10-11-2026;0012;0101;-2;2,35\n"


def invoiced(bakery: Bakery, *invoices: tuple[str, str, int]) -> Bakery:
    """The workbook has invoices (number, article, day in November) for customer 0012."""
    customer = bakery.ledger.customers["0012"]
    made = tuple(
        Invoice(
            number,
            date(2026, 11, day),
            customer,
            customer.number,
            (Line("Brood", Decimal(9), Decimal(2), Decimal(9), article=article, delivered=date(2026, 11, day)),),
        )
        for number, article, day in invoices
    )
    bakery.ledger = replace(bakery.ledger, invoices=made)
    return bakery


def test_the_last_invoice_with_the_article_before_the_return_is_corrected(bakery: Bakery) -> None:
    invoiced(bakery, ("2026-1", "0101", 2), ("2026-2", "0101", 6), ("2026-3", "0102", 7), ("2026-4", "0101", 12))

    (draft,) = bakery.propose(bakery.write(BACK)).drafts

    assert (draft.kind, draft.corrects, draft.corrects_draft) == (Kind.CREDIT_NOTE, "2026-2", None)
    assert [(line.quantity, line.price) for line in draft.lines] == [(Decimal(2), Decimal("2.35"))]
    assert (draft.net, draft.vat) == (Decimal("4.70"), Decimal("0.42"))


@pytest.mark.parametrize("quantity_and_price", ["-2;2,35", "2-;2,35", "(2);2,35", "2;-2,35"])
def test_all_forms_of_less_than_nothing(bakery: Bakery, quantity_and_price: str) -> None:
    invoiced(bakery, ("2026-1", "0101", 2))

    (draft,) = bakery.propose(bakery.write(HEADER + f"9;10-11-2026;0012;0101;{quantity_and_price}\n")).drafts

    assert (draft.kind, draft.net) == (Kind.CREDIT_NOTE, Decimal("4.70"))


def test_a_return_of_what_this_import_delivers_corrects_its_draft(bakery: Bakery) -> None:
    text = HEADER + "1;03-11-2026;0013;0101;5;2,35\n2;03-11-2026;0012;0101;5;2,35\n" + BACK.splitlines()[1]

    proposal = bakery.propose(bakery.write(text))

    credit = proposal.drafts[-1]
    assert (credit.kind, credit.corrects, credit.customer) == (Kind.CREDIT_NOTE, "", "0012")
    assert credit.corrects_draft is not None
    corrected = proposal.drafts[credit.corrects_draft]
    assert (corrected.customer, corrected.kind, len(corrected.lines)) == ("0012", Kind.INVOICE, 1)


def test_a_return_of_what_nobody_got_is_rejected(bakery: Bakery) -> None:
    invoiced(bakery, ("2026-1", "0102", 2), ("2026-2", "0101", 12))

    (rejected,) = bakery.propose(bakery.write(BACK)).rejected

    assert [reason.key for reason in rejected.reasons] == ["reason.return_of_nothing"]


def test_a_column_may_name_the_invoice(bakery: Bakery) -> None:
    text = BACK.replace("Prijs", "Prijs;Corrigeert").replace("2,35", "2,35;2025-0815")

    assert bakery.propose(bakery.write(text)).drafts[0].corrects == "2025-0815"


def test_returns_to_different_invoices_are_different_credit_notes(bakery: Bakery) -> None:
    invoiced(bakery, ("2026-1", "0101", 2), ("2026-2", "0102", 3))
    text = BACK + "9;10-11-2026;0012;0102;-1;1,95\n9;11-11-2026;0012;0101;-1;2,35\n"

    drafts = bakery.propose(bakery.write(text)).drafts

    assert [(draft.corrects, len(draft.lines)) for draft in drafts] == [("2026-1", 2), ("2026-2", 1)]
