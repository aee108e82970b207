"""Words in a cell that stand for a choice."""

from __future__ import annotations

import pytest

from factuurbode.domain.model import EInvoice
from factuurbode.workbook import choices
from factuurbode.workbook.cells import Cell, Unclear
from factuurbode.workbook.meanings import chosen, country, yes_no


@pytest.mark.parametrize("cell", ["Ja", "yes", " x ", "TRUE", "waar", "✓", 1.0, True])
def test_yes_is_said_in_many_ways(cell: Cell) -> None:
    assert yes_no(cell) is True


@pytest.mark.parametrize("cell", ["Nee", "no", "onwaar", 0.0, False])
def test_and_so_is_no(cell: Cell) -> None:
    assert yes_no(cell) is False


@pytest.mark.parametrize("cell", [" ", "-", "–"])
def test_a_dash_or_a_space_says_nothing(cell: str) -> None:
    assert yes_no(cell) is None
    assert country(cell) is None
    assert chosen(cell, choices.E_INVOICE, EInvoice) is None


@pytest.mark.parametrize("cell", ["misschien", "ja en nee", 2.0])
def test_anything_else_is_not_guessed(cell: Cell) -> None:
    with pytest.raises(Unclear):
        yes_no(cell)


@pytest.mark.parametrize(("cell", "code"), [("nl", "NL"), ("België", "BE"), ("DEUTSCHLAND", "DE"), (" at ", "AT")])
def test_a_country_is_its_two_letters_or_a_neighbours_name(cell: str, code: str) -> None:
    assert country(cell) == code


@pytest.mark.parametrize("cell", ["Atlantis", "N1", "éé", 31.0])
def test_what_is_no_country_is_not_guessed(cell: Cell) -> None:
    with pytest.raises(Unclear):
        country(cell)


@pytest.mark.parametrize("word", ["PDF per e-mail", "pdf by email", "E-mail", "mail"])
def test_a_choice_is_known_by_any_of_its_words(word: str) -> None:
    assert chosen(word, choices.E_INVOICE, EInvoice) is EInvoice.MAIL
