"""Writing cells into the open workbook in blocks, so that Excel stays quick and text stays text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

import xlwings

from ..cell_xml import Formula, Value
from ..layout import index_of, letter

Row = Mapping[str, Value]
_PLAIN = re.compile(r"[^\W\d_][^\d=]{3,}")  # a word or sentence of at least four signs, without digits
_TRUTHS = frozenset({"true", "false", "waar", "onwaar"})


def write_rows(sheet: xlwings.Sheet, rows: Mapping[int, Row]) -> None:
    """Set cells by row number and column letters. Rows and columns that stand together go in one block."""
    for numbers in runs(sorted(rows)):
        columns = sorted({index_of(letters) for number in numbers for letters in rows[number]})
        for indexes in runs(columns):
            letters = [letter(index) for index in indexes]
            block = [[_shown(rows[number].get(column)) for column in letters] for number in numbers]
            sheet.range(f"{letters[0]}{numbers[0]}:{letters[-1]}{numbers[-1]}").value = block


def as_typed(text: str) -> str:
    """*text* such that Excel keeps it as text: what it would take for a formula, number or date gets an apostrophe.

    Excel itself shows no such apostrophe; it is how a person types text that looks like something else.
    """
    if not text or (_PLAIN.fullmatch(text) and text.lower() not in _TRUTHS):
        return text
    return f"'{text}"


def _shown(value: Value) -> object:
    if isinstance(value, Formula):
        return f"={value.text}"
    if isinstance(value, str):
        return as_typed(value)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - cells know no time zone
    return float(value) if isinstance(value, Decimal) else value


def runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """*numbers*, which are sorted, cut where one is missing."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]
