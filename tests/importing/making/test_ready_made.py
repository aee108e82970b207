"""Invoices that have their number already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factuurbode.domain.model import Invoice, Kind
from support.import_bakery import Bakery

HEADER = "Factuurnr;Factuurdatum;Klantnr;Soort;Corrigeert;Leverdatum;Omschrijving;Aantal;Prijs;Btw %;Opmerking\n"
TWO = HEADER + (
    "F-1;05-11-2026;0012;Factuur;;03-11-2026;Brood;10;2,35;9;Dank u\n"
    "F-2;06-11-2026;0013;Creditnota;F-0;04-11-2026;Brood;2;2,35;9;\n"
    "F-1;05-11-2026;0012;Factuur;;04-11-2026;Koek;1;5,00;9;\n"
)


def test_invoices_keep_their_number_date_and_kind(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(TWO))

    first, second = proposal.drafts
    assert (first.number, first.issued, first.kind, first.net) == (
        "F-1",
        date(2026, 11, 5),
        Kind.INVOICE,
        Decimal("28.50"),
    )
    assert (first.remark, first.period_from, first.period_to) == ("Dank u", date(2026, 11, 3), date(2026, 11, 4))
    assert (second.number, second.kind, second.corrects) == ("F-2", Kind.CREDIT_NOTE, "F-0")
    assert second.lines[0].quantity == 2


def test_negative_quantities_are_a_credit_note(bakery: Bakery) -> None:
    text = HEADER + "F-2;06-11-2026;0013;;F-0;04-11-2026;Brood;-2;2,35;9;\n"

    (draft,) = bakery.propose(bakery.write(text)).drafts

    assert (draft.kind, draft.lines[0].quantity, draft.net) == (Kind.CREDIT_NOTE, Decimal(2), Decimal("4.70"))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("F-3;05-11-2026;0012;;;;Brood;1;2;9;\nF-3;05-11-2026;0013;;;;Koek;1;2;9;\n", "invoice_payer_differs"),
        ("F-3;05-11-2026;0012;;;;Brood;1;2;9;\nF-3;06-11-2026;0012;;;;Koek;1;2;9;\n", "invoice_issued_differs"),
        (
            "F-3;05-11-2026;0012;;F-1;;Brood;-1;2;9;\nF-3;05-11-2026;0012;;F-2;;Koek;-1;2;9;\n",
            "invoice_corrects_differs",
        ),
        ("F-3;05-11-2026;0012;;;;Brood;1;2;9;\nF-3;05-11-2026;0012;;;;Koek;-1;2;9;\n", "invoice_mixed"),
        (
            "F-3;05-11-2026;0012;Creditnota;;;Brood;1;2;9;\nF-3;05-11-2026;0012;Creditnota;;;Koek;1;2;9;\n",
            "corrects_missing",
        ),
    ],
)
def test_rows_that_do_not_fit_together_are_all_rejected(bakery: Bakery, rows: str, reason: str) -> None:
    proposal = bakery.propose(bakery.write(HEADER + rows))

    assert proposal.drafts == ()
    assert [[one.key for one in row.reasons] for row in proposal.rejected] == [[f"reason.{reason}"]] * 2


def test_a_number_that_the_workbook_has_is_not_taken_again(bakery: Bakery) -> None:
    there = Invoice("f-1", date(2026, 11, 5), None, "0012")
    bakery.ledger = replace(bakery.ledger, invoices=(there,))

    proposal = bakery.propose(bakery.write(TWO))

    assert [draft.number for draft in proposal.drafts] == ["F-2"]
    assert {row.reasons[0].key for row in proposal.rejected} == {"reason.invoice_exists"}


def test_an_import_that_was_done_is_known_though_its_numbers_exist(bakery: Bakery) -> None:
    path = bakery.write(TWO)
    proposal = bakery.propose(path)
    bakery.apply(proposal)
    made = tuple(Invoice(draft.number, draft.issued, None, draft.customer) for draft in proposal.drafts)
    bakery.ledger = replace(bakery.ledger, invoices=made)

    again = bakery.propose(path)

    assert (again.empty, again.known, again.rejected) == (True, 3, ())
