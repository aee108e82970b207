"""Which column is which field, where several could be, or the one that counts goes by a name that nobody knows."""

from __future__ import annotations

import pytest

from factuurbode.errors import ImportColumnsMissing
from factuurbode.importing.mapping.mappings import BY_NAME
from factuurbode.importing.mapping.matching import Matched, match
from factuurbode.importing.proposal import ImportKind
from support.import_bakery import Bakery


def matched(header: str) -> tuple[Matched, dict[str, str]]:
    columns = header.split(";")
    found = match(columns, BY_NAME, None)
    return found, {key: columns[place] for key, place in found.places.items()}


def test_the_number_and_the_name_of_a_customer_and_an_article_stand_side_by_side() -> None:
    found, columns = matched("Datum;Klant;Klantnr;Artikel;Artikelnr;Aantal")

    assert columns == {
        "delivered": "Datum",
        "customer_name": "Klant",
        "customer": "Klantnr",
        "description": "Artikel",
        "article": "Artikelnr",
        "quantity": "Aantal",
    }
    assert found.unknown == ()


def test_a_name_of_its_own_goes_before_one_that_could_be_meant() -> None:
    found, columns = matched("Klant;Klantnr;Klantnaam;Artikel;Artikelnr;Omschrijving;Datum;Aantal")

    assert (columns["customer_name"], columns["description"]) == ("Klantnaam", "Omschrijving")
    assert found.unknown == (0, 3)


@pytest.mark.parametrize(
    ("header", "key", "column"),
    [
        ("Orderdatum;Leverdatum;Klantnr;Artikelnr;Aantal", "delivered", "Leverdatum"),
        ("Datum;Klantnr;Artikelnr;Besteld;Geleverd", "quantity", "Geleverd"),
        ("Datum;Klantnr;Artikelnr;Aantal;Prijs;Prijs excl. btw", "price", "Prijs excl. btw"),
    ],
)
def test_of_several_columns_the_best_named_counts(header: str, key: str, column: str) -> None:
    assert matched(header)[1][key] == column


@pytest.mark.parametrize("heading", ["Korting (€)", "Korting EUR", "Korting in euro"])
def test_a_discount_in_euros_is_no_percentage(heading: str) -> None:
    found, columns = matched(f"Datum;Klantnr;Artikelnr;Aantal;Prijs;{heading}")

    assert "discount" not in columns
    assert found.unknown == (5,)


def test_vat_in_euros_is_an_amount() -> None:
    columns = matched("Datum;Klantnr;Artikelnr;Aantal;Prijs;Btw (€)")[1]

    assert columns["vat_amount"] == "Btw (€)"
    assert "vat_rate" not in columns


@pytest.mark.parametrize("name", ["Bedrag (incl.)", "Prijs (staffel)", "Totaal (bruto)"])
def test_what_is_no_unit_is_part_of_the_name(name: str) -> None:
    found, _ = matched(f"Datum;Klantnr;Artikelnr;Aantal;{name}")

    assert found.unknown == (4,)


@pytest.mark.parametrize(
    "header",
    [
        "Bonnr;Leverdatum;Klantnr;Naam;Plaats;Artikelnr;Omschrijving;Prijs;Afgenomen",
        "Leverdatum;Klantnr;Artikelnr;Omschrijving;Afgenomen;Prijs",
        "Bonnr;Klantnr;Artikelnr;Omschrijving;Aantal;Prijs;Wanneer",
    ],
)
def test_deliveries_with_an_unknown_column_are_no_list_of_products_or_customers(bakery: Bakery, header: str) -> None:
    with pytest.raises(ImportColumnsMissing) as refused:
        bakery.propose(bakery.write(f"{header}\n1;2;3;4;5;6;7;8;9\n"))

    assert refused.value.facts["kind"] == "import.kind.deliveries"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Artikelnr;Omschrijving;Prijs;Aantal;Datum", ImportKind.PRODUCTS),
        ("Artikelnr;Naam;Prijs", ImportKind.PRODUCTS),
        ("Klantnr;Naam;Plaats;E-mail;Datum;Omschrijving", ImportKind.CUSTOMERS),
        ("Bonnr;Leverdatum;Klantnr;Naam;Plaats;Artikelnr;Aantal", ImportKind.DELIVERIES),
    ],
)
def test_lists_are_lists_all_the_same(header: str, kind: ImportKind) -> None:
    found, _ = matched(header)

    assert (found.kind, found.enough) == (kind, True)


def test_the_name_of_a_product_is_its_description() -> None:
    assert matched("Artikelnr;Naam;Prijs")[1]["description"] == "Naam"
