"""Values as people of each language write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.model import Language
from factuurbode.render.formats import Formats

AMOUNTS = st.decimals(Decimal("-999999999"), Decimal("999999999"), places=4)


@pytest.mark.parametrize(
    ("language", "money", "negative"),
    [
        (Language.NL, "€ 1.234,50", "€ -1.234,50"),
        (Language.EN, "€1,234.50", "-€1,234.50"),
        (Language.DE, "1.234,50 €", "-1.234,50 €"),
        (Language.FR, "1 234,50 €", "-1 234,50 €"),
    ],
)
def test_money_is_written_as_its_language_does(language: Language, money: str, negative: str) -> None:
    formats = Formats(language)

    assert _plain(formats.money(Decimal("1234.5"))) == money
    assert _plain(formats.money(Decimal("-1234.5"))) == negative


@pytest.mark.parametrize(
    ("language", "long", "short", "percentage"),
    [
        (Language.NL, "1 maart 2026", "01-03-2026", "9%"),
        (Language.EN, "1 March 2026", "1 Mar 2026", "9%"),
        (Language.DE, "1. März 2026", "01.03.2026", "9 %"),
        (Language.FR, "1er mars 2026", "01/03/2026", "9 %"),
    ],
)
def test_dates_and_percentages_are_written_as_their_language_does(
    language: Language, long: str, short: str, percentage: str
) -> None:
    formats = Formats(language)

    assert _plain(formats.long_date(date(2026, 3, 1))) == long
    assert _plain(formats.short_date(date(2026, 3, 1))) == short
    assert _plain(formats.percentage(Decimal("9.00"))) == percentage


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2", "2"), ("2.0", "2"), ("1.250", "1,25"), ("0.3333", "0,333"), ("1E+3", "1.000"), ("-4", "-4"), ("0", "0")],
)
def test_a_quantity_has_no_zeros_to_spare(typed: str, shown: str) -> None:
    assert Formats(Language.NL).quantity(Decimal(typed)) == shown


@pytest.mark.parametrize(("typed", "shown"), [("2", "2,00"), ("2.5", "2,50"), ("3.1275", "3,1275"), ("0.001", "0,001")])
def test_a_price_keeps_its_fractions_of_a_cent(typed: str, shown: str) -> None:
    assert Formats(Language.NL).price(Decimal(typed)) == shown


def test_what_rounds_to_nothing_is_not_negative() -> None:
    assert Formats(Language.EN).amount(Decimal("-0.004")) == "0.00"


@given(AMOUNTS, st.sampled_from(Language))
def test_an_amount_read_back_is_the_amount_in_cents(amount: Decimal, language: Language) -> None:
    shown = Formats(language).amount(amount)

    assert _read(shown, language) == amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(AMOUNTS, st.sampled_from(Language))
def test_no_amount_breaks_over_two_lines(amount: Decimal, language: Language) -> None:
    assert " " not in Formats(language).money(amount)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _read(shown: str, language: Language) -> Decimal:
    thousands, decimal = {
        Language.NL: (".", ","),
        Language.EN: (",", "."),
        Language.DE: (".", ","),
        Language.FR: ("\u202f", ","),
    }[language]
    return Decimal(shown.replace(thousands, "").replace(decimal, "."))
