"""The series that invoice numbers make: what they lack, how they begin, and how far they go."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from factuurbode.domain.numbering import written
from factuurbode.domain.series import Gap, Why, series_of, spans
from factuurbode.domain.settings import Numbering

USUAL = Numbering()
LATER = Numbering(first_number=10_000)
Missing = Mapping[str, Why]


def gaps(
    *numbers: str, void: tuple[str, ...] = (), numbering: Numbering = LATER, missing: Missing | None = None
) -> list[str]:
    """The gaps as `first..last`, each with the numbers beside it and the reason."""
    found = [gap for one in series_of(numbers, void, numbering, missing) for gap in one.gaps]
    return [f"{gap.before}<{gap.first}..{gap.last}>{gap.after}{gap.why and ' ' + gap.why}" for gap in found]


def test_a_missing_number_is_named_with_those_beside_it() -> None:
    (one,) = series_of(["2026-0001", "2026-0003"], [], USUAL)
    assert one.gaps == (Gap("2026-0002", "2026-0002", 1, "2026-0001", "2026-0003"),)


def test_a_run_of_missing_numbers_is_one_gap() -> None:
    assert gaps("2026-0007", "2026-0003", "2026-0010") == [
        "2026-0003<2026-0004..2026-0006>2026-0007",
        "2026-0007<2026-0008..2026-0009>2026-0010",
    ]


@pytest.mark.parametrize("numbers", [("F1", "F2", "C7", "C8", "2025-9", "2026-1"), ("concept", "2026-1", "2026-2"), ()])
def test_each_series_is_looked_at_by_itself(numbers: tuple[str, ...]) -> None:
    assert gaps(*numbers) == []


def test_a_year_behind_the_number_is_no_number() -> None:
    numbering = Numbering(pattern="{number:03}/{year}")
    assert gaps("001/2026", "003/2026", "001/2027", numbering=numbering) == ["001/2026<002/2026..002/2026>003/2026"]
    assert gaps("20260001", "20260002", "20270001", numbering=Numbering(pattern="{year}{number:04}")) == []


def test_a_series_tells_its_gaps_doubles_and_voids() -> None:
    used = ["2026-0001", "2026-0002", " 2026-0002", "2026-0006", "C2026-0001", "los"]
    credit, invoices = sorted(series_of(used, ["2026-0004", "2026-0008"], USUAL), key=lambda one: one.used)
    assert (credit.first, credit.last, credit.used, credit.gaps) == ("C2026-0001", "C2026-0001", 1, ())
    assert (invoices.first, invoices.last, invoices.used) == ("2026-0001", "2026-0008", 3)
    assert [(gap.first, gap.last) for gap in invoices.gaps] == [
        ("2026-0003", "2026-0003"),
        ("2026-0005", "2026-0005"),
        ("2026-0007", "2026-0007"),
    ]
    assert (invoices.doubles, invoices.voids) == (("2026-0002",), ("2026-0004", "2026-0008"))


# --- the start ---
def test_a_series_begins_with_the_first_number_of_the_settings() -> None:
    assert gaps("2026-0003", numbering=USUAL) == ["<2026-0001..2026-0002>2026-0003"]
    assert gaps("2026-0003", numbering=Numbering(first_number=3)) == []
    assert gaps("2026-0002", "2026-0003", numbering=Numbering(first_number=3)) == []


def test_of_an_older_year_and_of_other_series_the_start_is_not_known() -> None:
    assert gaps("2025-0417", "2026-0002", "R-7", numbering=USUAL) == ["<2026-0001..2026-0001>2026-0002"]


def test_credit_notes_with_a_series_of_their_own_begin_with_it_too() -> None:
    own = Numbering(own_credit_series=True)
    assert gaps("C2026-0002", "2026-0001", numbering=own) == ["<C2026-0001..C2026-0001>C2026-0002"]


# --- what is known of numbers that are missing ---
def test_numbers_of_an_import_that_was_undone_are_a_gap_for_that_reason_where_others_follow() -> None:
    undone = {f"2026-000{number}": Why.UNDONE for number in (3, 4, 9)}
    assert gaps("2026-0001", "2026-0006", missing=undone) == [
        "2026-0001<2026-0002..2026-0002>2026-0006",
        "2026-0001<2026-0003..2026-0004>2026-0006 import-undone",
        "2026-0001<2026-0005..2026-0005>2026-0006",
    ]
    assert gaps("2026-0005", missing=undone) == ["<2026-0003..2026-0004>2026-0005 import-undone"]
    assert gaps(missing=undone) == []


def test_numbers_whose_rows_are_gone_are_a_gap_at_the_end_too() -> None:
    assert gaps("2026-0001", missing={"2026-0003": Why.ROW_GONE}) == [
        "2026-0001<2026-0002..2026-0002>",
        "2026-0001<2026-0003..2026-0003> row-gone",
    ]
    (one,) = series_of([], [], LATER, {"2026-0003": Why.ROW_GONE})
    assert (one.first, one.last, one.used) == ("2026-0003", "2026-0003", 0)


def test_a_void_number_is_explained() -> None:
    assert gaps("2026-0001", "2026-0003", void=("2026-0002",), missing={"2026-0002": Why.UNDONE}) == []


def test_numbers_far_apart_take_no_time() -> None:
    assert gaps("F1", "F999999999999999") == ["F1<F2..F999999999999998>F999999999999999"]


# --- how far a series goes ---
@pytest.mark.parametrize(
    ("given", "numbering", "said"),
    [
        ([], USUAL, ["2026-0001"]),
        (["2026-0012", "x"], USUAL, ["2026-0001 – 2026-0013"]),
        (["2026-0012", "2025-7"], Numbering(first_number=10), ["2025-7 – 2025-10", "2026-0010 – 2026-0013"]),
        (["2026-0002"], Numbering(first_number=10), ["2026-0002 – 2026-0010"]),
        (["r-07", "R-12"], USUAL, ["2026-0001", "r-07 – r-13"]),
        ([], Numbering(own_credit_series=True), ["2026-0001", "C2026-0001"]),
        (["F-1"], Numbering(pattern="zonder"), ["F-1 – F-2"]),
    ],
)
def test_a_series_goes_from_its_first_number_to_the_one_that_comes_next(
    given: list[str], numbering: Numbering, said: list[str]
) -> None:
    assert sorted(map(str, spans(given, numbering, 2026).values())) == said


def test_a_number_is_named_as_the_workbook_writes_it() -> None:
    one = written("2026-2", USUAL)
    assert one is not None
    span = spans(["2026-0001", "2026-2"], USUAL, 2026)[one.series]
    assert [span.at(number) for number in (1, 2, 3)] == ["2026-0001", "2026-2", "2026-0003"]
