"""What an upgraded workbook is called, and whose place it took."""

from __future__ import annotations

from itertools import islice

import pytest

from factuurbode.domain.model import Language
from factuurbode.domain.upgraded_name import name_before, upgraded_names


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (Language.NL, ["boek (bijgewerkt)", "boek (bijgewerkt 2)", "boek (bijgewerkt 3)"]),
        (Language.EN, ["boek (upgraded)", "boek (upgraded 2)", "boek (upgraded 3)"]),
    ],
)
def test_the_name_says_what_it_is(language: Language, names: list[str]) -> None:
    assert list(islice(upgraded_names("boek", language), 3)) == names
    assert {name_before(name) for name in names} == {"boek"}


@pytest.mark.parametrize("name", ["boek", "boek (kopie)", "(bijgewerkt)", "boek (bijgewerkt) 2026", "boek(bijgewerkt)"])
def test_other_names_are_their_own(name: str) -> None:
    assert name_before(name) == name
