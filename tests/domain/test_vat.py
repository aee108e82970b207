"""The rates that the law has known, each on its first and last day, and who shares the VAT system of the EU."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from factuurbode.domain.vat import EU_COUNTRIES, RATES, VatRate, rates_on, shares_eu_vat, vat_prefix

DAY = timedelta(days=1)


def percentages(*numbers: int) -> frozenset[Decimal]:
    return frozenset(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date(2001, 1, 1), percentages(0, 6, 19)),
        (date(2012, 9, 30), percentages(0, 6, 19)),
        (date(2012, 10, 1), percentages(0, 6, 21)),
        (date(2018, 12, 31), percentages(0, 6, 21)),
        (date(2019, 1, 1), percentages(0, 9, 21)),
        (date(2026, 11, 24), percentages(0, 9, 21)),
    ],
)
def test_the_rates_of_a_day(day: date, allowed: frozenset[Decimal]) -> None:
    assert rates_on(day) == allowed


@pytest.mark.parametrize("rate", RATES, ids=lambda rate: f"{rate.percentage} since {rate.since}")
def test_a_rate_holds_from_its_first_day_to_its_last(rate: VatRate) -> None:
    assert rate.percentage in rates_on(rate.since)
    assert rate.percentage not in rates_on(rate.since - DAY)
    if rate.until < date.max:
        assert rate.percentage in rates_on(rate.until)
        assert rate.percentage not in rates_on(rate.until + DAY)


def test_the_union_has_27_members_and_a_vat_number_begins_as_the_country_does() -> None:
    assert len(EU_COUNTRIES) == 27
    assert {country: vat_prefix(country) for country in ("NL", "BE", "GR")} == {"NL": "NL", "BE": "BE", "GR": "EL"}
    assert [vat_prefix(country) for country in ("CH", "US", "NO", "")] == [""] * 4


def test_northern_ireland_and_monaco_trade_as_if_in_the_union_and_great_britain_does_not() -> None:
    assert (vat_prefix("XI"), vat_prefix("GB"), vat_prefix("MC")) == ("XI", "XI", "FR")
    assert [shares_eu_vat(country) for country in ("XI", "MC", "GB", "CH")] == [True, True, False, False]
