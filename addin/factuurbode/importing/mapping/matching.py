"""Which column of a file is which field, and what kind of rows the file has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..proposal import ImportKind
from .fields import BY_KEY, NEEDS, names, plain, satisfies
from .mappings import NOT_USED, ColumnMapping


@dataclass(frozen=True, slots=True)
class Matched:
    """The kind of a file, for each field the place of its column, and the places of the columns that nobody knows."""

    kind: ImportKind
    places: Mapping[str, int]
    unknown: tuple[int, ...]
    enough: bool


def match(header: Sequence[str], mapping: ColumnMapping, kind: ImportKind | None) -> Matched:
    """The best reading of *header*. `enough` is False when fields are missing that its kind cannot do without.

    When no kind is asked for, it is the first for which there is enough.
    """
    asked = kind or mapping.kind
    readings = [_as(header, mapping, one) for one in ([asked] if asked else NEEDS)]
    return next((reading for reading in readings if reading.enough), max(readings, key=lambda one: len(one.places)))


def _as(header: Sequence[str], mapping: ColumnMapping, kind: ImportKind) -> Matched:
    by_name = names(kind)
    places: dict[str, int] = {}
    unknown = []
    for place, column in enumerate(header):
        name = plain(column)
        if not name:
            continue
        key = mapping.fields.get(name)
        if key is None:
            found = by_name.get(name) if not mapping.kind else None
            key = found.key if found else ""
        if key == NOT_USED:
            continue
        if not key or kind not in BY_KEY[key].kinds or key in places:
            unknown.append(place)
        else:
            places[key] = place
    return Matched(kind, places, tuple(unknown), satisfies(kind, frozenset(places)))
