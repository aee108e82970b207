"""Rows that are no data: totals below the rows, and rows that a mapping leaves out, such as payments."""

from __future__ import annotations

import re

import numpy as np

from ...workbook.cells import Cell
from ..columns import Mask
from ..mapping.fields import plain
from ..opening import Opened
from ..proposal import LeftOut, Remark
from .batch import Batch

_TOTAL = re.compile(
    r"(sub|eind|generaal )?totaal\b|(grand |sub)?total\b|totalen|som\b|sum\b|aantal (regels|rijen)\b", re.I
)
_INITIALS = frozenset("tTsSeEgGaA")
_NAMES = ("customer", "customer_name", "email", "article", "description", "delivered", "issued", "number", "invoice")


def totals(opened: Opened) -> tuple[Mask, list[LeftOut]]:
    """Which of the data rows of *opened* are totals, and those rows with the reason."""
    found = _totals(opened)
    why = Remark("left_out.total")
    return found, [LeftOut(opened.origin(row), opened.table.row(row), why) for row in opened.rows[found].tolist()]


def unwanted(batch: Batch) -> tuple[Mask, list[LeftOut]]:
    """Which rows the mapping of their file leaves out by a word in a column, and those rows with the reason."""
    found = np.zeros(len(batch), dtype=np.bool_)
    listed = []
    for number, opened in enumerate(batch.opened):
        for key, words in opened.mapping.leave_out.items():
            if key not in batch.columns:
                continue
            column = batch.columns[key]
            here = column.where(lambda word, words=words: plain(str(word or "")) in words) & (batch.file == number)  # type: ignore[misc]
            title = opened.header[opened.matched.places[key]]
            for row in np.flatnonzero(here & ~found).tolist():
                why = Remark("left_out.word", {"column": title, "value": str(column.at(row))})
                listed.append(LeftOut(batch.origin(row), batch.cells(row), why))
            found |= here
    return found, listed


def _totals(opened: Opened) -> Mask:
    """A row of totals names no customer, article or day but says "Totaal"; or is the last one and names nothing."""
    rows = len(opened.rows)
    says_total = np.zeros(rows, dtype=np.bool_)
    named = np.zeros(rows, dtype=np.bool_)
    names = {opened.matched.places[key] for key in _NAMES if key in opened.matched.places}
    for place, whole in enumerate(opened.table.columns):
        column = whole.take(opened.rows)
        says_total |= column.where(_says_total)
        if place in names:
            named |= column.where(lambda cell: cell != "" and not _says_total(cell))
    found: Mask = says_total & ~named
    if rows and names and not named[-1]:
        found[-1] = True
    return found


def _says_total(cell: Cell) -> bool:
    return isinstance(cell, str) and cell[:1] in _INITIALS and bool(_TOTAL.match(cell))
