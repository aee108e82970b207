"""What a cell means."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.workbook import cells
from factuurbode.workbook.cells import Unclear

AMOUNTS = st.decimals(min_value=Decimal("-999999"), max_value=Decimal("999999"), places=2)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31))


def dutch(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


@given(AMOUNTS)
def test_an_amount_is_read_back_from_dutch_and_english_text(amount: Decimal) -> None:
    assert cells.decimal(dutch(amount)) == amount
    assert cells.decimal(f"{amount:,.2f}") == amount
    assert cells.decimal(f" €\u00a0{dutch(amount)} ") == amount
    assert cells.decimal(f"{amount}") == amount


@given(AMOUNTS)
def test_an_amount_in_a_number_cell_has_no_binary_noise(amount: Decimal) -> None:
    assert cells.decimal(float(amount)) == amount


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (0.1 + 0.2, "0.3"),
        (1.1 * 1.21, "1.331"),
        (99_999_999.0, "99999999"),
        ("12", "12"),
        ("0,385", "0.385"),
        ("0.385", "0.385"),
        (",5", "0.5"),
        ("-2", "-2"),
        ("−2", "-2"),
        ("1.234.567", "1234567"),
        ("1,234,567.5", "1234567.5"),
        ("1 234,50", "1234.5"),
        ("1'234.50", "1234.5"),
        ("€ 3,50", "3.5"),
        ("EUR 3.50", "3.5"),
        ("12,-", "12"),
        ("1234,567", "1234.567"),
        (3, "3"),
    ],
)
def test_a_number_is_understood_as_a_person_would(cell: cells.Cell, value: str) -> None:
    assert cells.decimal(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0"])
def test_an_empty_cell_is_no_number(cell: str) -> None:
    assert cells.decimal(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["drie", "1,2,3", "1.23.45", "12,3.4", "--2", "3x", "²", "٣", "1e5", "NaN", "Infinity", True, dt.date(2026, 1, 1)],
)
def test_what_is_no_number_is_not_guessed(cell: cells.Cell) -> None:
    with pytest.raises(Unclear) as caught:
        cells.decimal(cell)
    assert caught.value.code == "number_unreadable"


@pytest.mark.parametrize("cell", [8712345678906.0, "8712345678906", -1e8, 1e300, 10**8])
def test_a_bar_code_is_no_quantity(cell: cells.Cell) -> None:
    with pytest.raises(Unclear) as caught:
        cells.decimal(cell)
    assert caught.value.code == "number_too_large"


@pytest.mark.parametrize("cell", [math.nan, math.inf, -math.inf])
def test_what_only_a_damaged_workbook_holds_is_no_number(cell: float) -> None:
    with pytest.raises(Unclear) as caught:
        cells.decimal(cell)
    assert caught.value.code == "number_unreadable"
    assert cells.shown(cell)


@pytest.mark.parametrize("cell", [3651.0, "veertien", -1, 2.5, 1e300])
def test_nobody_waits_so_long_for_their_money(cell: cells.Cell) -> None:
    assert cells.days(3650) == 3650
    with pytest.raises(Unclear) as caught:
        cells.days(cell)
    assert caught.value.code == "days_unreadable"


@pytest.mark.parametrize("cell", [dt.date(9999, 12, 31), dt.date(1899, 12, 30), "31-12-9999"])
def test_a_day_that_cannot_be_meant_is_none(cell: cells.Cell) -> None:
    with pytest.raises(Unclear) as caught:
        cells.date(cell)
    assert caught.value.code == "date_unreadable"


@pytest.mark.parametrize("cell", ["1.234", "1,234", "12.345", "-1.234", "€ 1.234"])
def test_text_that_may_be_a_thousand_or_a_decimal_is_not_guessed(cell: str) -> None:
    with pytest.raises(Unclear) as caught:
        cells.decimal(cell)
    assert caught.value.code == "number_ambiguous"


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_unclear(text: str) -> None:
    try:
        value = cells.decimal(text)
    except Unclear:
        return
    assert value is None or value.is_finite()


@given(DAYS)
def test_a_date_typed_as_text_is_understood(day: dt.date) -> None:
    months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    for written in (
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f" {day.day}.{day.month}.{day.year}\u00a0",
        day.isoformat(),
        f"{day.isoformat()}T00:00:00",
        f"{day:%Y%m%d}",
        f"{day.day} {months[day.month - 1]} {day.year}",
        f"{day.day} {months[day.month - 1]}. {day.year}",
    ):
        assert cells.date(written) == day, written


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3-10-26", dt.date(2026, 10, 3)),
        ("za 3 oktober 2026", dt.date(2026, 10, 3)),
        ("October 3, 2026", dt.date(2026, 10, 3)),
        ("3. Okt. 2026", dt.date(2026, 10, 3)),
        (dt.datetime(2026, 10, 3, 12, 30), dt.date(2026, 10, 3)),  # noqa: DTZ001 - a spreadsheet knows no zones
        (dt.date(2026, 10, 3), dt.date(2026, 10, 3)),
        ("", None),
    ],
)
def test_other_ways_to_write_a_date(cell: cells.Cell, day: dt.date | None) -> None:
    assert cells.date(cell) == day


@pytest.mark.parametrize("cell", ["31-2-2026", "10/28/2026", "morgen", "3-10", "3-10-202", 46298.0, True, "1-1-1026"])
def test_what_is_no_date_is_not_guessed(cell: cells.Cell) -> None:
    with pytest.raises(Unclear) as caught:
        cells.date(cell)
    assert caught.value.code == "date_unreadable"


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_unclear(text: str) -> None:
    try:
        day = cells.date(text)
    except Unclear:
        return
    assert day is None or 1990 <= day.year <= 2199


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        ("0012", "0012"),
        (" 12 ", "12"),
        ("12\u00a0", "12"),
        (20260001.0, "20260001"),
        (1.5, "1.5"),
        ("", ""),
    ],
)
def test_a_number_that_is_a_name_keeps_its_zeros_and_gets_no_decimals(cell: cells.Cell, text: str) -> None:
    assert cells.identifier(cell) == text


def test_a_number_that_excel_made_a_date_is_not_guessed() -> None:
    with pytest.raises(Unclear) as caught:
        cells.identifier(dt.date(2026, 10, 1))
    assert caught.value.code == "identifier_is_date"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Café\u00a0De Hoek \u200b", "Café De Hoek"),
        ("a\r\nb", "a\nb"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (dt.date(2026, 10, 3), "3-10-2026"),
    ],
)
def test_text_loses_only_what_nobody_sees(cell: cells.Cell, text: str) -> None:
    assert cells.text(cell) == text


@pytest.mark.parametrize(("cell", "rate"), [(9.0, 9), (0.09, 9), (0.21, 21), ("9%", 9), ("9 %", 9), ("9,0", 9), (0, 0)])
def test_a_vat_rate_is_a_percentage_however_it_was_typed(cell: cells.Cell, rate: int) -> None:
    assert cells.vat_rate(cell) == rate


def test_a_discount_below_one_is_a_fraction_only_where_the_cell_shows_a_percentage() -> None:
    assert cells.percent(0.1, fraction=True) == 10
    assert cells.percent(1.0, fraction=True) == 100
    assert cells.percent(1.0) == 1
    assert cells.percent("0,5%") == Decimal("0.5")
    with pytest.raises(Unclear) as caught:
        cells.percent(0.1)
    assert caught.value.code == "percent_ambiguous"


@pytest.mark.parametrize(("cell", "number"), [(14.0, 14), ("14", 14), ("", None), (0.0, 0)])
def test_a_count_is_whole(cell: cells.Cell, number: int | None) -> None:
    assert cells.count(cell) == number


@pytest.mark.parametrize("cell", [14.5, -1.0, "1e9", 1e12])
def test_what_is_no_count_is_refused(cell: cells.Cell) -> None:
    with pytest.raises(Unclear):
        cells.count(cell)
