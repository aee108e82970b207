"""What the made-up bakery sells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Article:
    """A product; the price is in EUR excluding VAT. `dozens` says whether customers take many of it."""

    number: str
    description: str
    unit: str
    price: Decimal
    vat_rate: int = 9
    dozens: bool = False


def _article(
    number: str, description: str, unit: str, price: str, vat_rate: int = 9, *, dozens: bool = False
) -> Article:
    return Article(number, description, unit, Decimal(price), vat_rate, dozens)


BREAD = (
    _article("101", "Witbrood heel", "stuk", "2.35"),
    _article("102", "Volkorenbrood heel", "stuk", "2.45"),
    _article("103", "Meergranenbrood heel", "stuk", "2.85"),
    _article("104", "Roggebrood donker", "stuk", "2.15"),
    _article("105", "Desembrood van steenmeel", "stuk", "3.95"),
    _article("106", "Stokbrood", "stuk", "1.65"),
    _article("107", "Suikerbrood", "stuk", "3.60"),
    _article("110", "Bolletje wit", "stuk", "0.385", dozens=True),
    _article("111", "Bolletje bruin", "stuk", "0.395", dozens=True),
    _article("112", "Pistolet", "stuk", "0.475", dozens=True),
    _article("113", "Krentenbol", "stuk", "0.72", dozens=True),
)
PASTRY = (
    _article("201", "Roomboter croissant", "stuk", "0.98", dozens=True),
    _article("202", "Saucijzenbroodje", "stuk", "1.78", dozens=True),
    _article("203", "Kaasbroodje", "stuk", "1.82", dozens=True),
    _article("204", "Gevulde koek", "stuk", "1.35", dozens=True),
    _article("205", "Appelflap", "stuk", "1.55", dozens=True),
    _article("210", "Appeltaart 12 punten", "stuk", "16.95"),
    _article("211", "Slagroomtaart 16 personen", "stuk", "27.50"),
    _article("212", "Cake roomboter", "stuk", "6.25"),
    _article("213", "Speculaas", "kg", "11.40"),
    _article("214", "Petitfours assorti", "doos", "18.75"),
)
OTHER = (
    _article("901", "Broodzak papier, 100 stuks", "pak", "6.90", 21),
    _article("902", "Gebakdoos, 25 stuks", "pak", "12.45", 21),
    _article("903", "Servetten met opdruk", "pak", "4.15", 21),
    _article("904", "Huur warmhoudkast per dag", "dag", "15.00", 21),
    _article("905", "Beukenhouten broodplank", "stuk", "17.36", 21),
)
ARTICLES = (*BREAD, *PASTRY, *OTHER)
