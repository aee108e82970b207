"""Customers and products: new ones, changed ones, and the ones that deliveries bring."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from factuurbode.domain.model import EInvoice, Language, Period, Product
from factuurbode.importing.proposal import ImportKind
from support.import_bakery import Bakery

PEOPLE = "Klantnr;Naam;Straat;Huisnummer;Postcode;Plaats;E-mail;E-factuur;Korting %;Factuurperiode\n"
GOODS = "Artikelnr;Omschrijving;Eenheid;Prijs;Btw %\n"


def test_new_customers_and_what_changes_of_others(bakery: Bakery) -> None:
    text = PEOPLE + (
        "0012;Café De Hoek;Nieuweweg;5;1234 AB;Meelstad;hoek@example.com;;;\n"
        "0020;Bistro Beslag;Laan;7a;1234 XY;Meelstad;beslag@example.com;PDF per e-mail;2,5;Week\n"
        "0013;Hotel Zonzicht;;;;;;;;\n"
    )

    proposal = bakery.propose(bakery.write(text))

    assert proposal.detected[0].kind is ImportKind.CUSTOMERS
    (added,) = proposal.customers_added
    assert (added.number, added.street, added.e_invoice) == ("0020", "Laan 7a", EInvoice.MAIL)
    assert (added.discount, added.period) == (Decimal("2.5"), Period.WEEK)
    (changed,) = proposal.customers_changed
    assert (changed.number, changed.fields) == ("0012", {"street": ("Dorpsstraat 1", "Nieuweweg 5")})
    assert changed.after == replace(bakery.ledger.customers["0012"], street="Nieuweweg 5")
    assert proposal.unchanged == 1


def test_choices_change_as_the_sheet_shows_them(bakery: Bakery) -> None:
    text = "Klantnr;Naam;Plaats;E-factuur;Factuurperiode;Korting %\n0012;Café De Hoek;Meelstad;Both;month;2.5\n"

    (changed,) = bakery.propose(bakery.write(text)).customers_changed

    assert changed.fields == {
        "e_invoice": ("Papier", "Papier en e-mail"),
        "discount": ("0", "2,5"),
        "period": ("Levering", "Maand"),
    }


def test_customers_without_a_number_are_known_by_mail_or_get_the_next(bakery: Bakery) -> None:
    text = "Naam;Postcode;Plaats;E-mail\nHoek;1234 AB;Meelstad;HOEK@example.com\nNieuw;1234 ZZ;Meelstad;n@example.com\n"

    proposal = bakery.propose(bakery.write(text))

    assert [customer.number for customer in proposal.customers_added] == ["0015"]
    assert [change.number for change in proposal.customers_changed] == ["0012"]


def test_the_same_people_change_nothing_the_second_time(bakery: Bakery) -> None:
    path = bakery.write(PEOPLE + "0020;Bistro Beslag;Laan;7a;1234 XY;Meelstad;b@example.com;Papier;2,5;Week\n" * 2)
    first = bakery.propose(path)
    bakery.apply(first)

    again = bakery.propose(path)

    assert (len(first.customers_added), first.unchanged) == (1, 1)
    assert (again.empty, again.unchanged) == (True, 2)


def test_rows_about_one_customer_that_differ_are_told(bakery: Bakery) -> None:
    text = "Klantnr;Naam;Plaats\n0020;Bistro Beslag;Meelstad\n0020;Bistro Beslag;Broodrecht\n0021;;Meelstad\n"

    rejected = bakery.propose(bakery.write(text)).rejected

    assert [(one.origin.row, one.reasons[0].key) for one in rejected] == [
        (3, "reason.customer_twice"),
        (4, "reason.name_missing"),
    ]


def test_products_added_and_changed(bakery: Bakery) -> None:
    text = (
        GOODS
        + "0101;Volkoren heel;st;2,45;9\n0500;Speculaas;zak;3,95;9\n0102;Wit tijger;st;1,95;9\n;Zonder nummer;;1;9\n"
    )

    proposal = bakery.propose(bakery.write(text))

    assert proposal.products_added == (Product("0500", "Speculaas", "zak", Decimal("3.95"), Decimal(9)),)
    assert [(one.number, one.fields) for one in proposal.products_changed] == [("0101", {"price": ("2,35", "2,45")})]
    assert (proposal.unchanged, len(proposal.rejected)) == (1, 1)


def test_a_price_incl_vat_of_a_product(bakery: Bakery) -> None:
    text = "Artikelnr;Omschrijving;Prijs incl. btw;Btw %\n0500;Speculaas;4,31;9\n"

    assert bakery.propose(bakery.write(text)).products_added[0].price == Decimal("3.9541")


def test_new_customers_and_products_are_there_for_deliveries_of_the_same_import(bakery: Bakery) -> None:
    people = bakery.write("Klantnr;Naam;Plaats\n0020;Bistro Beslag;Meelstad\n", "k.csv")
    goods = bakery.write(GOODS + "0500;Speculaas;zak;3,95;9\n", "a.csv")
    sold = bakery.write("Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal\n1;02-11-2026;0020;0500;2\n", "l.csv")

    (draft,) = bakery.propose(sold, goods, people).drafts

    assert (draft.customer, draft.net) == ("0020", Decimal("7.90"))


def test_a_delivery_that_tells_enough_of_a_stranger_adds_them(bakery: Bakery) -> None:
    text = (
        "Bonnr;Datum;Klantnr;Naam;Plaats;Artikelnr;Aantal\n"
        "1;02-11-2026;0044;Nieuw & Zn;Meelstad;0101;1\n"
        "2;02-11-2026;0045;;;0101;1\n"
        "3;02-11-2026;;;;0101;1\n"
        "4;03-11-2026;0044;Nieuw & Zn;Meelstad;0101;1\n"
    )

    proposal = bakery.propose(bakery.write(text))

    assert [(customer.number, customer.name) for customer in proposal.customers_added] == [("0044", "Nieuw & Zn")]
    assert [(one.origin.row, one.reasons[0].key) for one in proposal.rejected] == [
        (3, "reason.customer_unknown"),
        (4, "reason.customer_missing"),
    ]
    assert [draft.customer for draft in proposal.drafts] == ["0044", "0044"]


@pytest.mark.parametrize("number", ["12", "012", "00012"])
def test_leading_zeros_that_a_spreadsheet_ate_are_forgiven_and_told(bakery: Bakery, number: str) -> None:
    text = f"Bonnr;Datum;Klantnr;Artikelnr;Aantal\n1;02-11-2026;{number};101;1\n"

    proposal = bakery.propose(bakery.write(text))

    (draft,) = proposal.drafts
    assert (draft.customer, draft.lines[0].article) == ("0012", "0101")
    assert [remark.facts["numbers"] for remark in proposal.remarks] == [number]


def test_a_number_that_two_customers_could_have_is_not_guessed(bakery: Bakery) -> None:
    double = replace(bakery.ledger.customers["0012"], number="012")
    bakery.ledger = replace(bakery.ledger, customers={**bakery.ledger.customers, "012": double})

    (rejected,) = bakery.propose(bakery.write("Datum;Klantnr;Artikelnr;Aantal\n02-11-2026;12;0101;1\n")).rejected

    assert [reason.key for reason in rejected.reasons] == ["reason.customer_unknown"]


def test_an_english_workbook_shows_changes_in_english(bakery: Bakery) -> None:
    bakery.ledger = replace(bakery.ledger, language=Language.EN)

    (changed,) = bakery.propose(
        bakery.write("Klantnr;Naam;Plaats;Factuurperiode\n0012;Café De Hoek;Meelstad;Week\n")
    ).customers_changed

    assert changed.fields == {"period": ("Delivery", "Week")}


@pytest.mark.parametrize("column", ["Klantnaam", "Klant"])
def test_a_name_that_only_one_customer_has_will_do(bakery: Bakery, column: str) -> None:
    text = f"Datum;{column};Omschrijving;Aantal\n02-11-2026;café de hoek;WIT TIJGER;2\n"

    (draft,) = bakery.propose(bakery.write(text)).drafts

    assert (draft.customer, draft.net) == ("0012", Decimal("3.90"))
    assert [(line.article, line.description) for line in draft.lines] == [("0102", "WIT TIJGER")]


def test_a_name_that_two_customers_have_will_not(bakery: Bakery) -> None:
    double = replace(bakery.ledger.customers["0012"], number="0099")
    bakery.ledger = replace(bakery.ledger, customers={**bakery.ledger.customers, "0099": double})

    (rejected,) = bakery.propose(
        bakery.write("Datum;Klantnaam;Artikelnr;Aantal\n02-11-2026;Café De Hoek;0101;1\n")
    ).rejected

    assert [reason.key for reason in rejected.reasons] == ["reason.customer_ambiguous"]


def test_a_name_alone_may_be_of_somebody_whom_a_later_row_brings(bakery: Bakery) -> None:
    text = (
        "Bonnr;Datum;Klantnaam;Plaats;Artikelnr;Aantal\n"
        "1;02-11-2026;Nieuw;;0101;1\n"
        "2;02-11-2026;Nieuw;Meelstad;0101;1\n"
    )

    proposal = bakery.propose(bakery.write(text))

    assert [draft.customer for draft in proposal.drafts] == ["0015", "0015"]
    assert len(proposal.customers_added) == 1


def test_namesakes_in_different_places_stay_two(bakery: Bakery) -> None:
    text = "Naam;Postcode;Plaats\nJan;1234 AA;Meelstad\nJan;1234 BB;Meelstad\nJan;;Meelstad\n"
    path = bakery.write(text)

    first = bakery.propose(path)
    bakery.apply(first)

    assert [customer.postcode for customer in first.customers_added] == ["1234 AA", "1234 BB"]
    assert [reason.key for row in first.rejected for reason in row.reasons] == ["reason.customer_ambiguous"]
    assert bakery.propose(path).empty


def test_the_same_name_elsewhere_is_somebody_else(bakery: Bakery) -> None:
    text = "Datum;Klantnaam;Plaats;Artikelnr;Aantal\n02-11-2026;Café De Hoek;Broodrecht;0101;1\n"

    assert [customer.number for customer in bakery.propose(bakery.write(text)).customers_added] == ["0015"]


def test_people_with_only_a_last_name_are_people_to_the_last(bakery: Bakery) -> None:
    text = "Voornaam;Achternaam;Postcode\nAnna;Deeg;1234 AA\nBram;Gist;1234 BB\n"

    proposal = bakery.propose(bakery.write(text))

    assert [customer.name for customer in proposal.customers_added] == ["Anna Deeg", "Bram Gist"]
    assert proposal.detected[0].left_out == ()


def test_an_article_that_is_not_there_is_one_reason(bakery: Bakery) -> None:
    (rejected,) = bakery.propose(bakery.write("Datum;Klantnr;Artikelnr;Aantal\n02-11-2026;0012;9999;x\n")).rejected

    assert [reason.key for reason in rejected.reasons] == ["reason.number_unreadable", "reason.article_unknown"]


def test_a_new_customer_gets_no_number_that_the_file_has_for_somebody_else(bakery: Bakery) -> None:
    text = "Datum;Klantnr;Naam;Plaats;Artikelnr;Aantal\n02-11-2026;;Nieuw;Meelstad;0101;1\n02-11-2026;15;;;0101;1\n"
    path = bakery.write(text)
    first = bakery.propose(path)
    bakery.apply(first)

    assert [customer.number for customer in first.customers_added] == ["0016"]
    assert bakery.propose(path).empty
