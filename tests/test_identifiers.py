"""Numbers that carry check digits: examples that were published, and what a typing error makes of them."""

from __future__ import annotations

import pytest

from factuurbode.identifiers import iban_is_valid, vat_number_is_valid


@pytest.mark.parametrize("iban", ["NL91ABNA0417164300", "nl91 abna 0417 1643 00", "BE68539007547034"])
def test_a_right_iban_passes_however_it_is_spaced(iban: str) -> None:
    assert iban_is_valid(iban)


@pytest.mark.parametrize(
    "iban", ["NL91ABNA0417164301", "NL19ABNA0417164300", "NL91ABNA041716430", "", "0417164300", "XX91ABNA0417164300"]
)
def test_a_wrong_digit_swapped_digits_or_a_wrong_length_do_not(iban: str) -> None:
    assert not iban_is_valid(iban)


def test_an_iban_has_the_length_of_its_country() -> None:
    check = 98 - int(f"{int('L', 36)}{int('L', 36)}1234{int('B', 36)}{int('E', 36)}00") % 97
    assert not iban_is_valid(f"BE{check:02}LL1234")


@pytest.mark.parametrize(
    "number",
    [
        "NL004495445B01",  # a legal entity: the check digit of its RSIN
        "NL000099998B57",  # a sole trader since 2020: the tax authority's own example
        "nl 0000.99998 b57",
        "BE0123456749",
        "DE136695976",
        "EL094259216",
        "XI980780684",
    ],
)
def test_a_vat_number_that_can_exist_passes(number: str) -> None:
    assert vat_number_is_valid(number)


@pytest.mark.parametrize(
    "number",
    [
        "NL004495445B1",
        "NL004495446B01",
        "NL000099998B58",
        "NL4495445B01",  # zeros left out
        "004495445B01",
        "BE0123456748",
        "GB980780684",
        "CH123456789",
        "",
    ],
)
def test_one_that_cannot_does_not(number: str) -> None:
    assert not vat_number_is_valid(number)


def test_every_vat_number_with_right_digits_of_a_sole_trader_passes_and_no_other_does() -> None:
    """ISO 7064 MOD 97-10 over the whole number, letters as 10 to 35, worked out here once more."""

    def remainder(number: str) -> int:
        return int("".join(str(int(character, 36)) for character in number)) % 97

    identity = "NL001234567"  # no RSIN: its own check digit is wrong
    found = [suffix for suffix in range(1, 100) if vat_number_is_valid(f"{identity}B{suffix:02}")]
    assert found == [suffix for suffix in range(1, 100) if remainder(f"{identity}B{suffix:02}") == 1]
    assert found
