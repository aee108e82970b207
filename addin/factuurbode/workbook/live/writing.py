"""Writing cells into the open workbook in blocks, so that Excel stays quick and text stays text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

import xlwings

from ..layout import index_of, letter
from ..parts.cell_xml import Formula, Value
from ..parts.sheet_xml import split_reference

Row = Mapping[str, Value]
Told = Callable[[int, int], None]
"""Is told how many of how many rows are done."""
_AT_ONCE = 500  # rows: below that Excel's own work for a block outweighs what there is in it
_PLAIN = re.compile(r"[^\W\d_][^\d=]{3,}")  # a word or sentence of at least four signs, without digits
_TRUTHS = frozenset({"true", "false", "waar", "onwaar"})


class RowCount:
    """How many of *total* rows are done, for somebody who wants to know."""

    def __init__(self, total: int, told: Told) -> None:
        self._total = total
        self._done = 0
        self._told = told

    def more(self, rows: int) -> None:
        """So many rows more."""
        self._done += rows
        self._told(self._done, self._total)


def write_rows(sheet: xlwings.Sheet, rows: Mapping[int, Row], count: RowCount | None = None) -> None:
    """Set cells by row number and column letters. Rows and columns that stand together go in one block.

    With a *count*, a block has so few rows that it can be followed.
    """
    for run in (run for alike in _alike(rows) for run in runs(alike)):
        height = _AT_ONCE if count else len(run)
        for numbers in (run[start : start + height] for start in range(0, len(run), height)):
            columns = sorted({index_of(letters) for number in numbers for letters in rows[number]})
            for indexes in runs(columns):
                letters = [letter(index) for index in indexes]
                block = [[_shown(rows[number][column]) for column in letters] for number in numbers]
                sheet.range(f"{letters[0]}{numbers[0]}:{letters[-1]}{numbers[-1]}").value = block
            if count:
                count.more(len(numbers))


def by_row(cells: Mapping[str, Value]) -> Mapping[int, Row]:
    """*cells*, by their references, as rows."""
    rows: dict[int, dict[str, Value]] = {}
    for reference, value in cells.items():
        letters, row = split_reference(reference)
        rows.setdefault(row, {})[letters] = value
    return rows


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


def _alike(rows: Mapping[int, Row]) -> Iterator[list[int]]:
    """The numbers of the *rows* that set the same columns, from above: a block must not empty what a row leaves be."""
    columns: dict[frozenset[str], list[int]] = {}
    for number in sorted(rows):
        columns.setdefault(frozenset(rows[number]), []).append(number)
    yield from columns.values()


def runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """*numbers*, which are sorted, cut where one is missing."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]
