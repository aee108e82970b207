"""Rows that are no data: totals below the rows, and rows that a mapping leaves out, such as payments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np

from ...workbook.cells import Cell
from ..columns import Coded, Mask
from ..fault import Fault
from ..mapping.fields import plain
from ..mapping.mappings import ColumnMapping
from ..opening import Opened
from ..proposal import LeftOut, Remark
from .batch import Batch

Words = Mapping[str, AbstractSet[str]]
"""By field, the plain words that say something of a row."""

_TOTAL = re.compile(
    r"(sub|eind|generaal )?totaal\b|(grand |sub)?total\b|totalen|som\b|sum\b|aantal (regels|rijen)\b", re.I
)
_INITIALS = frozenset("tTsSeEgGaA")
_NAMES = (
    "customer", "customer_name", "first_name", "last_name", "email", "article", "description", "delivered", "issued",
    "number", "invoice",
)  # fmt: skip
"""The fields that say what a row is about: a row of totals has none of them."""


def totals(opened: Opened) -> tuple[Mask, list[LeftOut]]:
    """Which of the data rows of *opened* are totals, and those rows with the reason."""
    found = _totals(opened)
    why = Remark("left_out.total")
    return found, [LeftOut(opened.origin(row), opened.table.row(row), why) for row in opened.rows[found].tolist()]


def unwanted(batch: Batch) -> tuple[Mask, list[LeftOut]]:
    """Which rows the mapping of their file leaves out by a word in a column, and those rows with the reason."""
    found = np.zeros(len(batch), dtype=np.bool_)
    listed = []
    for rows, title, column in _with_words(batch, lambda mapping: mapping.leave_out):
        for row in np.flatnonzero(rows & ~found).tolist():
            why = Remark("left_out.word", {"column": title, "value": str(column.at(row))})
            listed.append(LeftOut(batch.origin(row), batch.cells(row), why))
        found |= rows
    return found, listed


def reject_unclear(batch: Batch) -> None:
    """Reject the rows of which the mapping says, by a word in a column, that their file does not tell all."""
    for rows, title, column in _with_words(batch, lambda mapping: mapping.by_hand):
        for row in np.flatnonzero(rows).tolist():
            batch.reasons[row].append(Fault("by_hand", title, str(column.at(row))).reason)


def _with_words(batch: Batch, words_of: Callable[[ColumnMapping], Words]) -> Iterator[tuple[Mask, str, Coded[Any]]]:
    """The rows in which a column has one of the words of their file's mapping, with its heading and the column."""
    for number, opened in enumerate(batch.opened):
        for key, words in words_of(opened.mapping).items():
            if key in batch.columns:
                column = batch.columns[key]
                here = column.where(lambda word, words=words: plain(str(word or "")) in words)  # type: ignore[misc]
                yield here & (batch.file == number), opened.header[opened.matched.places[key]], column


def _totals(opened: Opened) -> Mask:
    """A row of totals names no customer, article or day but says "Totaal"; or is the last one and names nothing."""
    rows = opened.rows
    found: Mask = np.zeros(len(rows), np.bool_)
    if not len(rows):
        return found
    names = [opened.table.columns[opened.matched.places[key]] for key in _NAMES if key in opened.matched.places]
    if not any(_names(column.at(rows[-1])) for column in names):
        found[-1] = True
    for column in opened.table.columns:
        places = [place for place, cell in enumerate(column.values) if _says_total(cell)]
        if places:
            found |= np.isin(column.codes[rows], places)
    for row in np.flatnonzero(found).tolist():
        found[row] = not any(_names(column.at(rows[row])) for column in names)
    return found


def _names(cell: Cell) -> bool:
    return cell != "" and not _says_total(cell)


def _says_total(cell: Cell) -> bool:
    return isinstance(cell, str) and (cell[:1] in _INITIALS or cell[:1].isspace()) and bool(_TOTAL.match(cell.lstrip()))
