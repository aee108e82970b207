"""Where new rows and changed cells of a workbook come to stand, closed or open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..domain.additions import NAMED_BY, Additions, Changes, Content, NewRows, Removals, Rows
from ..domain.model import Language
from ..domain.numbering import same_number
from ..errors import BookIncomplete
from .columns import CUSTOMERS, INVOICES, LINES, PRODUCTS, Column, Filled, Sheet
from .contents import written
from .layout import FoundSheet
from .pages import Pages
from .parts.cell_xml import Plain, Value
from .rows import SheetRows
from .splicing.splice import SheetEdit
from .splicing.table_cutting import RowsOut
from .splicing.table_growth import TableRows

SHEET_OF: Mapping[Rows, Sheet] = {
    Rows.CUSTOMERS: CUSTOMERS,
    Rows.PRODUCTS: PRODUCTS,
    Rows.INVOICES: INVOICES,
    Rows.LINES: LINES,
}


@dataclass(frozen=True, slots=True)
class Placing:
    """A workbook that has been opened, and where its sheets are, by their keys."""

    source: Pages
    language: Language
    found: Mapping[str, FoundSheet]
    formula: Callable[[str, str], str] = lambda _, __: ""
    """The formula of a calculated column by the title of its sheet and its letters, where nothing in it says so."""

    def edits(self, additions: Additions) -> dict[str, SheetEdit]:
        """What changes on each sheet, by its title. Raises BookIncomplete when a column for a value is missing."""
        edits: dict[str, SheetEdit] = {}
        for kind, sheet in SHEET_OF.items():
            new, changes = additions.rows.get(kind), additions.changes.get(kind)
            if (new is None or not new.rows) and not changes:
                continue
            place = self.found[sheet.key]
            below, row_of = self._rows(kind, place, wanted=frozenset(changes or ()))
            grown = self._grown(sheet, place, new, below) if new is not None and new.rows else None
            edits[place.layout.title] = SheetEdit(self._cells(sheet, place, changes or {}, row_of), grown=grown)
        return edits

    def cuts(self, removals: Removals) -> dict[str, SheetEdit]:
        """What changes on each sheet when *removals* leave it, by its title."""
        edits: dict[str, SheetEdit] = {}
        for kind, sheet in SHEET_OF.items():
            numbers, changes = removals.numbers.get(kind, frozenset()), removals.changes.get(kind, {})
            if not numbers and not changes:
                continue
            place = self.found[sheet.key]
            out, row_of = set[int](), dict[str, int]()
            same = same_number if kind in (Rows.INVOICES, Rows.LINES) else str
            leaving = frozenset(map(same, numbers))
            for row in SheetRows(self.source, sheet, place, self.language):
                number = row.identifier(NAMED_BY[kind])
                if same(number) in leaving:
                    out.add(row.number)
                elif number in changes:
                    row_of.setdefault(number, row.number)
            typed = {
                place.layout.columns[column.key]
                for column in sheet.columns
                if column.filled is not Filled.CALCULATED and column.key in place.layout.columns
            }
            removed = RowsOut(place.layout.header_row, out, typed) if out else None
            edits[place.layout.title] = SheetEdit(self._cells(sheet, place, changes, row_of), removed=removed)
        return edits

    def _rows(self, kind: Rows, place: FoundSheet, wanted: frozenset[str]) -> tuple[int, Mapping[str, int]]:
        """The last filled row of the sheet, and the rows of the *wanted* customers or products."""
        below, row_of = place.layout.header_row, dict[str, int]()
        for row in SheetRows(self.source, SHEET_OF[kind], place, self.language):
            below = row.number
            if wanted and (number := row.identifier(NAMED_BY[kind])) in wanted:
                row_of.setdefault(number, row.number)
        return below, row_of

    def _cells(
        self, sheet: Sheet, place: FoundSheet, changes: Changes, row_of: Mapping[str, int]
    ) -> Mapping[str, Value]:
        cells: dict[str, Value] = {}
        for number, contents in changes.items():
            for key, content in contents.items():
                column = sheet.column(key)
                letters = self._letters(place, column, (content,))
                if letters and number in row_of:
                    cells[f"{letters}{row_of[number]}"] = in_cell(content, column, self.language)
        return cells

    def _grown(self, sheet: Sheet, place: FoundSheet, new: NewRows, below: int) -> TableRows:
        typed: dict[str, Sequence[Plain]] = {}
        shown: dict[str, Sequence[Plain]] = {}
        for key, contents in zip(new.keys, zip(*new.rows, strict=True), strict=True):
            column = sheet.column(key)
            if letters := self._letters(place, column, contents):
                target = shown if column.filled is Filled.CALCULATED else typed
                target[letters] = [in_cell(content, column, self.language) for content in contents]
        others = {filled: _others(sheet, place, new, filled) for filled in (Filled.TYPED, Filled.OURS)}
        title = place.layout.title
        return TableRows(
            place.layout.header_row,
            below,
            typed,
            shown,
            others[Filled.TYPED],
            others[Filled.OURS],
            lambda letters: self.formula(title, letters),
        )

    def _letters(self, place: FoundSheet, column: Column, contents: Iterable[Content]) -> str:
        """Where *column* is; '' when it is not there and nothing is lost by that."""
        if letters := place.layout.columns.get(column.key, ""):
            return letters
        lost = any(content not in (None, "") and str(content) != column.default for content in contents)
        if column.filled is Filled.TYPED and lost:
            missing = f"{place.layout.title} › {column.title(self.language)}"
            raise BookIncomplete(path=Path(self.source.path), missing=missing)
        return ""


def _others(sheet: Sheet, place: FoundSheet, new: NewRows, filled: Filled) -> frozenset[str]:
    """The columns of that kind that *new* has nothing for."""
    columns = place.layout.columns
    return frozenset(
        columns[one.key]
        for one in sheet.columns
        if one.filled is filled and one.key in columns and one.key not in new.keys
    )


def in_cell(content: Content, column: Column, language: Language) -> Plain:
    """*content* as it stands in a cell of *column*; nothing for an empty text."""
    if isinstance(content, str):
        if not content:
            return None
        word = written(content, column.choices, language)
        return word if isinstance(word, str) else content
    return content
