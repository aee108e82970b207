"""The fields of an import; `fields.toml` holds them with the names that their columns go by."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from ...domain.model import Language
from ...workbook.columns import Type
from ...workbook.words import normal
from ..proposal import ImportKind


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key, the kinds of import that have it, what its cells hold, and what columns call it."""

    key: str
    kinds: tuple[ImportKind, ...]
    type: Type
    nl: tuple[str, ...]
    en: tuple[str, ...]

    def title(self, language: Language) -> str:
        """What it is called on the sheet Import."""
        return (self.nl if language is Language.NL else self.en)[0]

    def rank_of(self, name: str) -> int:
        """How far *name* is from what it is called: 0 is its title."""
        ranks = [rank for some in (self.nl, self.en) for rank, one in enumerate(some) if plain(one) == plain(name)]
        return min(ranks, default=len(self.nl) + len(self.en))


def _read() -> tuple[Field, ...]:
    table = tomllib.loads(files(__package__).joinpath("fields.toml").read_text(encoding="utf-8"))
    return tuple(
        Field(key, tuple(map(ImportKind, one["kinds"])), Type(one["type"]), tuple(one["nl"]), tuple(one["en"]))
        for key, one in table.items()
    )


FIELDS: tuple[Field, ...] = _read()
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}


def plain(title: str) -> str:
    """*title* as it is compared."""
    return normal(title).replace("nummer", "nr").replace("number", "no")


@cache
def names(kind: ImportKind) -> Mapping[str, Field]:
    """The fields of *kind* by the names of their columns."""
    return {
        plain(name): field
        for field in reversed(FIELDS)
        if kind in field.kinds
        for name in reversed((*field.nl, *field.en, field.key))
    }


@cache
def by_title() -> Mapping[str, str]:
    """The keys of all fields by what they are called on the sheet Import, in either language, or by their key.

    A name by which columns go does too, where it can mean but one field.
    """
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for field in FIELDS:
        for name in (*field.nl, *field.en):
            meant[plain(name)].add(field.key)
    found = {name: key for name, (key, *others) in ((name, tuple(keys)) for name, keys in meant.items()) if not others}
    return found | {plain(title): field.key for field in FIELDS for title in (field.nl[0], field.en[0], field.key)}


def nearest(title: str, language: Language) -> list[str]:
    """The titles that look like *title*, or all when none does."""
    titles = {plain(one): one for one in (field.title(language) for field in FIELDS)}
    alike = get_close_matches(plain(title), titles, n=3, cutoff=0.75)
    return [titles[one] for one in alike] or list(titles.values())


NEEDS: Mapping[ImportKind, tuple[tuple[str, ...], ...]] = {
    ImportKind.INVOICES: (
        ("invoice",),
        ("issued",),
        ("customer", "customer_name", "email"),
        ("quantity", "amount", "amount_incl"),
    ),
    ImportKind.DELIVERIES: (
        ("customer", "customer_name", "email"),
        ("delivered",),
        ("article", "description"),
        ("quantity", "amount", "amount_incl"),
    ),
    ImportKind.PRODUCTS: (("article",), ("description", "price", "price_incl")),
    ImportKind.CUSTOMERS: (
        ("customer_name", "last_name"),
        ("street", "postcode", "city", "email", "customer"),
    ),
}
"""Of each group one field must be there. The kinds in the order in which they are tried."""


def satisfies(kind: ImportKind, found: frozenset[str]) -> bool:
    """Whether the fields *found* are enough for *kind*."""
    return not missing(kind, found)


def missing(kind: ImportKind, found: frozenset[str]) -> list[tuple[str, ...]]:
    """What *kind* still needs beside the fields *found*: of each group one will do."""
    return [group for group in NEEDS[kind] if not any(field in found for field in group)]


def lacking(kind: ImportKind, found: frozenset[str], language: Language) -> str:
    """The same as a person reads it."""
    groups = missing(kind, found)
    return "; ".join(" / ".join(BY_KEY[field].title(language) for field in group) for group in groups)
