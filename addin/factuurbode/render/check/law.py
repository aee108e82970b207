"""What the law wants on every invoice (L1–L9 of the requirements) and a template does not print."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..field_table import FIELDS, Field, FieldKind
from .finding import Finding


def missing_by_law(shows: Callable[[Field], bool]) -> Iterator[Finding]:
    """A finding for each field that must be printed, or asked for, and is not: *shows* says so of each."""
    for one in FIELDS:
        if one.law and not shows(one):
            facts = {"field": one.name, "meaning": f"field.{one.name}", "law": one.law}
            yield Finding("law_not_asked" if one.kind is FieldKind.FLAG else "law_missing", facts)
