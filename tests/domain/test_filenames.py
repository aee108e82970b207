"""The name of an invoice's PDF."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factuurbode.domain.filenames import LONGEST_NAME, file_name
from factuurbode.domain.model import Customer, Invoice, Kind, Language
from factuurbode.domain.settings import FileNamePattern

ANY_TEXT = st.text(st.characters(), max_size=200)
NUMBERS = st.one_of(
    ANY_TEXT.filter(bool), st.text("aA1-./ ~é", min_size=1, max_size=6), st.from_regex(r"20\d\d-\d{4}", fullmatch=True)
)


def invoice(
    number: str = "2026-0001",
    name: str = "Café De Hoek",
    *,
    kind: Kind = Kind.INVOICE,
    customer_number: str = "0012",
    issued: date | None = date(2026, 1, 5),
) -> Invoice:
    customer = Customer(customer_number, name)
    return Invoice(number, issued, customer, customer_number, kind=kind)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (FileNamePattern.NUMBER, "Factuur 2026-0001.pdf"),
        (FileNamePattern.NUMBER_CUSTOMER_NAME, "Factuur 2026-0001 Café De Hoek.pdf"),
        (FileNamePattern.DATE_NUMBER, "2026-01-05 Factuur 2026-0001.pdf"),
        (FileNamePattern.DATE_NUMBER_CUSTOMER_NAME, "2026-01-05 Factuur 2026-0001 Café De Hoek.pdf"),
        (FileNamePattern.CUSTOMER_NUMBER_NUMBER, "0012 Factuur 2026-0001.pdf"),
        (FileNamePattern.CUSTOMER_NAME_DATE_NUMBER, "Café De Hoek 2026-01-05 Factuur 2026-0001.pdf"),
    ],
)
def test_each_pattern_has_its_parts_in_its_order(pattern: FileNamePattern, expected: str) -> None:
    assert file_name(pattern, invoice(), Language.NL) == expected


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (Language.NL, ("Factuur 1.pdf", "Creditnota 1.pdf")),
        (Language.EN, ("Invoice 1.pdf", "Credit note 1.pdf")),
        (Language.DE, ("Rechnung 1.pdf", "Rechnungskorrektur 1.pdf")),
        (Language.FR, ("Facture 1.pdf", "Avoir 1.pdf")),
    ],
)
def test_each_kind_of_document_has_its_word_in_each_language(language: Language, names: tuple[str, str]) -> None:
    made = tuple(file_name(FileNamePattern.NUMBER, invoice("1", kind=kind), language) for kind in Kind)

    assert made == names


def test_an_invoice_without_a_customer_or_a_date_has_a_name() -> None:
    bare = Invoice("2026-0001", None, None, "")
    names = {file_name(pattern, bare, Language.NL) for pattern in FileNamePattern}
    assert names == {"Factuur 2026-0001.pdf"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "Factuur 1 -..-etc-passwd.pdf"),
        ('a<b>:"c"|d?*', "Factuur 1 a-b---c--d--.pdf"),
        ("Jansen\r\nBcc: x", "Factuur 1 Jansen Bcc- x.pdf"),
        ("gnp.\u202efdp", "Factuur 1 gnp. fdp.pdf"),
        ("Cafe\u0301", "Factuur 1 Café.pdf"),
        ("Bakkerij B.V. ", "Factuur 1 Bakkerij B.V.pdf"),
    ],
)
def test_a_customers_name_is_cleaned(name: str, expected: str) -> None:
    assert file_name(FileNamePattern.NUMBER_CUSTOMER_NAME, invoice("1", name), Language.NL) == expected


@pytest.mark.parametrize("name", ["CON.", "nul.txt", "Com1", "LPT³.x", "AUX ."])
def test_no_name_is_a_device_of_windows(name: str) -> None:
    made = file_name(FileNamePattern.CUSTOMER_NAME_DATE_NUMBER, invoice("1", f"{name}. x"), Language.NL)
    assert made.partition(".")[0].strip().upper() not in {"CON", "NUL", "COM1", "LPT³", "AUX"}


def test_a_long_name_is_cut_and_the_number_is_not() -> None:
    made = file_name(FileNamePattern.CUSTOMER_NAME_DATE_NUMBER, invoice(name="Bakker " * 40), Language.NL)
    assert len(made) <= LONGEST_NAME
    assert made.endswith(" 2026-01-05 Factuur 2026-0001.pdf")


def test_a_number_that_needs_cleaning_keeps_its_looks_and_gets_a_hash() -> None:
    made = file_name(FileNamePattern.NUMBER, invoice("2026/0001"), Language.NL)
    assert re.fullmatch(r"Factuur 2026-0001~[0-9a-f]{10}\.pdf", made)


@given(st.sampled_from(FileNamePattern), NUMBERS, ANY_TEXT, ANY_TEXT, st.sampled_from(Language), st.sampled_from(Kind))
def test_every_name_is_safe_on_every_system(
    pattern: FileNamePattern, number: str, name: str, customer_number: str, language: Language, kind: Kind
) -> None:
    made = file_name(pattern, invoice(number, name, kind=kind, customer_number=customer_number), language)
    assert made.endswith(".pdf")
    assert len(made) <= LONGEST_NAME
    assert len(made.encode()) <= 250
    assert unicodedata.is_normalized("NFC", made)
    assert not re.search(r'[<>:"/\\|?*]', made)
    assert all(letter == " " or unicodedata.category(letter)[0] not in "CZ" for letter in made)
    assert not made.startswith((".", " "))
    assert not made.removesuffix(".pdf").endswith((".", " "))


@given(st.sampled_from(FileNamePattern), NUMBERS, NUMBERS, ANY_TEXT, ANY_TEXT)
@example(FileNamePattern.NUMBER, "A1", "a1", "", "")
@example(FileNamePattern.NUMBER, "2026/1", "2026-1", "", "")
@example(FileNamePattern.NUMBER_CUSTOMER_NAME, "1", "1 2", "2 Jansen", "Jansen")
@example(FileNamePattern.NUMBER, "1" * 100 + "a", "1" * 100 + "b", "", "")
@example(FileNamePattern.NUMBER, "é", "e\u0301", "", "")
def test_two_numbers_never_share_a_name(
    pattern: FileNamePattern, first: str, second: str, name: str, other_name: str
) -> None:
    if first == second:
        return
    names = [
        file_name(pattern, invoice(first, name), Language.NL),
        file_name(pattern, invoice(second, other_name), Language.NL),
    ]
    assert names[0].casefold() != names[1].casefold()
