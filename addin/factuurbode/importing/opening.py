"""Opening a file of an import: its table, where its header stands, and which column is which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..domain.model import Language
from ..errors import ImportColumnsMissing, ImportColumnsUnknown, ImportSheetUnclear, ImportUnreadable
from ..workbook.cells import Cell
from ..workbook.layout import letter
from .columns import Places
from .mapping.fields import lacking, names, plain
from .mapping.mappings import ColumnMapping, chosen, ready, recognised
from .mapping.matching import Matched, match
from .proposal import REJECTED_HEADINGS, ImportKind, RowOrigin
from .reading.guarded import unguarded
from .reading.spreadsheet import Spreadsheet
from .reading.table import Table, shown
from .reading.text_file import read_text_file
from .reading.weighing import is_spreadsheet
from .wishes import Wishes

HEADER_WITHIN = 60
"""Titles, addresses and dates may stand above the header; it is looked for in this many first rows."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A table with its header understood. `rows` are the places of the rows below it in which anything stands."""

    table: Table
    header_row: int
    header: tuple[str, ...]
    mapping: ColumnMapping
    matched: Matched
    rows: Places

    def origin(self, row: int) -> RowOrigin:
        """Where the row at place *row* of the table stands."""
        return RowOrigin(self.table.file, self.table.sheet, int(row) + 1)


def open_file(path: Path, wishes: Wishes, own: Sequence[ColumnMapping], language: Language) -> Opened:
    """The file at *path*, read and understood as far as its header. *own* are the mappings of the workbook.

    Raises ImportMissing, ImportUnreadable, ImportSheetUnclear or ImportMappingUnknown; ImportColumnsUnknown when there
    is nothing in it that we know, and ImportColumnsMissing (in *language*) when that is not enough.
    """
    if not is_spreadsheet(path):
        return _enough(_understood(read_text_file(path, wishes), wishes, own), language)
    book = Spreadsheet(path)
    if wishes.sheet is not None:
        titles = [title for title in book.titles if title.casefold() == wishes.sheet.casefold()]
        if not titles:
            raise ImportSheetUnclear(path=path, sheets=", ".join(book.titles))
        return _enough(_understood(book.table(titles[0]), wishes, own), language)
    read = [_understood(book.table(title), wishes, own) for title in book.titles]
    usable = [opened for opened in read if opened.matched.enough and len(opened.rows)]
    if len(usable) > 1:
        hidden = book.hidden()
        usable = [opened for opened in usable if opened.table.sheet not in hidden] or usable
    if len(usable) > 1:
        raise ImportSheetUnclear(path=path, sheets=", ".join(opened.table.sheet for opened in usable))
    if usable:
        return usable[0]
    if not read:
        raise ImportUnreadable(path=path, detail="unreadable.empty")
    return _enough(max(read, key=_known_columns), language)


def _known_columns(opened: Opened) -> tuple[int, int]:
    return len(opened.matched.places), len(opened.header)


def _enough(opened: Opened, language: Language) -> Opened:
    """*opened*, when it has all that its kind cannot do without."""
    if opened.matched.enough:
        return opened
    if not opened.table.filled().any():
        raise ImportUnreadable(path=opened.table.file, detail="unreadable.empty")
    columns = ", ".join(filter(None, opened.header)) or "–"
    if len(opened.matched.places) < 2:  # one may be there by chance
        raise ImportColumnsUnknown(path=opened.table.file, columns=columns)
    raise ImportColumnsMissing(
        path=opened.table.file,
        kind=f"import.kind.{opened.matched.kind}",
        missing=lacking(opened.matched.kind, frozenset(opened.matched.places), language),
        columns=columns,
    )


def _understood(table: Table, wishes: Wishes, own: Sequence[ColumnMapping]) -> Opened:
    asked = chosen(wishes.mapping, own) if wishes.mapping is not None else None
    header_row = wishes.header_row or _header_row(table, [asked] if asked else [*own, *ready()])
    header = _header(table, header_row)
    if any(set(ours) <= set(header) for ours in REJECTED_HEADINGS.values()):
        table = replace(table, columns=tuple(column.map(_unguarded) for column in table.columns))
        header = _header(table, header_row)
    mapping = asked or recognised(header, own)
    matched = match(header, mapping, wishes.kind)
    filled = np.flatnonzero(table.filled())
    rows = filled[filled >= header_row]
    nameless = _nameless(table, header, rows)
    if not wishes.delimiter and _is_shifted(table, len(header), rows):
        raise ImportUnreadable(path=table.file, detail="unreadable.shifted")
    if nameless:
        named = (*header, *[""] * (len(table.columns) - len(header)))
        header = tuple(nameless.get(place, column) for place, column in enumerate(named))
        matched = replace(matched, unknown=tuple(sorted((*matched.unknown, *nameless))))
    return Opened(table, header_row, header, mapping, matched, rows)


def _header(table: Table, row: int) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in table.row(row - 1)) if row <= table.rows else ()


def _unguarded(cell: Cell) -> Cell:
    """*cell* as it was before we wrote it into a file of rejected rows."""
    return unguarded(cell) if cell.__class__ is str else cell


def _nameless(table: Table, header: Sequence[str], rows: Places) -> dict[int, str]:
    """The places of the columns that have rows but no heading, with what a spreadsheet calls them."""
    return {
        place: (header[place] if place < len(header) else "") or f"({letter(place)})"
        for place, column in enumerate(table.columns)
        if not (place < len(header) and plain(header[place]))
        and any(shown(cell).strip() for cell, _ in column.take(rows).used())
    }


def _is_shifted(table: Table, headings: int, rows: Places) -> bool:
    """Whether most rows have more cells than there are headings, in a file in which a comma stands between cells.

    Then the commas of decimals stand between cells too, and every cell behind them is read as another's.
    """
    if table.delimiter != "," or headings < 2:
        return False
    beyond = np.zeros(len(rows), np.bool_)
    for column in table.columns[headings:]:
        beyond |= column.take(rows).where(lambda cell: shown(cell).strip())
    return bool(beyond.sum() * 2 > len(rows))


def _header_row(table: Table, mappings: Sequence[ColumnMapping]) -> int:
    """The number (from 1) of the row that looks most like headings."""
    headings = [names(kind).keys() for kind in ImportKind] + [mapping.fields.keys() for mapping in mappings]
    best, most = 1, 0
    for index in range(min(HEADER_WITHIN, table.rows)):
        cells = {plain(cell) for cell in table.row(index)} - {""}
        found = max(len(cells & known) for known in headings)
        if found > most:
            best, most = index + 1, found
    return best
