"""Many new rows of a sheet as XML text: an element for each of a million cells would take minutes and gigabytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from ..parts.cell_xml import Formula, Plain, Value, clean, digits
from ..parts.sheet_xml import column_number
from .sheet_in_rows import SheetInRows

FormulaAt = Callable[[int], str]
"""The text of a formula in a row, without its equals sign."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The new cells of one column: what they hold, the style that they have, and the formula if they have one."""

    values: Sequence[Plain]
    style: str = ""
    formula: FormulaAt | None = None
    constant: bool = True  # whether the formula is the same in every row


def row_texts(
    sheet: SheetInRows, columns: Mapping[str, Cells], first: int, rows: range, attributes: str = ""
) -> Iterator[str]:
    """The XML of the rows with the numbers *rows*, of the new rows whose first is *first*.

    *columns* are by their letters; *attributes* are those of each row, such as its height.
    """
    prefix = f"{sheet.prefix}:" if sheet.prefix else ""
    tails = [_tails(sheet, columns[letters], first, rows, prefix) for letters in _ordered(columns)]
    heads = [f'<{prefix}c r="{letters}' for letters in _ordered(columns)]
    end = f"</{prefix}row>"
    for number, cells in zip(rows, zip(*tails, strict=True), strict=True):
        inner = "".join([f"{head}{number}{tail}" for head, tail in zip(heads, cells, strict=True) if tail])
        yield f'<{prefix}row r="{number}"{attributes}>{inner}{end}'


def _ordered(columns: Mapping[str, Cells]) -> list[str]:
    return sorted(columns, key=column_number)


def _tails(sheet: SheetInRows, column: Cells, first: int, rows: range, prefix: str) -> Iterator[str]:
    """What follows on each cell's reference; '' where no cell is needed. Equal values are written once."""
    values = column.values[rows.start - first : rows.stop - first]
    if column.formula is not None and not column.constant:
        return (
            _tail(sheet, Formula(column.formula(number), value), column.style, prefix)
            for number, value in zip(rows, values, strict=True)
        )
    formula = column.formula(first) if column.formula is not None else None
    known: dict[Plain, str] = {}
    return (
        known[value]
        if value in known
        else known.setdefault(
            value, _tail(sheet, value if formula is None else Formula(formula, value), column.style, prefix)
        )
        for value in values
    )


def _tail(sheet: SheetInRows, value: Value, style: str, prefix: str) -> str:
    look = f' s="{style}"' if style else ""
    if value is None:
        return f'"{look}/>' if look else ""
    end = f"</{prefix}c>"
    if isinstance(value, Formula):
        shows = sheet.stored(value.shows, style)
        text = f"<{prefix}f>{escape(value.text)}</{prefix}f>"
        if shows is None:
            return f'"{look}>{text}{end}'
        if isinstance(shows, str):
            return f'"{look} t="str">{text}<{prefix}v>{_escaped(shows)}</{prefix}v>{end}'
        return f'"{look}>{text}<{prefix}v>{_number(shows)}</{prefix}v>{end}'
    stored = sheet.stored(value, style)
    if isinstance(stored, str):
        inner = f'<{prefix}is><{prefix}t xml:space="preserve">{_escaped(stored)}</{prefix}t></{prefix}is>'
        return f'"{look} t="inlineStr">{inner}{end}'
    return f'"{look}><{prefix}v>{_number(stored)}</{prefix}v>{end}'


def _number(value: Value) -> str:
    if value is None or isinstance(value, str | Formula | date):
        raise TypeError(f"{value!r} is no number")
    return digits(value)


def _escaped(text: str) -> str:
    return escape(clean(text), {"\r": "&#13;"})
