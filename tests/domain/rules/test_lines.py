"""What a line must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factuurbode.domain.model import Language, Product
from factuurbode.domain.problems import Problem
from factuurbode.texts import problem_sentence, texts_in
from support.documents import an_invoice, some_lines
from support.preflights import check, codes, ledger, preflight_of

PRODUCTS = {
    "1001": Product("1001", "Volkoren heel", "st", Decimal("2.15"), Decimal(9)),
    "2010": Product("2010", "Krentenbollen", "zak", Decimal("3.95"), Decimal(9)),
}
FROM_THE_ARTICLE = {"description": "", "price": None, "vat_rate": None, "unit": ""}


def problems_of_article(article: str, **changes: object) -> list[Problem]:
    """Those of a line that leaves everything to *article*."""
    lines = some_lines(1, **{**FROM_THE_ARTICLE, "article": article, **changes})
    book = replace(ledger(an_invoice(lines=lines)), products=PRODUCTS)
    return list(preflight_of(book).invoices[0].problems)


def test_a_mistyped_article_number_is_one_sentence_with_the_article_that_is_meant() -> None:
    (problem,) = problems_of_article("1O01")
    assert (problem.code, problem.value, problem.hint) == ("article_unknown", "1O01", "1001 (Volkoren heel)")
    assert problem_sentence(texts_in(Language.NL), problem).endswith(
        "Bedoelt u 1001 (Volkoren heel)? Verbeter het nummer, of zet het artikel op het blad Artikelen."
    )


def test_nothing_is_proposed_for_a_number_that_resembles_none() -> None:
    (problem,) = problems_of_article("taart")
    assert problem.hint == ""
    assert "?" not in problem_sentence(texts_in(Language.EN), problem)


def test_a_line_that_says_everything_itself_may_have_any_article_number() -> None:
    assert problems_of_article("taart", description="Taart", price=Decimal(9), vat_rate=Decimal(9)) == []


def test_what_a_known_article_does_not_say_either_is_missing_in_the_line() -> None:
    assert [problem.code for problem in problems_of_article("1001", description="Brood", vat_rate=Decimal(9))] == [
        "line_price_missing"
    ]


def test_what_is_given_away_is_an_invoice_all_the_same() -> None:
    checked = check(an_invoice(lines=some_lines(1, discount=Decimal(100))))
    assert checked.amounts
    assert (checked.amounts.total, checked.problems) == (Decimal(0), ())


@pytest.mark.parametrize(
    ("day", "rate", "dutch"),
    [
        (date(2018, 12, 31), 9, "Kies uit 6, 21, 0."),
        (date(2012, 9, 30), 21, "Kies uit 6, 19, 0."),
        (date(2026, 3, 2), 6, "Kies uit 9, 21, 0."),
    ],
)
def test_the_remedy_names_the_rates_of_that_day(day: date, rate: int, dutch: str) -> None:
    lines = some_lines(1, vat_rate=Decimal(rate), delivered=day)
    checked = check(an_invoice(lines=lines, period_from=None, period_to=None, issued=day))
    (problem,) = checked.problems
    assert problem.code == "line_vat_rate_unknown"
    assert problem_sentence(texts_in(Language.NL), problem).endswith(dutch)


def test_without_a_delivery_date_the_rate_is_that_of_the_last_day_of_the_period() -> None:
    def codes_at(rate: int, last: date | None) -> list[str]:
        lines = some_lines(1, vat_rate=Decimal(rate), delivered=None)
        invoice = an_invoice(lines=lines, period_from=date(2018, 12, 1), period_to=last, issued=date(2019, 1, 3))
        return [problem.code for problem in check(invoice).problems]

    assert codes_at(6, date(2018, 12, 31)) == []
    assert codes_at(9, date(2018, 12, 31)) == ["line_vat_rate_unknown"]
    assert codes_at(9, None) == []  # then it is that of the invoice date


def test_a_line_of_no_day_at_all_is_asked_for_its_day_and_not_for_its_rate() -> None:
    lines = some_lines(1, vat_rate=Decimal(6), delivered=None)
    checked = check(an_invoice(lines=lines, issued=None, period_from=None, period_to=None))
    assert codes(checked) == {"date_missing", "line_delivered_missing"}
