"""Ranges of formats and validations that follow the rows of a table, as they do in Excel."""

from __future__ import annotations

from typing import Any

from ..parts.sheet_xml import column_number, split_reference
from .formula_references import with_rows_shifted
from .row_moves import RowMoves

_RANGED = (
    "conditionalFormatting",
    "dataValidations/dataValidation",
    "protectedRanges/protectedRange",
    "ignoredErrors/ignoredError",
)


def move_ranges(root: Any, namespace: str, moves: RowMoves) -> None:
    """Let the ranges on the sheet *root* follow *moves*; one that ends with the table's last row does so still.

    One of which nothing is left goes with what it was for. Formulas are relative to the first cell of their range.
    """
    for path in _RANGED:
        for element in root.findall("/".join(f"{{{namespace}}}{step}" for step in path.split("/"))):
            ranges = str(element.get("sqref", "")).split()
            moved = [one for one in (_moved(one, moves) for one in ranges) if one]
            if ranges and not moved:
                _remove(element)
            elif moved != ranges:
                element.set("sqref", " ".join(moved))
                _shift_formulas(element, _top(moved) - _top(ranges))


def _moved(reference: str, moves: RowMoves) -> str:
    """Where that range is now; '' when nothing is left of it."""
    start, _, end = reference.partition(":")
    try:
        (left, first), (right, last) = split_reference(start), split_reference(end or start)
    except ValueError:  # a whole column or row
        return reference
    with_the_last = last == moves.old_last and moves.header_row < first
    rows: tuple[int, int] | None = (first, last)
    if all(column_number(letters) in moves.columns for letters in (left, right)):
        rows = moves.after((first, last), whole=False)
    if rows is not None and with_the_last and rows[0] <= moves.new_last:
        rows = rows[0], moves.new_last
    if rows is None or rows == (first, last):
        return "" if rows is None else reference
    return f"{left}{rows[0]}" if (left, rows[0]) == (right, rows[1]) else f"{left}{rows[0]}:{right}{rows[1]}"


def _top(ranges: list[str]) -> int:
    """The first row of the first range; a whole column begins with row 1."""
    try:
        return split_reference(ranges[0].partition(":")[0])[1]
    except ValueError:
        return 1


def _shift_formulas(element: Any, by: int) -> None:
    for formula in element.iter("{*}formula", "{*}formula1", "{*}formula2") if by else ():
        formula.text = with_rows_shifted(formula.text or "", by)


def _remove(element: Any) -> None:
    parent = element.getparent()
    parent.remove(element)
    if "count" in parent.attrib:
        parent.set("count", str(len(parent)))
    if not len(parent):  # an empty list of them is not allowed
        parent.getparent().remove(parent)
