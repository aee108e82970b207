"""Collective invoices, who pays them, and what comes beside the goods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factuurbode.domain.model import Customer, Language, Line, Period, VatTreatment
from factuurbode.domain.settings import Making
from factuurbode.importing.proposal import Proposal
from support.import_bakery import CUSTOMERS, Bakery

HEADER = "Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal\n"
AUTUMN = HEADER + "".join(
    f"{number};{day};{{customer}};0101;1\n"
    for number, day in enumerate(
        ["26-10-2026", "27-10-2026", "27-10-2026", "30-10-2026", "31-10-2026", "01-11-2026", "02-11-2026", "08-11-2026"]
    )
)


def with_customers(bakery: Bakery, *customers: Customer) -> Bakery:
    bakery.ledger = replace(bakery.ledger, customers={customer.number: customer for customer in customers})
    return bakery


def with_making(bakery: Bakery, making: Making) -> Bakery:
    bakery.ledger = replace(bakery.ledger, settings=replace(bakery.ledger.settings, making=making))
    return bakery


def periods(proposal: Proposal) -> list[tuple[date | None, date | None, int]]:
    return [(draft.period_from, draft.period_to, len(draft.lines)) for draft in proposal.drafts]


def of(month: int, day: int) -> date:
    return date(2026, month, day)


EXPECTED = {
    Period.DELIVERY: [
        (of(10, 26), of(10, 26), 1),
        (of(10, 27), of(10, 27), 1),
        (of(10, 27), of(10, 27), 1),
        (of(10, 30), of(10, 30), 1),
        (of(10, 31), of(10, 31), 1),
        (of(11, 1), of(11, 1), 1),
        (of(11, 2), of(11, 2), 1),
        (of(11, 8), of(11, 8), 1),
    ],
    Period.DAY: [
        (of(10, 26), of(10, 26), 1),
        (of(10, 27), of(10, 27), 2),
        (of(10, 30), of(10, 30), 1),
        (of(10, 31), of(10, 31), 1),
        (of(11, 1), of(11, 1), 1),
        (of(11, 2), of(11, 2), 1),
        (of(11, 8), of(11, 8), 1),
    ],
    Period.WEEK: [(of(10, 26), of(10, 31), 5), (of(11, 1), of(11, 1), 1), (of(11, 2), of(11, 8), 2)],
    Period.MONTH: [(of(10, 26), of(10, 31), 5), (of(11, 1), of(11, 8), 3)],
}


@pytest.mark.parametrize("period", Period)
def test_the_customers_period_says_which_deliveries_stand_together(bakery: Bakery, period: Period) -> None:
    with_customers(bakery, replace(CUSTOMERS[0], period=period))

    assert periods(bakery.propose(bakery.write(AUTUMN.format(customer="0012")))) == EXPECTED[period]


@pytest.mark.parametrize("period", Period)
def test_a_person_may_choose_another_period_for_all(bakery: Bakery, period: Period) -> None:
    path = bakery.write(AUTUMN.format(customer="0014"))

    assert periods(bakery.propose(path, period=period)) == EXPECTED[period]


def test_lines_stand_by_day_and_keep_their_day(bakery: Bakery) -> None:
    text = HEADER + "2;05-11-2026;0014;0101;1\n1;03-11-2026;0014;0102;2\n3;03-11-2026;0014;0101;3\n"

    (draft,) = bakery.propose(bakery.write(text)).drafts

    assert [(line.delivered, line.quantity) for line in draft.lines] == [
        (of(11, day), Decimal(quantity)) for day, quantity in ((3, 2), (3, 3), (5, 1))
    ]


def test_another_customer_may_pay(bakery: Bakery) -> None:
    head = replace(CUSTOMERS[0], number="0001", name="Hoofdkantoor", period=Period.MONTH)
    branches = [replace(CUSTOMERS[0], number=f"000{n}", name=f"Filiaal {n}", bill_to="0001") for n in (2, 3)]
    with_customers(bakery, head, *branches)
    text = HEADER + "1;03-11-2026;0002;0101;1\n2;04-11-2026;0003;0101;1\n"

    (draft,) = bakery.propose(bakery.write(text)).drafts

    assert (draft.customer, len(draft.lines)) == ("0001", 2)
    assert draft.remark == "Geleverd aan: Filiaal 2, Filiaal 3"


def test_a_payer_who_is_not_there_keeps_the_rows_out(bakery: Bakery) -> None:
    with_customers(bakery, replace(CUSTOMERS[0], bill_to="0999"))

    (rejected,) = bakery.propose(bakery.write(HEADER + "1;03-11-2026;0012;0101;1\n")).rejected

    assert [reason.key for reason in rejected.reasons] == ["reason.bill_to_unknown"]


def test_a_standing_discount_holds_where_the_row_has_none(bakery: Bakery) -> None:
    with_customers(bakery, replace(CUSTOMERS[0], discount=Decimal(10)))
    text = (
        "Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal;Korting %\n1;03-11-2026;0012;0101;10;\n1;03-11-2026;0012;0102;10;5\n"
    )

    (draft,) = bakery.propose(bakery.write(text)).drafts

    assert [line.discount for line in draft.lines] == [10, 5]
    assert draft.net == Decimal("21.15") + Decimal("18.53")


def test_what_a_row_lacks_its_product_tells(bakery: Bakery) -> None:
    (draft,) = bakery.propose(bakery.write(HEADER + "1;03-11-2026;0012;0901;2\n")).drafts

    assert list(draft.lines) == [
        Line("Kaars", Decimal(2), Decimal("4.00"), Decimal(21), article="0901", unit="st", delivered=of(11, 3))
    ]


def test_references_of_the_rows_and_else_the_customers(bakery: Bakery) -> None:
    with_customers(bakery, replace(CUSTOMERS[2], reference="Vast"))
    told = "Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal;Referentie\n"
    both = told + "1;03-11-2026;0014;0101;1;PO 7\n2;04-11-2026;0014;0101;1;PO 8\n3;05-11-2026;0014;0101;1;PO 7\n"

    assert bakery.propose(bakery.write(both)).drafts[0].reference == "PO 7, PO 8"
    assert bakery.propose(bakery.write(AUTUMN.format(customer="0014"))).drafts[0].reference == "Vast"


@pytest.mark.parametrize(
    ("treatment", "vat"),
    [(treatment, "0.21" if treatment is VatTreatment.STANDARD else "0") for treatment in VatTreatment],
)
def test_the_vat_is_that_of_the_customer(bakery: Bakery, treatment: VatTreatment, vat: str) -> None:
    with_customers(bakery, replace(CUSTOMERS[0], vat_treatment=treatment))

    (draft,) = bakery.propose(bakery.write(HEADER + "1;03-11-2026;0012;0101;1\n")).drafts

    assert (draft.net, draft.vat) == (Decimal("2.35"), Decimal(vat))


# --- delivery costs and a minimum ---
COSTS = Making(Decimal("7.50"), "Bezorging", free_from=Decimal(50))


def test_each_delivery_below_the_limit_costs_something(bakery: Bakery) -> None:
    with_making(bakery, COSTS)
    text = (
        HEADER
        + "1;02-11-2026;0014;0101;1\n2;03-11-2026;0014;0101;100\n3;04-11-2026;0014;0101;1\n3;04-11-2026;0014;0102;1\n"
    )

    (draft,) = bakery.propose(bakery.write(text)).drafts

    assert list(draft.lines)[4:] == [
        Line("Bezorging", Decimal(1), Decimal("7.50"), Decimal(9), delivered=of(11, day)) for day in (2, 4)
    ]
    assert draft.net == Decimal("2.35") * 102 + Decimal("1.95") + 15


def test_a_delivery_below_the_minimum_is_filled_up(bakery: Bakery) -> None:
    with_making(bakery, Making(minimum_order=Decimal(25)))

    (draft,) = bakery.propose(bakery.write(HEADER + "1;02-11-2026;0012;0101;2\n")).drafts

    assert (draft.lines[-1].description, draft.lines[-1].price) == (
        "Aanvulling tot het minimale orderbedrag",
        Decimal("20.30"),
    )
    assert draft.net == 25


def test_two_bills_of_one_delivery_cost_once(bakery: Bakery) -> None:
    with_making(bakery, COSTS)
    text = HEADER + "1;02-11-2026;0012;0101;1\n2;02-11-2026;0012;0102;1\n"

    assert [len(draft.lines) for draft in bakery.propose(bakery.write(text)).drafts] == [2, 1]


def test_a_row_that_comes_after_all_costs_nothing_again(bakery: Bakery) -> None:
    with_making(bakery, COSTS)
    first = HEADER + "1;02-11-2026;0012;0101;1\n"
    bakery.apply(bakery.propose(bakery.write(first)))

    (draft,) = bakery.propose(bakery.write(first + "1;02-11-2026;0012;0102;1\n", "later.csv")).drafts

    assert [line.description for line in draft.lines] == ["Wit tijger"]


def test_what_is_written_on_an_invoice_is_in_the_payers_language(bakery: Bakery) -> None:
    with_making(bakery, Making(Decimal(5)))
    with_customers(bakery, replace(CUSTOMERS[0], language=Language.DE))

    (draft,) = bakery.propose(bakery.write(HEADER + "1;02-11-2026;0012;0101;1\n")).drafts

    assert draft.lines[-1].description == "Lieferkosten"


def test_a_period_that_is_not_over_and_deliveries_still_to_come_are_told(bakery: Bakery) -> None:
    text = HEADER + "1;30-11-2026;0012;0101;1\n2;01-12-2026;0013;0101;1\n3;02-12-2026;0012;0101;1\n"

    remarks = bakery.propose(bakery.write(text)).remarks

    assert [(remark.key, remark.facts["count"]) for remark in remarks] == [
        ("remark.ahead", "1"),
        ("remark.period_open", "1"),
    ]


@pytest.mark.parametrize(
    ("column", "sold", "reason"),
    [
        ("Prijs", "99999999;99999999", "amount_too_large"),
        ("Prijs incl. btw", "99999999;99999999", "amount_too_large"),
        ("Prijs", "8712345678906;2", "number_too_large"),
        ("Bedrag", "1;99999999999999999999", "number_too_large"),
        ("Verzendkosten;Prijs", "1;99999999999999999999;1", "number_too_large"),
    ],
)
def test_a_row_that_comes_to_more_than_any_bakery_sells_is_rejected(
    bakery: Bakery, column: str, sold: str, reason: str
) -> None:
    header = f"Bonnr;Leverdatum;Klantnr;Omschrijving;Btw %;Aantal;{column}\n"

    proposal = bakery.propose(bakery.write(header + f"1;03-11-2026;0012;Taart;9;{sold}\n"))

    (rejected,) = proposal.rejected
    assert (proposal.drafts, [one.key for one in rejected.reasons]) == ((), [f"reason.{reason}"])


@pytest.mark.parametrize("days", ["9999999", "14,5", "-1"])
def test_a_payment_term_that_nobody_waits_for_is_none(bakery: Bakery, days: str) -> None:
    text = f"Klantnr;Naam;Plaats;Betaaltermijn (dagen)\n0099;Nieuw;Meelstad;{days}\n"

    proposal = bakery.propose(bakery.write(text))

    assert [[one.key for one in row.reasons] for row in proposal.rejected] == [["reason.days_unreadable"]]


@pytest.mark.parametrize("total", ["Totaal", "  TOTAAL  ", "\u00a0Subtotaal week 45"])
def test_a_total_is_no_delivery_however_it_is_written(bakery: Bakery, total: str) -> None:
    text = HEADER.replace("Artikelnr", "Artikelnr;Opmerking") + f"1;03-11-2026;0012;0101;;2\n;;;;{total};2\n"

    proposal = bakery.propose(bakery.write(text))

    assert ([row.why.key for row in proposal.detected[0].left_out], len(proposal.drafts)) == (["left_out.total"], 1)


@pytest.mark.parametrize("name", ["Volkoren heel", "  volkoren  HEEL", "0101"])
def test_a_list_may_have_names_in_the_place_of_article_numbers(bakery: Bakery, name: str) -> None:
    text = HEADER.replace("nr;Aantal", ";Aantal") + f"1;03-11-2026;0012;{name};2\n"

    (draft,) = bakery.propose(bakery.write(text)).drafts

    (line,) = draft.lines
    assert (line.article, line.description, line.price) == ("0101", "Volkoren heel", Decimal("2.35"))


def test_a_name_that_no_product_has_is_what_the_line_says(bakery: Bakery) -> None:
    text = "Datum;Klantnr;Artikel;Aantal;Prijs;Btw %\n03-11-2026;0012;{};2;4,50;9\n"

    (draft,) = bakery.propose(bakery.write(text.format("Grote taart"))).drafts
    (rejected,) = bakery.propose(bakery.write(text.format("BR-12"), "code.csv")).rejected

    (line,) = draft.lines
    assert (line.article, line.description, draft.net) == ("", "Grote taart", Decimal("9.00"))
    assert [(one.key, one.facts["value"]) for one in rejected.reasons] == [("reason.article_unknown", "BR-12")]
