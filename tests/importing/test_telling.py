"""How a file was read is told so that each sign can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.model import Language
from factuurbode.importing.proposal import Detected, ImportKind
from factuurbode.importing.telling import read_as
from factuurbode.texts import texts_in


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_sign_stands_in_quotes_among_the_commas(language: Language, delimiter: str) -> None:
    told = read_as(detected(delimiter), texts_in(language))
    assert f" “{delimiter}”, " in told
    assert " “,”, " in told


def test_a_tab_goes_by_its_name_and_what_is_not_known_is_not_told() -> None:
    assert read_as(detected("\t", decimal=""), texts_in(Language.NL)) == "scheidingsteken tab, koppen in rij 1"


def detected(delimiter: str, decimal: str = ",") -> Detected:
    return Detected(Path("leveringen.csv"), ImportKind.DELIVERIES, delimiter=delimiter, decimal=decimal)
