"""Who buys, and whether the VAT treatment fits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from factuurbode.domain.model import Customer, VatTreatment
from support.documents import a_customer, an_invoice, some_lines
from support.preflights import check, codes, set_up

CHEAP = some_lines(1, quantity=Decimal(1), price=Decimal(1))


def abroad(country: str, vat_number: str = "", treatment: VatTreatment = VatTreatment.INTRA_EU) -> Customer:
    return a_customer(country=country, vat_number=vat_number, vat_treatment=treatment)


def found(customer: Customer, **of_invoice: Any) -> set[str]:
    return codes(check(an_invoice(customer=customer, **of_invoice)))


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("BE", "BE0123456749"),
        ("DE", "de 123456788"),
        ("GR", "EL094259216"),
        ("XI", "XI980780684"),
        ("GB", "XI980780684"),  # in Belfast
        ("MC", "FR53000004605"),
    ],
)
def test_goods_within_the_eu_go_to_a_number_of_the_customers_country(country: str, number: str) -> None:
    assert found(abroad(country, number)) == set()


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("DE", "BE0123456749"),
        ("BE", "BE0123456748"),
        ("BE", "0123456749"),
        ("GR", "GR094259216"),
        ("GB", "GB980780684"),
        ("FR", "NL001234567B29"),
    ],
)
def test_a_number_of_another_country_or_with_a_wrong_digit_stops(country: str, number: str) -> None:
    checked = check(an_invoice(customer=abroad(country, number)))
    assert codes(checked) == {"buyer_vat_number_invalid"}
    assert checked.blocked


def test_one_mistake_in_the_country_is_one_problem() -> None:
    assert found(abroad("NL", "BE0123456749")) == {"intra_eu_within_nl"}
    assert found(abroad("CH", "CHE123456788")) == {"intra_eu_outside_eu"}


def test_export_leaves_the_eu() -> None:
    for country in ("CH", "US", "GB", "NO"):
        assert found(abroad(country, treatment=VatTreatment.EXPORT)) == set()
    for country in ("NL", "BE", "XI", "MC"):
        checked = check(an_invoice(customer=abroad(country, treatment=VatTreatment.EXPORT)))
        assert codes(checked) == {"export_within_eu"}
        assert checked.blocked


def test_reverse_charge_is_for_a_business_at_home() -> None:
    treatment = VatTreatment.REVERSE_CHARGE
    assert found(abroad("NL", "NL001234567B29", treatment)) == set()
    assert found(abroad("NL", "", treatment)) == {"reverse_charge_number_missing"}
    assert found(abroad("NL", "NL001234567B28", treatment)) == {"buyer_vat_number_invalid"}
    assert found(abroad("BE", "BE0123456749", treatment)) == {"reverse_charge_abroad"}


@pytest.mark.parametrize(
    "customer",
    [abroad("BE", "BE0123456749"), abroad("NL", "NL001234567B29", VatTreatment.REVERSE_CHARGE)],
    ids=["intra-EU", "reverse charge"],
)
def test_where_the_buyer_accounts_for_the_vat_the_invoice_is_whole_and_has_both_numbers(customer: Customer) -> None:
    assert found(replace(customer, street=""), lines=CHEAP) == {"buyer_street_missing"}
    small = set_up(small_business=True, vat_number="")
    assert codes(check(an_invoice(customer=customer), settings=small)) == {"seller_vat_number_missing"}


def test_dutch_vat_for_a_business_in_another_eu_country_is_a_doubt() -> None:
    checked = check(an_invoice(customer=abroad("BE", "BE0123456749", VatTreatment.STANDARD)))
    assert codes(checked) == {"taxed_abroad"}
    assert not checked.blocked
    assert found(abroad("BE", "", VatTreatment.STANDARD)) == set()  # a consumer, or one who fetches it
    assert found(abroad("CH", "CHE123456788", VatTreatment.STANDARD)) == set()


def test_a_trade_register_number_of_a_dutch_customer_has_eight_digits() -> None:
    checked = check(an_invoice(customer=a_customer(kvk="1234567")))
    assert codes(checked) == {"buyer_kvk_invalid"}
    assert not checked.blocked
    assert found(a_customer(kvk="12345678")) == set()
    assert found(a_customer(kvk="0123.456.749", country="BE")) == set()


@pytest.mark.parametrize("street", ["Postb. 3", "Post box 12", "pobox 3", "Postfach 10 20", "Boîte postale 4", "BP 12"])
def test_a_po_box_is_none_in_any_language(street: str) -> None:
    assert found(a_customer(street=street), lines=20) == {"buyer_po_box"}


@pytest.mark.parametrize("street", ["Postbuslaan 3", "Postweg 1", "Kade 2 (postbus 12)", "B. Prinsstraat 4"])
def test_a_street_that_looks_like_one_is_a_street(street: str) -> None:
    assert found(a_customer(street=street), lines=20) == set()
