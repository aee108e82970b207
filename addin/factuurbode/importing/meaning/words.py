"""Texts, and numbers that are names: they keep their leading zeros and never pass through a float."""

from __future__ import annotations

import re

from ...workbook import cells
from ...workbook.cells import Cell
from .misread import Misread

_SCIENTIFIC = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
_AS_FORMULA = re.compile(r'="(.*)"')
LARGEST_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; of one that has more, the last are lost."""

_MARKED_AS_TEXT = re.compile(r"^'(?=\w)")
_LONGEST = 2_000
_LONGEST_NAME = 100


_NO_TEXT = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF))
"""What no XML, and so no workbook, can hold (XML 1.0, 2.2), and what nobody sees."""


def text_in(cell: Cell) -> str:
    """The text of *cell* without stray spaces. Raises Misread for one that is too long to be meant."""
    written = cells.text(cell)
    if not written.isprintable():
        written = written.translate(_NO_TEXT).strip()
    if len(written) > _LONGEST:
        raise Misread("text_too_long")
    return written


def name_in(cell: Cell) -> str:
    """A number that is a name: `0012` stays so; `="0012"` and `'0012`, written to keep Excel off it, are `0012` too.

    Raises Misread where Excel has rounded it, and Unclear where it has made a date of it (`8,71E+12`).
    """
    if cell.__class__ is str and cell.isalnum() and cell.isascii() and len(cell) < _LONGEST_NAME:
        return cell
    if isinstance(cell, float | int) and abs(cell) >= LARGEST_EXACT:
        raise Misread("identifier_rounded")
    written = cells.identifier(cell)
    if kept := _AS_FORMULA.fullmatch(written):
        written = kept[1]
    written = _MARKED_AS_TEXT.sub("", written)
    if _SCIENTIFIC.fullmatch(written):
        raise Misread("identifier_rounded")
    if len(written) > _LONGEST_NAME:
        raise Misread("text_too_long")
    return " ".join(written.translate(_NO_TEXT).split())
