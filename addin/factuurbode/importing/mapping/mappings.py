"""What the columns of one source mean: ready mappings ship with the program, a person saves more in the workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ...domain.model import Language
from ...errors import ImportMappingFaulty, ImportMappingTwice, ImportMappingUnknown
from ..proposal import ImportKind
from .fields import by_title, nearest, plain

_NOT_SOLD: Mapping[str, frozenset[str]] = {
    "status": frozenset(
        plain(word)
        for word in (
            *("Geannuleerd", "Vervallen", "Mislukt", "Terugbetaald", "Concept", "Offerte"),
            *("Cancelled", "Canceled", "Void", "Voided", "Failed", "Refunded", "Draft", "Quote"),
        )
    )
}
"""Words in a status that make a row no delivery, whatever its source."""

NOT_USED = "-"
"""The field of a column that is known and left alone."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the columns of one source mean: by the plain name of the column, the field, or `NOT_USED`.

    `recognise` are the columns by which a file is known to be of this source; `leave_out` the words in a field that
    make a row no delivery (a payment, a cancelled order), `by_hand` those that make it one of which the file does not
    tell all (an order that was refunded in part). With `fill_down`, what stands only in the first row of an
    order holds for its other rows. `key` is what a ready one is also called, whatever the language.
    """

    name: str
    fields: Mapping[str, str]
    kind: ImportKind | None = None
    recognise: frozenset[str] = frozenset()
    leave_out: Mapping[str, frozenset[str]] = field(default_factory=lambda: _NOT_SOLD)
    fill_down: bool = False
    key: str = ""
    by_hand: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_of(self, header: Sequence[str]) -> bool:
        """Whether a file with these columns comes from this source."""
        return bool(self.recognise) and self.recognise <= {plain(column) for column in header}


BY_NAME = ColumnMapping("", {})
"""No mapping: columns are known by their names."""


@cache
def ready() -> tuple[ColumnMapping, ...]:
    """The mappings that ship with the program."""
    folder = files(__package__).joinpath("ready")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return tuple(_ready(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8")) for entry in found)


def saved(rows: Mapping[str, Sequence[tuple[str, str]]], language: Language) -> tuple[ColumnMapping, ...]:
    """The mappings of the workbook: by name, each column with what its field is called.

    Raises ImportMappingFaulty for a field that does not exist, with those that may be meant in *language*; and
    ImportMappingTwice for a column with two fields.
    """
    return tuple(_saved(name, columns, language) for name, columns in rows.items())


def chosen(name: str, own: Sequence[ColumnMapping]) -> ColumnMapping:
    """The mapping that a person named. Raises ImportMappingUnknown."""
    for mapping in (*own, *ready()):
        if plain(name) in (plain(mapping.name), plain(mapping.key)):
            return mapping
    known = ", ".join(mapping.name for mapping in (*own, *ready()))
    raise ImportMappingUnknown(mapping=name, known=known)


def recognised(header: Sequence[str], own: Sequence[ColumnMapping]) -> ColumnMapping:
    """The mapping whose columns *header* has: a saved one, or else a ready one, or else `BY_NAME`.

    Where several fit, the one that knows most of the columns; of those that know as many the first.
    """
    for some in (own, ready()):
        fitting = [mapping for mapping in some if mapping.is_of(header)]
        if fitting:
            return max(fitting, key=lambda mapping: len(mapping.recognise))
    return BY_NAME


def _saved(name: str, columns: Sequence[tuple[str, str]], language: Language) -> ColumnMapping:
    titles = by_title()
    meant: dict[str, str] = {}
    for column, title in columns:
        key = NOT_USED if title in ("", NOT_USED) else titles.get(plain(title))
        if key is None:
            known = ", ".join(nearest(title, language))
            raise ImportMappingFaulty(mapping=name, column=column, field=title, known=known)
        if meant.setdefault(plain(column), key) != key:
            raise ImportMappingTwice(mapping=name, column=column)
    return ColumnMapping(name, meant, recognise=frozenset(meant))


def _ready(key: str, written: str) -> ColumnMapping:
    table = tomllib.loads(written)
    columns = {plain(column): key for column, key in table["columns"].items()}
    columns |= {plain(column): NOT_USED for column in table.get("not_used", [])}
    return ColumnMapping(
        table["name"],
        columns,
        ImportKind(table["kind"]),
        frozenset(map(plain, table["recognise"])),
        _words(table.get("leave_out", {})),
        table.get("fill_down", False),
        key,
        _words(table.get("by_hand", {})),
    )


def _words(table: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    return {key: frozenset(map(plain, words)) for key, words in table.items()}
