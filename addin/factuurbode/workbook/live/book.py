"""The open workbook as the Book port."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import xlwings

from ...domain.additions import Additions, Removals
from ...domain.ledger import Ledger
from ...domain.model import Language, Place
from ...domain.numbering import same_number
from ...errors import BookInCloud, BookIncomplete, BookNotSaved, ExcelBusy, ExcelReadOnly
from ...ports import LogRow, StatusRow, StrayPassword
from ..cells import identifier
from ..columns import INVOICES, LINES, LOG, SETTINGS
from ..fixing import fixed_cells_of_invoice, fixed_cells_of_lines
from ..layout import HEADER_WITHIN, FoundSheet, SheetLayout, find_sheets
from ..own_formulas import OwnFormulas
from ..placing import SHEET_OF, Placing
from ..reader import ledger_of
from ..rows import SheetRows
from ..settings.reader import read_settings
from ..shown import log_values, status_values
from ..splicing.splice import SheetEdit
from ..stray_passwords import stray_passwords
from .continuing import continue_formulas
from .editing import write_edits
from .excel import as_saved_as_before, at_rest, in_excel, is_read_only
from .pages import LivePages
from .tables import own_columns, room_below
from .writing import Row, Told, by_row, runs, write_rows


class LiveBook:
    """A workbook in Excel, with the edits that are not saved yet."""

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book
        self._told: Told = _nobody_asks

    @cached_property
    def path(self) -> Path:
        """Where the workbook is kept on this computer.

        Raises BookNotSaved when it was never saved, BookInCloud when it only has an address on the internet, ExcelBusy.
        """
        try:
            name = str(self._book.fullname)
        except xlwings.XlwingsError as error:  # no local copy of a workbook in OneDrive or SharePoint is found
            raise BookInCloud(path=self._book.name) from error
        except Exception as error:  # it was closed, or Excel is busy: see `in_excel`
            raise ExcelBusy(path="Excel") from error
        if "://" in name:
            raise BookInCloud(path=name)
        path = Path(name)
        if not path.is_absolute() or not path.suffix:
            raise BookNotSaved(path=name)
        return path

    @property
    def live(self) -> bool:
        """Always: the person sees it as it is written."""
        return True

    def read(self) -> Ledger:
        """Everything the workbook says now. Raises BookUnreadable, BookIncomplete or BookNotWritable."""
        return ledger_of(LivePages(self._book, self.path))

    def ensure_writable(self) -> None:
        """Raises BookNotWritable when the workbook is read-only or protected, or Excel is busy with a cell."""
        with in_excel(self.path):
            if is_read_only(self._book):
                raise ExcelReadOnly(path=self.path)
            _, layouts, place = self._layout()
            invoices, logbook = layouts[INVOICES.key], layouts[LOG.key]
            with at_rest(self._book.app), as_saved_as_before(self._book):
                for title, at in (
                    (invoices.title, _first(invoices, "dispatch")),
                    (logbook.title, _first(logbook, "run")),
                    (place.sheet, place.cell),
                ):
                    # the only way to ask Excel: is a cell being edited, is the sheet protected?
                    cell = self._book.sheets[title].range(at)
                    cell.value = _kept(cell.value)

    def write(self, statuses: Sequence[StatusRow], log: Sequence[LogRow], last_run: str) -> None:
        """Show *statuses*, append *log* and note *last_run*.

        The rows are looked up again first, because they may have moved; a status of an invoice that is gone stays in
        the Log only. Raises BookNotWritable or BookIncomplete; what was written before that stays.
        """
        with in_excel(self.path):
            language, layouts, place = self._layout()
            with at_rest(self._book.app):
                invoices, logbook = layouts[INVOICES.key], layouts[LOG.key]
                write_rows(self._book.sheets[invoices.title], self._status_rows(invoices, statuses, language))
                self._fix_lines([status for status in statuses if status.said is not None])
                if log:
                    sheet = self._book.sheets[logbook.title]
                    first = room_below(
                        sheet, logbook, self._pages.column(logbook.title, *_below(logbook, "when")), len(log)
                    )
                    values = [_by_column(log_values(row, language), logbook.columns) for row in log]
                    own = own_columns(sheet, logbook)
                    continue_formulas(sheet, own, first, first + len(log) - 1, logbook.header_row)
                    write_rows(sheet, dict(enumerate(values, start=first)))
                write_rows(self._book.sheets[place.sheet], _one_cell(place, last_run))

    def passwords(self) -> tuple[StrayPassword, ...]:
        """See `ports.Book.passwords`. Raises BookUnreadable, BookIncomplete or BookNotWritable."""
        return stray_passwords(LivePages(self._book, self.path))

    def fill(self, cells: Mapping[Place, str | int | None]) -> None:
        """See `ports.Book.fill`; what was emptied is gone from the file once it is saved. Raises BookNotWritable."""
        with in_excel(self.path):
            if is_read_only(self._book):
                raise ExcelReadOnly(path=self.path)
            with at_rest(self._book.app):
                for place, value in cells.items():
                    write_rows(self._book.sheets[place.sheet], _one_cell(place, value))

    @contextmanager
    def telling(self, told: Told) -> Iterator[None]:
        """Meanwhile *told* hears how many of how many rows have come, or gone."""
        self._told = told
        try:
            yield
        finally:
            self._told = _nobody_asks

    def add(self, additions: Additions, last_run: str) -> None:
        """Put in the rows and changes, and note *last_run*; what was written is taken back when Excel stops halfway.

        Raises BookNotWritable, BookUnreadable, BookIncomplete or NoRoomBelow.
        """
        self._edit(lambda placing: placing.edits(additions), last_run)

    def remove(self, removals: Removals, last_run: str) -> None:
        """Delete the rows, change cells back, and note *last_run*. Raises BookNotWritable or BookIncomplete."""
        self._edit(lambda placing: placing.cuts(removals), last_run)

    def _edit(self, edits_of: Callable[[Placing], Mapping[str, SheetEdit]], last_run: str) -> None:
        with in_excel(self.path):
            _, _, place = self._layout()
            pages = LivePages(self._book, self.path)
            language, found = find_sheets(pages, tuple(SHEET_OF.values()))
            with at_rest(self._book.app):
                placing = Placing(pages, language, found, OwnFormulas(pages).of)
                write_edits(self._book, self.path, edits_of(placing), self._told)
                write_rows(self._book.sheets[place.sheet], _one_cell(place, last_run))

    def save(self) -> None:
        """Save the workbook where it is. Raises BookNotWritable."""
        with in_excel(self.path):
            self._book.save()

    def _fix_lines(self, statuses: Sequence[StatusRow]) -> None:
        """Only the rows of those invoices are read: a run that a person watches tells of some every other second."""
        if not statuses:
            return
        language, found = find_sheets(self._pages, (LINES,))
        layout = found[LINES.key].layout
        wanted = {same_number(status.invoice) for status in statuses}
        theirs = [row for row, number in self._numbers(layout, "invoice") if number in wanted]
        sheet = SheetRows(self._pages, LINES, FoundSheet(layout, []), language)
        rows = [
            sheet.row(number, cells)
            for run in runs(theirs)
            for number, cells in zip(run, self._pages.rows_between(layout.title, run[0], run[-1]), strict=True)
        ]
        cells = fixed_cells_of_lines(statuses, rows, layout.columns, language)
        write_rows(self._book.sheets[layout.title], by_row(cells))

    def _numbers(self, layout: SheetLayout, key: str) -> Iterator[tuple[int, str]]:
        """The rows below the headings with the number in column *key*, as `same_number` has it."""
        numbers = self._pages.column(layout.title, *_below(layout, key))
        for row, cell in enumerate(numbers, start=layout.header_row + 1):
            if isinstance(cell, str | int | float) and cell != "":
                yield row, same_number(identifier(cell))

    @cached_property
    def _pages(self) -> LivePages:
        return LivePages(self._book, self.path, head=HEADER_WITHIN)

    def _layout(self) -> tuple[Language, Mapping[str, SheetLayout], Place]:
        """Where everything stands that is written, from the first rows of each sheet; Settings is read whole."""
        language, found = find_sheets(self._pages, (INVOICES, LOG))
        whole = LivePages(self._book, self.path)
        _, settings_sheet = find_sheets(whole, (SETTINGS,))
        rows = SheetRows(whole, SETTINGS, settings_sheet[SETTINGS.key], language)
        place = read_settings(rows, self.path).places.get("workbook.last_run")
        if place is None:
            raise BookIncomplete(path=self.path, missing=f"{rows.title} › workbook.last_run")
        return language, {key: sheet.layout for key, sheet in found.items()}, place

    def _status_rows(self, layout: SheetLayout, statuses: Sequence[StatusRow], language: Language) -> Mapping[int, Row]:
        row_of: dict[str, int] = {}
        for row, number in self._numbers(layout, "number"):
            row_of.setdefault(number, row)
        folder = self.path.parent.resolve()
        return {
            row_of[number]: _by_column(
                status_values(status, language, folder) | fixed_cells_of_invoice(status, language), layout.columns
            )
            for status in statuses
            if (number := same_number(status.invoice)) in row_of
        }


def _nobody_asks(_: int, __: int) -> None:
    """Nobody wants to know how far it is."""


def _below(layout: SheetLayout, key: str) -> tuple[str, int]:
    return layout.columns[key], layout.header_row + 1


def _first(layout: SheetLayout, key: str) -> str:
    return f"{layout.columns[key]}{layout.header_row + 1}"


def _by_column(values: Mapping[str, object], columns: Mapping[str, str]) -> Row:
    return {columns[key]: value for key, value in values.items() if key in columns}  # type: ignore[misc]


def _one_cell(place: Place, value: str | int | None) -> Mapping[int, Row]:
    letters = place.cell.rstrip("0123456789")
    return {int(place.cell[len(letters) :]): {letters: value}}


def _kept(value: object) -> object:
    return f"'{value}" if isinstance(value, str) else value
