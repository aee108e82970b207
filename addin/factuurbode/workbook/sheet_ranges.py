"""Ranges of conditional formats and validations that grow with a table, as they do in Excel."""

from __future__ import annotations

from typing import Any

from .sheet_xml import split_reference

_GROWING = ("conditionalFormatting", "dataValidations/dataValidation")


def grow_ranges(root: Any, namespace: str, *, below: int, old_last: int, new_last: int) -> None:
    """Let ranges in the sheet *root* that end with row *old_last* and begin below row *below* reach row *new_last*."""
    for path in _GROWING:
        for element in root.findall("/".join(f"{{{namespace}}}{step}" for step in path.split("/"))):
            ranges = str(element.get("sqref", "")).split()
            grown = [_grown(one, below, old_last, new_last) for one in ranges]
            if grown != ranges:
                element.set("sqref", " ".join(grown))


def _grown(reference: str, below: int, old_last: int, new_last: int) -> str:
    start, _, end = reference.partition(":")
    try:
        (_, first), (letters, last) = split_reference(start), split_reference(end or start)
    except ValueError:  # a whole column or row
        return reference
    return f"{start}:{letters}{new_last}" if last == old_last and first > below else reference
