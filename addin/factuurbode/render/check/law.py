"""What the law wants on every invoice (L1–L9 of the requirements) and a template does not print."""

from __future__ import annotations

from collections.abc import Iterator

from ..field_table import FIELDS, FieldKind
from .finding import Finding
from .names import Usage


def missing_by_law(usage: Usage) -> Iterator[Finding]:
    """A finding for each field that must be printed, or asked for, and is not."""
    for one in FIELDS:
        facts = {"field": one.name, "meaning": f"field.{one.name}", "law": one.law}
        if one.kind is FieldKind.FLAG:
            if one.law and one.path not in usage.tested:
                yield Finding("law_not_asked", facts)
        elif one.law and not usage.prints(one.path):
            yield Finding("law_missing", facts)
