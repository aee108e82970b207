"""What the heading of a column tells by itself, without a mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...workbook.columns import Type
from ..proposal import ImportKind
from .fields import BY_KEY, Field, names, plain

_EUROS = r"(?:€|eur|euro)"
_UNIT = rf"(?:{_EUROS}|%|procent|st|stk|stuks|kg|gram|dagen|days|pcs)"
_WITH_UNIT = re.compile(
    rf"(?P<name>.+?)\s*(?:[(\[]\s*(?:in )?{_UNIT}\.?\s*[)\]]|\s(?:in )?{_EUROS}|\sin (?:%|procent))\s*", re.IGNORECASE
)
_IN_EUROS = re.compile(rf"€|\b{_EUROS}\b", re.IGNORECASE)
_NAME = frozenset({"naam", "name"})
_AS_AMOUNT = {"vat_rate": "vat_amount"}
"""What a percentage is called when it stands there in euros."""


@dataclass(frozen=True, slots=True)
class Named:
    """The field that a heading names, and how well: 0 is its own title, more are names that it also goes by."""

    field: Field
    rank: int


def named(heading: str, kind: ImportKind) -> Named | None:
    """The field of *kind* that *heading* names; a unit behind it (`Prijs (€)`) is no part of the name.

    A discount or VAT in euros is no percentage, whatever it is called; a name in a list of products is a product's.
    """
    by_name = names(kind)
    field = by_name.get(plain(heading))
    if kind is ImportKind.PRODUCTS and plain(heading) in _NAME:
        field = BY_KEY["description"]
    if field is None and (match := _WITH_UNIT.fullmatch(heading)):
        field = by_name.get(plain(match["name"]))
    if field is not None and field.type is Type.PERCENT and _IN_EUROS.search(heading):
        key = _AS_AMOUNT.get(field.key, "")
        field = BY_KEY[key] if key and kind in BY_KEY[key].kinds else None
    return Named(field, field.rank_of(heading)) if field else None
