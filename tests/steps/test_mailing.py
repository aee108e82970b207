"""The mail about an invoice says what the invoice says, in the customer's language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from factuurbode.domain.model import Language
from factuurbode.steps.mailing import letter_about
from factuurbode.steps.rendition import Rendition
from support.documents import a_customer, an_invoice, some_lines
from support.preflights import check, set_up


@pytest.mark.parametrize(
    ("language", "total", "due", "name"),
    [
        (Language.NL, "€\xa0109,00", "1 april 2026", "Factuur 2026-0001"),
        (Language.EN, "€109.00", "1 April 2026", "Invoice 2026-0001"),
    ],
)
def test_amount_day_and_name_are_those_of_the_invoice(language: Language, total: str, due: str, name: str) -> None:
    """Net is 100.00, with 9 % VAT 109.00; a term of 17 days after 15 March."""
    customer = a_customer(language=language, payment_days=17)
    lines = some_lines(1, quantity=Decimal(10), price=Decimal(10), vat_rate=Decimal(9), discount=Decimal(0))
    checked = check(an_invoice(customer=customer, issued=date(2026, 3, 15), lines=lines))
    letter = letter_about(checked, Rendition(b"%PDF", 1), set_up(), "0" * 16, datetime(2026, 3, 15, tzinfo=UTC))
    said = " ".join(letter.text.split())  # numbers and their words are kept together
    assert total.replace("\xa0", " ") in said
    assert due in said
    assert letter.pdf_name.startswith(name)
