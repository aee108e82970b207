"""The words of a cell as choices: yes or no, a member of an enum, a country."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from ..domain.model import Language
from . import cells
from .cells import Cell, Unclear
from .choices import COUNTRIES, YES_NO, Choices, by_word
from .words import normal

E = TypeVar("E", bound=StrEnum)


def yes_no(cell: Cell) -> bool | None:
    """Yes or no, as a word, a tick or a truth value. Raises Unclear."""
    if isinstance(cell, bool):
        return cell
    word = normal(cells.text(cell))
    if not word:
        return None
    answer = _meanings(YES_NO).get(word)
    if answer is None:
        raise Unclear("choice_unknown")
    return answer == "yes"


def country(cell: Cell) -> str | None:
    """Two letters (ISO 3166-1) for a country, from its code or the name of a country nearby. Raises Unclear."""
    word = normal(cells.text(cell))
    if not word:
        return None
    code = _meanings(COUNTRIES).get(word, word.upper())
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise Unclear("country_unreadable")
    return code


def chosen(cell: Cell, choices: Choices, kind: type[E]) -> E | None:
    """The member of *kind* that the word in *cell* means. Raises Unclear."""
    word = normal(cells.text(cell))
    if not word:
        return None
    value = _meanings(choices).get(word)
    if value is None:
        raise Unclear("choice_unknown")
    return kind(value)


def detail_of(unclear: Unclear, choices: Choices, title: str, language: Language) -> str:
    """What helps to mend the cell: the words it may hold, or else what it is called."""
    if unclear.code != "choice_unknown":
        return title
    return ", ".join(choice.word(language) for choice in choices or YES_NO)


@cache
def _meanings(choices: Choices) -> Mapping[str, str]:
    return by_word(choices)
