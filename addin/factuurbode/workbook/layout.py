"""Where the sheets, header rows and columns of a workbook are; whoever moved them need not tell us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from ..domain.model import Language
from ..errors import BookIncomplete
from .cells import Cell
from .columns import INVOICES, SHEETS, Sheet
from .pages import Pages
from .words import normal

HEADER_WITHIN = 60
"""The header row is looked for in this many first rows; a baker may put a title or a note above it."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet as it is in the file: its own title, the row of its headings, and the letter of each column."""

    title: str
    header_row: int
    columns: Mapping[str, str]
    last_row: int  # the last row with anything in it


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet with its cells; row 1 of the sheet is `rows[0]`. In the rows `totals` stands no data."""

    layout: SheetLayout
    rows: list[list[Cell]]
    totals: AbstractSet[int] = frozenset()


def find_sheets(source: Pages, wanted: Sequence[Sheet] = SHEETS) -> tuple[Language, Mapping[str, FoundSheet]]:
    """The workbook's language and the *wanted* ones of its sheets by key; no other sheet is parsed.

    Raises BookIncomplete with everything that is missing (as `Sheet` or `Sheet › Column`), or BookUnreadable.
    """
    titles = {normal(title): title for title in reversed(source.titles)}
    language = Language.NL if normal(INVOICES.nl) in titles else Language.EN
    found: dict[str, FoundSheet] = {}
    missing: list[str] = []
    for sheet in wanted:
        title = titles.get(normal(sheet.nl)) or titles.get(normal(sheet.en))
        if title is None:
            missing += [] if sheet.optional else [sheet.title(language)]
            continue
        rows = source.rows(title)
        header, letters = _header(sheet, rows)
        lacks = [column for column in sheet.columns if column.key not in letters and not column.optional]
        if lacks and sheet.optional:
            continue
        missing += [f"{title} › {column.title(language)}" for column in lacks]
        layout = SheetLayout(title, header, letters, _last_row(rows))
        found[sheet.key] = FoundSheet(layout, rows, source.totals_rows(title))
    if missing:
        raise BookIncomplete(path=source.path, missing=", ".join(missing))
    return language, found


def letter(index: int) -> str:
    """The letters of the column with zero-based *index*: A, …, Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def index_of(letters: str) -> int:
    """The zero-based index of the column with *letters*."""
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - 64
    return number - 1


@cache
def _keys_by_title(sheet: Sheet) -> Mapping[str, str]:
    return {_heading(title): column.key for column in sheet.columns for title in (column.nl, column.en)}


def _heading(title: str) -> str:
    """*title* as it is compared; "Klantnummer" is "Klantnr"."""
    return normal(title).replace("nummer", "nr").replace("number", "no")


def _last_row(rows: Sequence[Sequence[object]]) -> int:
    for number in range(len(rows), 0, -1):
        if any(cell != "" for cell in rows[number - 1]):
            return number
    return 0


def _header(sheet: Sheet, rows: Sequence[Sequence[object]]) -> tuple[int, Mapping[str, str]]:
    """The number of the row that looks most like the headings of *sheet*, and the columns found in it."""
    keys = _keys_by_title(sheet)
    best: tuple[int, dict[str, str]] = (1, {})
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        letters: dict[str, str] = {}
        for index, cell in enumerate(row):
            key = keys.get(_heading(cell)) if isinstance(cell, str) and cell else None
            if key is not None and key not in letters:
                letters[key] = letter(index)
        if len(letters) > len(best[1]):
            best = (number, letters)
    return best
