"""A source is set up once: what its columns mean stands on the sheet Import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from factuurbode.errors import ImportMappingFaulty, ImportMappingTwice, ImportMappingUnknown
from factuurbode.importing.mapping.fields import BY_KEY, FIELDS, names, plain
from factuurbode.importing.mapping.mappings import chosen
from factuurbode.importing.proposal import ImportKind
from support.import_bakery import Bakery

TILL = {
    "Bon": "Bonnr",
    "Dag": "Leverdatum",
    "Wie": "Klantnr",
    "Wat": "Artikelnr",
    "Stuks": "Aantal",
    "Per stuk": "Prijs incl. btw",
    "Medewerker": "",
}
FILE = "Bon;Dag;Wie;Wat;Stuks;Per stuk;Medewerker\n1;6-11-2026;0012;0101;10;2,56;Roos\n"


def rows(**mappings: Mapping[str, str]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What the sheet Import says."""
    return {name: tuple(columns.items()) for name, columns in mappings.items()}


@pytest.fixture
def till(bakery: Bakery) -> Bakery:
    """A bakery that has set up its till."""
    bakery.ledger = replace(bakery.ledger, mappings=rows(Kassa=TILL))
    return bakery


def test_a_file_of_a_source_that_was_set_up_is_recognised(till: Bakery) -> None:
    proposal = till.propose(till.write(FILE))

    detected = proposal.detected[0]
    assert (detected.mapping, detected.unknown_columns) == ("Kassa", ())
    assert detected.matched["price_incl"] == "Per stuk"
    assert [(draft.customer, draft.net + draft.vat) for draft in proposal.drafts] == [("0012", Decimal("25.60"))]


def test_a_saved_mapping_can_be_asked_for_by_name(till: Bakery) -> None:
    path = till.write(FILE.replace(";Medewerker", "").replace(";Roos", ""))

    assert till.propose(path, mapping="kassa").detected[0].mapping == "Kassa"


def test_a_ready_mapping_can_be_asked_for_by_name(till: Bakery) -> None:
    path = till.write("Klantnr;Artikelnr;Geleverd;Datum\n0012;0101;3;6-11-2026\n")

    assert till.propose(path, mapping="Routelijst").detected[0].mapping == "Routelijst"


@pytest.mark.parametrize(
    "name", ["route_list", "Routelijst", "ROUTELIJST", "exact_online", "Exact Online", "woocommerce"]
)
def test_a_ready_mapping_goes_by_its_name_and_by_what_the_help_calls_it(name: str) -> None:
    assert plain(chosen(name, ()).name) in {"routelijst", "exactonline", "woocommerce"}


def test_of_two_saved_mappings_that_fit_the_one_that_knows_more_counts(till: Bakery) -> None:
    till.ledger = replace(till.ledger, mappings=rows(Oud={"Bon": "Bonnr", "Dag": ""}, Kassa=TILL))

    assert till.propose(till.write(FILE)).detected[0].mapping == "Kassa"


def test_a_mapping_that_is_not_there_is_told_with_those_that_are(till: Bakery) -> None:
    with pytest.raises(ImportMappingUnknown) as refused:
        till.propose(till.write(FILE), mapping="Kasa")

    assert refused.value.facts["known"].startswith("Kassa, Exact Online")


def test_a_field_that_does_not_exist_is_told_with_its_column(till: Bakery) -> None:
    till.ledger = replace(till.ledger, mappings=rows(Kassa={"Wat": "Dinges"}))

    with pytest.raises(ImportMappingFaulty) as refused:
        till.propose(till.write(FILE))

    assert (refused.value.facts["column"], refused.value.facts["field"]) == ("Wat", "Dinges")


@pytest.mark.parametrize(
    ("typed", "meant"), [("Leverdatm", "Leverdatum"), ("klantnumer", "Klantnr"), ("Aantl", "Aantal")]
)
def test_a_field_with_a_typing_error_is_told_with_the_one_that_is_meant(till: Bakery, typed: str, meant: str) -> None:
    till.ledger = replace(till.ledger, mappings=rows(Kassa={"Wat": typed}))

    with pytest.raises(ImportMappingFaulty) as refused:
        till.propose(till.write(FILE))

    assert refused.value.facts["known"].split(", ")[0] == meant


def test_a_field_may_be_called_as_columns_call_it(till: Bakery) -> None:
    names = {"Bon": "Ordernr", "Dag": "Datum", "Wie": "Debiteurnr", "Wat": "SKU", "Stuks": "Qty", "Medewerker": ""}
    till.ledger = replace(till.ledger, mappings=rows(Kassa=names))

    assert till.propose(till.write(FILE)).detected[0].matched.keys() == {
        *("number", "delivered", "customer", "article", "quantity")
    }


def test_a_name_that_can_mean_two_fields_is_not_guessed(till: Bakery) -> None:
    till.ledger = replace(till.ledger, mappings=rows(Kassa={"Wat": "Korting"}))

    with pytest.raises(ImportMappingFaulty):
        till.propose(till.write(FILE))


def test_columns_that_a_saved_mapping_leaves_to_their_names_are_still_known(till: Bakery) -> None:
    path = till.write(FILE.replace("Medewerker", "Medewerker;Eenheid").replace("Roos", "Roos;zak"))

    assert till.propose(path).drafts[0].lines[0].unit == "zak"


@pytest.mark.parametrize("kind", ImportKind)
def test_no_name_of_a_column_means_two_fields(kind: ImportKind) -> None:
    seen: dict[str, str] = {}
    for field in FIELDS:
        if kind in field.kinds:
            for name in {plain(name) for name in (*field.nl, *field.en)}:
                assert seen.setdefault(name, field.key) == field.key, name
    assert seen.keys() <= names(kind).keys()


def test_every_field_has_a_title_of_its_own_for_the_sheet() -> None:
    titles = [plain(title) for field in FIELDS for title in {field.nl[0], field.en[0]}]

    assert len(BY_KEY) == len(FIELDS)
    double = {title for title in titles if titles.count(title) > 1}
    assert double == set()


def test_of_two_columns_with_the_same_meaning_the_first_counts_and_the_other_is_listed(bakery: Bakery) -> None:
    path = bakery.write("Datum;Klantnr;Artikelnr;Aantal;Stuks\n6-11-2026;0012;0101;3;4\n")

    proposal = bakery.propose(path)

    assert proposal.drafts[0].lines[0].quantity == 3
    assert proposal.detected[0].unknown_columns == ("Stuks",)


@pytest.mark.parametrize(("other", "field"), [("Wat", "Omschrijving"), (" wat ", ""), ("WAT", "Bonnr")])
def test_a_column_with_two_fields_is_told(till: Bakery, other: str, field: str) -> None:
    till.ledger = replace(till.ledger, mappings={"Kassa": [*TILL.items(), (other, field)]})

    with pytest.raises(ImportMappingTwice) as refused:
        till.propose(till.write(FILE))

    assert refused.value.facts["column"] == other


def test_a_column_that_says_the_same_twice_is_no_fault(till: Bakery) -> None:
    till.ledger = replace(till.ledger, mappings={"Kassa": [*TILL.items(), ("wat", "artikelnr")]})

    assert till.propose(till.write(FILE)).detected[0].mapping == "Kassa"
