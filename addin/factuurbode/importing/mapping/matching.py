"""Which column of a file is which field, and what kind of rows the file has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..proposal import ImportKind
from .fields import BY_KEY, NEEDS, missing, plain, satisfies
from .headings import named
from .mappings import NOT_USED, ColumnMapping

_LISTS = (ImportKind.PRODUCTS, ImportKind.CUSTOMERS)
_NAMES_OF = {
    **dict.fromkeys(("klant", "debiteur", "customer"), "customer_name"),
    "artikel": "description",
}
"""What these columns hold where the number, which they can also hold, has a column of its own."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The kind of a file, for each field the place of its column, and the places of the columns that nobody knows."""

    kind: ImportKind
    places: Mapping[str, int]
    unknown: tuple[int, ...]
    enough: bool


@dataclass(frozen=True, slots=True, order=True)
class _Claim:
    """A column that can be the field `key`: the lowest has it. What a mapping says goes before what a name tells."""

    by_name: bool
    rank: int
    place: int
    key: str


def match(header: Sequence[str], mapping: ColumnMapping, kind: ImportKind | None) -> Matched:
    """The best reading of *header*. `enough` is False when fields are missing that its kind cannot do without.

    When no kind is asked for, it is the first for which there is enough. Deliveries of which one column is not known
    are no list of products or customers, though they have the columns of one.
    """
    asked = kind or mapping.kind
    readings = [_as(header, mapping, one) for one in ([asked] if asked else NEEDS)]
    nearly = [reading for reading in readings if not asked and _lacks_one(reading)]
    enough = [reading for reading in readings if reading.enough and not (nearly and reading.kind in _LISTS)]
    return enough[0] if enough else max(nearly or readings, key=lambda one: len(one.places))


def _lacks_one(reading: Matched) -> bool:
    """Whether these are deliveries or invoices of which one column is not known."""
    if reading.kind in _LISTS or len(missing(reading.kind, frozenset(reading.places))) != 1:
        return False
    return bool({"number", "invoice"} & reading.places.keys()) or {"customer", "article"} <= reading.places.keys()


def _as(header: Sequence[str], mapping: ColumnMapping, kind: ImportKind) -> Matched:
    claims, unknown = [], []
    for place, column in enumerate(header):
        name = plain(column)
        if name and mapping.fields.get(name) != NOT_USED:
            if claim := _claim(place, column, mapping, kind):
                claims.append(claim)
            else:
                unknown.append(place)
    places: dict[str, int] = {}
    for claim in sorted(claims):
        key = claim.key
        if key in places:
            key = _NAMES_OF.get(plain(header[claim.place]), key) if claim.by_name else key
        if key in places or any(other.key == key != claim.key for other in claims):
            unknown.append(claim.place)
        else:
            places[key] = claim.place
    in_order = dict(sorted(places.items(), key=lambda one: one[1]))
    return Matched(kind, in_order, tuple(sorted(unknown)), satisfies(kind, frozenset(places)))


def _claim(place: int, column: str, mapping: ColumnMapping, kind: ImportKind) -> _Claim | None:
    """What *column* can be, unless nothing that this kind has."""
    name = plain(column)
    if name in mapping.fields:
        key = mapping.fields[name]
        if kind not in BY_KEY[key].kinds:
            return None
        return _Claim(by_name=False, rank=list(mapping.fields).index(name), place=place, key=key)
    found = None if mapping.kind else named(column, kind)
    return _Claim(by_name=True, rank=found.rank, place=place, key=found.field.key) if found else None
