"""The same rows again, changed rows, and rows that contradict each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from support.import_bakery import Bakery

HEADER = "Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal\n"
MONDAY = "1;02-11-2026;0012;0101;12\n1;02-11-2026;0012;0102;3\n"
TUESDAY = "2;03-11-2026;0013;0101;4\n"
WITHOUT_NUMBERS = "Leverdatum;Klantnr;Artikelnr;Aantal\n"


def test_an_overlapping_file_adds_only_what_is_new(bakery: Bakery) -> None:
    bakery.apply(bakery.propose(bakery.write(HEADER + MONDAY)))

    proposal = bakery.propose(bakery.write(HEADER + MONDAY + TUESDAY, "meer.csv"))

    assert [(draft.customer, len(draft.rows)) for draft in proposal.drafts] == [("0013", 1)]
    assert proposal.known == 2


def test_two_overlapping_files_at_once_are_read_as_one(bakery: Bakery) -> None:
    first, second = bakery.write(HEADER + MONDAY, "a.csv"), bakery.write(HEADER + MONDAY + TUESDAY, "b.csv")

    proposal = bakery.propose(first, second)

    assert sorted((draft.customer, len(draft.rows)) for draft in proposal.drafts) == [("0012", 2), ("0013", 1)]
    assert proposal.known == 2


def test_the_same_export_in_another_dialect_is_the_same(bakery: Bakery) -> None:
    bakery.apply(bakery.propose(bakery.write(HEADER + MONDAY)))
    other = HEADER.replace(";", ",") + "1,2026-11-02,0012,0101,12.00\n1,2026-11-02T04:00:00,0012,0102,3\n"

    proposal = bakery.propose(bakery.write(other, "anders.csv", "utf-16"))

    assert (proposal.empty, proposal.known) == (True, 2)


@pytest.mark.parametrize("header", [HEADER, WITHOUT_NUMBERS])
def test_two_rows_that_are_alike_are_two_rows(bakery: Bakery, header: str) -> None:
    number = "1;" if header == HEADER else ""
    text = header + f"{number}02-11-2026;0012;0101;12\n" * 2
    path = bakery.write(text)

    proposal = bakery.propose(path)
    assert [len(draft.lines) for draft in proposal.drafts] == [2]
    bakery.apply(proposal)

    third = bakery.propose(bakery.write(text + f"{number}02-11-2026;0012;0101;12\n", "drie.csv"))
    assert bakery.propose(path).known == 2
    assert (third.known, [len(draft.rows) for draft in third.drafts]) == (2, [1])


def test_rows_without_a_number_are_known_by_what_they_say(bakery: Bakery) -> None:
    text = WITHOUT_NUMBERS + "02-11-2026;0012;0101;12\n"
    bakery.apply(bakery.propose(bakery.write(text)))

    assert bakery.propose(bakery.write(text)).known == 1
    assert len(bakery.propose(bakery.write(text.replace(";12", ";13"))).drafts) == 1


@pytest.mark.parametrize("sent", [True, False])
def test_a_changed_row_is_reported_and_changes_nothing(bakery: Bakery, sent: bool) -> None:
    bakery.apply(bakery.propose(bakery.write(HEADER + MONDAY)))
    (invoice,) = {known.invoice for known in bakery.taken.values()}
    bakery.sent = {invoice} if sent else set()

    proposal = bakery.propose(bakery.write(HEADER + MONDAY.replace(";12\n", ";11\n")))

    reported = proposal.corrections if sent else proposal.altered
    assert [(one.origin.row, one.invoice) for one in reported] == [(2, invoice)]
    assert (proposal.empty, proposal.known) == (True, 1)
    assert len(proposal.corrections) + len(proposal.altered) == 1


def test_a_changed_price_of_a_product_changes_no_row(bakery: Bakery) -> None:
    path = bakery.write(HEADER + MONDAY)
    bakery.apply(bakery.propose(path))
    bakery.apply(bakery.propose(bakery.write("Artikelnr;Prijs\n0101;2,55\n", "prijzen.csv")))

    assert bakery.propose(path).known == 2


def test_files_that_contradict_each_other_are_told(bakery: Bakery) -> None:
    first = bakery.write(HEADER + MONDAY, "a.csv")
    second = bakery.write(HEADER + MONDAY.replace(";12\n", ";11\n"), "b.csv")

    proposal = bakery.propose(first, second)

    (rejected,) = proposal.rejected
    assert (rejected.origin.file.name, rejected.origin.row) == ("b.csv", 2)
    assert [(one.key, one.facts["value"], one.facts["detail"]) for one in rejected.reasons] == [
        ("reason.row_contradicts", "a.csv", "2")
    ]
    assert proposal.known == 1


def test_two_sources_may_use_the_same_numbers_for_other_deliveries(bakery: Bakery) -> None:
    route = "Route;Klantnr;Leverdatum;Bonnr;Artikelnr;Geleverd\n1;0012;02-11-2026;1;0101;7\n"
    bakery.apply(bakery.propose(bakery.write(HEADER + MONDAY)))

    proposal = bakery.propose(bakery.write(route, "route.csv"))

    assert (proposal.known, len(proposal.drafts)) == (0, 1)


def test_a_source_that_got_a_mapping_later_is_still_the_same_source(bakery: Bakery) -> None:
    path = bakery.write(HEADER + MONDAY)
    bakery.apply(bakery.propose(path))
    columns = {"Bonnr": "Bonnr", "Leverdatum": "Leverdatum", "Klantnr": "Klantnr", "Artikelnr": "Artikelnr"}
    bakery.ledger = replace(bakery.ledger, mappings={"Kassa": [*columns.items(), ("Aantal", "Aantal")]})

    proposal = bakery.propose(bakery.write(HEADER + MONDAY + TUESDAY, "meer.csv"))

    assert proposal.detected[0].mapping == "Kassa"
    assert (proposal.known, [len(draft.rows) for draft in proposal.drafts]) == (2, [1])


@pytest.mark.parametrize("place", ["Postcode;1234 ZZ", "Plaats;Meelstad", "Straat;Laan 1", "E-mail;n@example.com"])
def test_a_stranger_is_no_stranger_the_second_time(bakery: Bakery, place: str) -> None:
    column, value = place.split(";")
    path = bakery.write(f"Datum;Naam;{column};Artikelnr;Aantal\n02-11-2026;Nieuw;{value};0101;1\n")
    first = bakery.propose(path)
    bakery.apply(first)

    again = bakery.propose(path)

    assert [customer.number for customer in first.customers_added] == ["0015"]
    assert (again.empty, again.known, again.altered) == (True, 1, ())


def test_a_stranger_stays_though_their_row_be_rejected(bakery: Bakery) -> None:
    text = "Datum;Naam;Plaats;Artikelnr;Aantal\n02-11-2026;Nieuw;Meelstad;9999;1\n02-11-2026;Nieuw;;0101;1\n"
    path = bakery.write(text)

    proposal = bakery.propose(path)
    bakery.apply(proposal)

    assert (len(proposal.customers_added), len(proposal.drafts), len(proposal.rejected)) == (1, 1, 1)
    assert bakery.propose(path).empty


DAILY = [
    "1;02-11-2026;0012;0101;12\n",
    "1;03-11-2026;0013;0101;12\n",
    "1;04-11-2026;0014;0101;5\n",
]


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_a_till_that_begins_at_receipt_1_every_day_may_be_read_in_any_pieces(bakery: Bakery, order: list[int]) -> None:
    for name, place in enumerate(order):
        proposal = bakery.propose(bakery.write(HEADER + DAILY[place], f"{name}.csv"))
        assert [len(draft.rows) for draft in proposal.drafts] == [1]
        bakery.apply(proposal)

    whole = bakery.propose(bakery.write(HEADER + "".join(DAILY), "week.csv"))

    assert (whole.empty, whole.known, whole.altered) == (True, 3, ())
    assert len(bakery.taken) == 3


def test_the_days_of_such_a_till_at_once(bakery: Bakery) -> None:
    paths = [bakery.write(HEADER + "".join(DAILY[:place]), f"{place}.csv") for place in (1, 3, 2)]

    proposal = bakery.propose(*paths)

    keys = [row.key for draft in proposal.drafts for row in draft.rows]
    assert (len(keys), len(set(keys)), proposal.known, proposal.rejected) == (3, 3, 3, ())


@pytest.mark.parametrize("changed", ["1;02-11-2026;0013;0101;12\n", "1;03-11-2026;0012;0101;12\n"])
def test_a_row_that_moved_to_another_customer_or_day_is_a_changed_row(bakery: Bakery, changed: str) -> None:
    bakery.apply(bakery.propose(bakery.write(HEADER + DAILY[0])))

    proposal = bakery.propose(bakery.write(HEADER + changed))

    assert (proposal.empty, len(proposal.altered)) == (True, 1)


def test_of_two_rows_that_were_alike_one_may_change(bakery: Bakery) -> None:
    bakery.apply(bakery.propose(bakery.write(HEADER + DAILY[0] * 2)))

    proposal = bakery.propose(bakery.write(HEADER + DAILY[0] + DAILY[0].replace(";12", ";13")))

    assert (proposal.known, [one.origin.row for one in proposal.altered]) == (1, [3])


def test_a_row_that_was_undone_in_between_hides_none_of_the_others(bakery: Bakery) -> None:
    for name, day in enumerate(DAILY):
        bakery.apply(bakery.propose(bakery.write(HEADER + day, f"{name}.csv")))
    first = next(key for key, known in bakery.taken.items() if "buyer=0012" in known.content)
    del bakery.taken[first]

    assert bakery.propose(bakery.write(HEADER + DAILY[1])).known == 1
    assert bakery.propose(bakery.write(HEADER + DAILY[2])).known == 1
    whole = bakery.propose(bakery.write(HEADER + "".join(DAILY)))
    assert (whole.known, [len(draft.rows) for draft in whole.drafts]) == (2, [1])


def test_a_row_that_was_rejected_in_between_hides_none_of_the_others(bakery: Bakery) -> None:
    returned = "1;02-11-2026;0013;0101;-2\n"  # nobody got it
    path = bakery.write(HEADER + DAILY[0] + returned + DAILY[2])
    first = bakery.propose(path)
    bakery.apply(first)

    again = bakery.propose(path)

    assert (len(first.drafts), len(first.rejected)) == (2, 1)
    assert (again.empty, again.known, len(again.rejected)) == (True, 2, 1)
