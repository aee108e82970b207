"""Formulas of the open workbook as they continue in new rows, where Excel has not done so itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import xlwings

from ..layout import letter


def continue_formulas(
    sheet: xlwings.Sheet,
    columns: Iterable[int],
    first: int,
    last: int,
    header_row: int,
    otherwise: Callable[[str], str] = lambda _: "",
) -> None:
    """Fill the rows from *first* to *last* in *columns* (counted from 1) that have a formula.

    It is that of the first row itself or of the nearest one above it with any: rows between hold values where they
    were fixed. Of a column without any, *otherwise* may know it by its letters. A column in which anything else stands
    in those rows stays as it is.
    """
    for column in columns:
        there = _formulas(sheet, column, first, last)
        if any(text and not text.startswith("=") for text in there):
            continue
        start = sheet.range((first, column))
        if not there[0]:
            text = _above(sheet, column, header_row + 1, first).removeprefix("=") or otherwise(letter(column - 1))
            if not text:
                continue
            start.value = f"={text}"
        if first < last:
            start.autofill(sheet.range((first, column), (last, column)), "fill_default")


def _above(sheet: xlwings.Sheet, column: int, top: int, row: int) -> str:
    """The formula of the nearest row above *row* with any, as it reads in *row*; '' when none is down to *top*."""
    from openpyxl.formula.translate import Translator

    for first in dict.fromkeys((max(row - 1, top), top)):  # mostly it stands right above
        found = _formulas(sheet, column, first, row - 1) if first < row else []
        for number, text in reversed(list(enumerate(found, start=first))):
            if text.startswith("="):
                letters = letter(column - 1)
                return str(Translator(text, origin=f"{letters}{number}").translate_formula(f"{letters}{row}"))
    return ""


def _formulas(sheet: xlwings.Sheet, column: int, first: int, last: int) -> list[str]:
    """What stands in those cells: formulas, and what is typed as it is."""
    found = sheet.range((first, column), (last, column)).formula
    return [str(found)] if first == last else [str(row[0]) for row in found]
