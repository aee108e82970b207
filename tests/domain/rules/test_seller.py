"""The bakery's own data, which stand on every invoice."""

from __future__ import annotations

import pytest

from support.documents import an_invoice
from support.preflights import check, codes, set_up


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("street", "Postbus 12", "seller_po_box"),
        ("kvk", "1234567", "seller_kvk_invalid"),
        ("kvk", "123456789012", "seller_kvk_invalid"),  # with the number of the establishment behind it
        ("vat_number", "NL001234567B28", "seller_vat_number_invalid"),
        ("vat_number", "001234567B29", "seller_vat_number_invalid"),
        ("vat_number", "BE0123456749", "seller_vat_number_invalid"),
        ("iban", "NL91ABNA0417164301", "seller_iban_invalid"),
    ],
)
def test_what_cannot_be_right_keeps_every_invoice_in(field: str, text: str, code: str) -> None:
    checked = check(an_invoice(), settings=set_up(**{field: text}))
    assert codes(checked) == {code}
    assert checked.blocked


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("kvk", "12.34.56.78"),
        ("kvk", "1234 5678"),
        ("vat_number", "NL 0044.95.445.B.01"),
        ("vat_number", "nl000099998b57"),
        ("iban", "NL91 ABNA 0417 1643 00"),
    ],
)
def test_spaces_and_points_are_left_to_the_baker(field: str, text: str) -> None:
    assert not check(an_invoice(), settings=set_up(**{field: text})).problems


def test_a_seller_elsewhere_has_other_numbers() -> None:
    belgian = set_up(country="BE", vat_number="BE0123456749", kvk="0123.456.749")
    assert not check(an_invoice(), settings=belgian).problems
    assert codes(check(an_invoice(), settings=set_up(country="BE"))) == {"seller_vat_number_invalid"}
