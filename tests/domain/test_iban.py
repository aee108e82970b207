"""IBAN check digits."""

from __future__ import annotations

import pytest

from factuurbode.domain.iban import grouped_iban, iban_is_valid


@pytest.mark.parametrize("iban", ["NL91ABNA0417164300", "nl91 abna 0417 1643 00", "BE68539007547034"])
def test_a_right_iban_passes_however_it_is_spaced(iban: str) -> None:
    assert iban_is_valid(iban)


@pytest.mark.parametrize("iban", ["NL91ABNA0417164301", "NL19ABNA0417164300", "NL91ABNA041716430", "", "0417164300"])
def test_a_wrong_digit_swapped_digits_or_a_wrong_length_do_not(iban: str) -> None:
    assert not iban_is_valid(iban)


def test_it_is_printed_in_groups_of_four() -> None:
    assert grouped_iban("NL91ABNA0417164300") == "NL91 ABNA 0417 1643 00"
