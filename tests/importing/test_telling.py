"""How a file was read is told so that each sign can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.model import Language
from factuurbode.importing.proposal import Detected, ImportKind
from factuurbode.importing.telling import read_as, reasons
from factuurbode.texts import texts_in
from support.import_bakery import Bakery


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_sign_stands_in_quotes_among_the_commas(language: Language, delimiter: str) -> None:
    told = read_as(detected(delimiter), texts_in(language))
    assert f" “{delimiter}”, " in told
    assert " “,”, " in told


def test_a_tab_goes_by_its_name_and_what_is_not_known_is_not_told() -> None:
    assert read_as(detected("\t", decimal=""), texts_in(Language.NL)) == "scheidingsteken tab, koppen in rij 1"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.NL, ["Een btw-tarief van 19 % bestond niet op 2-11-2026.", "12,5", "(23,50)"]),
        (Language.EN, ["There was no VAT rate of 19 % on 2026-11-02.", "12.5", "(23.50)"]),
    ],
)
def test_reasons_are_written_as_their_reader_writes(bakery: Bakery, language: Language, told: list[str]) -> None:
    header = "Bonnr;Leverdatum;Klantnr;Omschrijving;Aantal;Prijs;Btw %;Korting %;Bedrag\n"
    rows = ["1;2-11-2026;0012;Taart;1;2,35;19;;", "2;2-11-2026;0012;Taart;10;2,35;9;;12,5"]

    proposal = bakery.propose(bakery.write(header + "\n".join(rows)))

    sentences = [why for *_, why in reasons(proposal, texts_in(language))]
    assert told[0] in sentences[0]
    assert all(part in sentences[1] for part in told[1:])


def detected(delimiter: str, decimal: str = ",") -> Detected:
    return Detected(Path("leveringen.csv"), ImportKind.DELIVERIES, delimiter=delimiter, decimal=decimal)
