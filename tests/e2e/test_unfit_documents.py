"""An invoice that would look wrong is kept in before the run, in every command, and says what to mend."""

from __future__ import annotations

import pytest

from support.bakery import Bakery
from support.word import SHIPPED, a_template, changed_template
from support.workbooks import CUSTOMER


@pytest.mark.parametrize(
    ("command", "options"), [("check", ()), ("customer-copies", ()), ("customer-copies", ("--dry-run",))]
)
def test_a_template_with_two_tags_is_told_before_anything_goes_out(
    bakery: Bakery, command: str, options: tuple[str, ...]
) -> None:
    a_template(bakery.book.parent / "mijn sjabloon.docx", "Factuur {{ number }}", "{{ date }}")
    bakery.settings = {"general.template": "mijn sjabloon.docx"}
    bakery.opens()

    told = bakery.types(command, *options)

    assert told.code != 0
    assert "mijn sjabloon.docx heeft" in told.words
    assert "fouten. De eerste: Op de factuur ontbreekt" in told.words
    assert bakery.mails == 0
    assert not (bakery.book.parent / "archief").exists()


def test_once_it_is_mended_the_invoice_goes(bakery: Bakery) -> None:
    path = changed_template(bakery.book.parent / "eigen.docx", "{{ total }}", "")
    bakery.settings = {"general.template": "eigen.docx"}
    bakery.opens()
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "eigen.docx heeft een fout: Op de factuur ontbreekt total (totaal met btw)" in told.words

    path.write_bytes(SHIPPED.read_bytes())
    assert bakery.sends().code == 0
    assert bakery.mails == 1

    path.write_bytes(b"")
    assert bakery.types("check").code == 0  # what has gone out needs no template any more


def test_a_letter_that_no_font_has_is_told_with_its_cell(bakery: Bakery) -> None:
    bakery.opens(customers=[{**CUSTOMER, "name": "Café \ue000"}])

    for command in ("check", "customer-copies"):
        told = bakery.types(command)
        assert told.code != 0
        assert "Klanten!B3: Geen lettertype op deze computer heeft \ue000 (U+E000)" in told.words
    assert bakery.mails == 0

    bakery.opens(customers=[{**CUSTOMER, "name": "Café Ångström & Łukasz Šárka-Müller"}])
    assert bakery.sends().code == 0
