"""A number is read as it was meant, however it was written."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.importing.meaning.misread import Misread
from factuurbode.importing.meaning.numbers import Votes, number_in, percent_in, rate_in, votes

amounts = st.decimals("-9999999.9999", "9999999.9999", places=4, allow_nan=False)


def dutch(number: Decimal, places: int, thousands: str) -> str:
    return f"{number:,.{places}f}".replace(",", "T").replace(".", ",").replace("T", thousands)


@given(number=amounts, thousands=st.sampled_from(["", ".", " ", "\u00a0", "\u202f", "'"]), mark=st.sampled_from(",."))
def test_an_amount_in_dutch_is_that_amount(number: Decimal, thousands: str, mark: str) -> None:
    rounded = round(number, 2)

    assert number_in(dutch(rounded, 2, thousands), mark) == rounded
    assert number_in(f"€ {dutch(rounded, 2, thousands)}", mark) == rounded


@given(number=amounts, places=st.sampled_from([1, 2, 4]))
def test_an_amount_in_english_is_that_amount(number: Decimal, places: int) -> None:
    rounded = round(number, places)

    assert number_in(f"{rounded:,.{places}f}", ",") == rounded


@given(number=st.decimals("0.01", "99999", places=2))
def test_all_ways_to_write_less_than_nothing(number: Decimal) -> None:
    written = f"{number:.2f}".replace(".", ",")

    forms = (
        f"-{written}",
        f"{written}-",
        f"({written})",
        f"− {written}",
        f"-€ {written}",
        f"€ -{written}",
        f"(€ {written})",
    )
    assert {number_in(form, ",") for form in forms} == {-number}


@pytest.mark.parametrize(("written", "comma", "point"), [("1.234", "1234", "1.234"), ("1,234", "1.234", "1234")])
def test_only_the_rest_of_a_column_tells_what_three_digits_are(written: str, comma: str, point: str) -> None:
    assert (number_in(written, ","), number_in(written, ".")) == (Decimal(comma), Decimal(point))
    assert votes([(written, 3)]) == Votes(either=3)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ([("1,5", 1)], ","),
        ([("1.5", 1)], "."),
        ([("1.234,5", 1)], ","),
        ([("1,234.5", 1)], "."),
        ([("1.234.567", 1)], ","),
        ([("0.500", 1)], "."),
        ([("1.234", 9), ("2,5", 1)], ","),
        ([("1.5", 3), ("1,5", 2)], "."),
        ([("12", 5), ("x", 1), (1.5, 3)], ""),
    ],
)
def test_the_decimal_mark_is_what_most_cells_can_only_be_read_with(cells: list[tuple[str, int]], mark: str) -> None:
    assert votes(cells).mark == mark


@pytest.mark.parametrize(
    "written",
    ["x", "1,2,3", "1.23,4", "1e5", "--5", "5 stuks", "12:30", "1/2", "1" * 21, "1.2.3", ",", "1,23.456,7", "€"],
)
def test_what_is_no_number_is_not_made_one(written: str) -> None:
    with pytest.raises(Misread):
        number_in(written, ",")


@pytest.mark.parametrize("cell", [True, False])
def test_a_truth_value_is_no_number(cell: bool) -> None:
    with pytest.raises(Misread):
        number_in(cell, ",")


@pytest.mark.parametrize(("cell", "exact"), [(0.1 + 0.2, "0.3"), (2.675, "2.675"), (12.0, "12"), (7, "7")])
def test_a_number_of_a_spreadsheet_is_the_one_it_shows(cell: float, exact: str) -> None:
    assert number_in(cell, ",") == Decimal(exact)


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        ("9", 9),
        ("9%", 9),
        ("9,00 %", 9),
        ("0,09", 9),
        (0.21, 21),
        ("21% hoog", 21),
        ("Laag", 9),
        ("BTW hoog", 21),
        ("0", 0),
        ("Nul", 0),
    ],
)
def test_rates_by_number_and_by_name(cell: str | float, rate: int) -> None:
    assert rate_in(cell, ",") == rate


def test_fractions_are_percentages_only_where_a_column_has_nothing_else() -> None:
    assert percent_in(0.1, ",", fractions=True) == 10
    assert percent_in(0.1, ",", fractions=False) == Decimal("0.1")
    assert percent_in("5 %", ",", fractions=True) == 5


@pytest.mark.parametrize(
    "written", ["1.234,50 euro", "Euro 1.234,50", "EURO1234,50", "1.234,50 eur", "-1.234,50- euro"]
)
def test_euros_in_words(written: str) -> None:
    if written.startswith("-"):
        with pytest.raises(Misread):
            number_in(written, ",")
    else:
        assert number_in(written, ",") == Decimal("1234.5")


@pytest.mark.parametrize("cell", [1e8, -1e20, 1e308, 10**20, "8712345678906", "-99999999999999999999"])
def test_a_number_beyond_all_reason_is_none(cell: float | str) -> None:
    assert number_in("99.999.999,99", ",") == Decimal("99999999.99")
    with pytest.raises(Misread) as misread:
        number_in(cell, ",")
    assert misread.value.code == "number_too_large"


@pytest.mark.parametrize("cell", [math.nan, math.inf])
def test_what_only_a_damaged_workbook_holds_is_no_number(cell: float) -> None:
    with pytest.raises(Misread) as misread:
        number_in(cell, ",")
    assert misread.value.code == "number_unreadable"


@pytest.mark.parametrize(("written", "rate"), [("Laag tarief", 9), ("Btw-tarief hoog", 21), ("tarief laag (9%)", 9)])
def test_a_rate_by_its_full_name(written: str, rate: int) -> None:
    assert rate_in(written, ",") == rate


@pytest.mark.parametrize("written", ["verlegd", "9%%", "btw 9", "tarief", "#"])
def test_what_is_no_rate_is_called_so(written: str) -> None:
    with pytest.raises(Misread) as misread:
        rate_in(written, ",")

    assert misread.value.code == "rate_unreadable"
