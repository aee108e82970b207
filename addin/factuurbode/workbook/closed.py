"""A workbook that lies closed on disk, as the Book port. It is read whole and written by splicing."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from ..domain.additions import Additions, Removals
from ..domain.ledger import Ledger
from ..domain.model import Language, Place
from ..domain.numbering import same_number
from ..errors import BookIncomplete, BookMissing, BookNotWritable, BookUnreadable, StorageError, disk_reason
from ..files import scratch_beside
from ..ports import LogRow, StatusRow, StrayPassword
from .columns import INVOICES, LINES, LOG, SETTINGS
from .fixing import fixed_cells_of_invoice, fixed_cells_of_lines
from .layout import FoundSheet, find_sheets
from .memory import give_back
from .own_formulas import OwnFormulas
from .parts.cell_xml import Value
from .parts.forgotten_text import forget_texts
from .parts.sheet_xml import Row
from .placing import SHEET_OF, Placing
from .reader import ledger_of
from .rows import SheetRows
from .settings.reader import read_settings
from .shown import log_values, rows_by_number, status_values
from .source import Source
from .splicing.splice import SheetEdit, splice
from .stray_passwords import stray_passwords


class ClosedBook:
    """An .xlsx file that no spreadsheet program has open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._weighed = ""

    @cached_property
    def _folder(self) -> Path:
        return self._path.parent.resolve()

    @property
    def path(self) -> Path:
        """Where the workbook is."""
        return self._path

    @property
    def live(self) -> bool:
        """Never: it is written in one go, when a run ends."""
        return False

    def read(self) -> Ledger:
        """Everything the workbook says. Raises BookMissing, BookUnreadable or BookIncomplete."""
        source = Source(self._path)
        self._weighed = source.digest
        ledger = ledger_of(source)
        del source
        give_back()
        return ledger

    def ensure_writable(self) -> None:
        """Raises BookNotWritable when the file is open elsewhere or read-only, BookMissing when it is gone."""
        if not self._there():
            raise BookMissing(path=self._path)
        opened = any(os.path.lexists(self._path.with_name(name)) for name in _owner_files(self._path.name))
        if opened or not os.access(self._path, os.W_OK) or not os.access(self._path.parent, os.W_OK):
            raise BookNotWritable(path=self._path)
        try:
            with self._path.open("r+b"):
                pass
        except OSError as error:  # on Windows, Excel keeps the file locked while it is open
            raise BookNotWritable(path=self._path) from error

    def write(self, statuses: Sequence[StatusRow], log: Sequence[LogRow], last_run: str) -> None:
        """Show *statuses*, append *log*, note *last_run*: all in one replacement of the file, or nothing.

        The workbook is read again first, because rows may have moved since; a status of an invoice that is gone
        stays in the Log only. Raises BookNotWritable, BookUnreadable, BookIncomplete or StorageError.
        """
        self.ensure_writable()
        source = Source(self._path, weighed=self._weighed)
        fixing = [status for status in statuses if status.said is not None]
        language, found = find_sheets(source, (SETTINGS, INVOICES, LOG, *([LINES] if fixing else [])))
        invoices, logbook = found[INVOICES.key], found[LOG.key]
        columns = logbook.layout.columns
        appended = [_by_column(log_values(row, language), columns) for row in log]
        edits = {
            invoices.layout.title: SheetEdit(self._status_cells(invoices, statuses, language)),
            logbook.layout.title: SheetEdit(appended=appended, header_row=logbook.layout.header_row),
        }
        if fixing:
            lines = found[LINES.key]
            rows = SheetRows(source, LINES, lines, language)
            fixed = fixed_cells_of_lines(fixing, rows, lines.layout.columns, language)
            edits[lines.layout.title] = SheetEdit(fixed)
        splice(self._path, self._path, self._with_last_run(source, language, found, edits, last_run))

    def add(self, additions: Additions, last_run: str) -> None:
        """Put in the rows and changes, note *last_run*: all in one replacement of the file, or nothing.

        Raises BookNotWritable, BookUnreadable, BookIncomplete, NoRoomBelow or StorageError.
        """
        self._spliced(lambda placing: placing.edits(additions), last_run)

    def remove(self, removals: Removals, last_run: str) -> None:
        """Take out the rows, change cells back, note *last_run*: all in one replacement of the file, or nothing.

        Raises BookNotWritable, BookUnreadable, BookIncomplete or StorageError.
        """
        self._spliced(lambda placing: placing.cuts(removals), last_run)

    def _spliced(self, edits_of: Callable[[Placing], Mapping[str, SheetEdit]], last_run: str) -> None:
        self.ensure_writable()
        source = Source(self._path, weighed=self._weighed)
        language, found = find_sheets(source, (SETTINGS, *SHEET_OF.values()))
        edits = edits_of(Placing(source, language, found, OwnFormulas(source).of))
        splice(self._path, self._path, self._with_last_run(source, language, found, edits, last_run))

    def _with_last_run(
        self,
        source: Source,
        language: Language,
        found: Mapping[str, FoundSheet],
        edits: Mapping[str, SheetEdit],
        last_run: str,
    ) -> Mapping[str, SheetEdit]:
        """*edits*, and the cell in which *last_run* is noted."""
        settings = read_settings(SheetRows(source, SETTINGS, found[SETTINGS.key], language), self._path)
        place = settings.places.get("workbook.last_run")
        if place is None:
            raise BookIncomplete(path=self._path, missing=f"{found[SETTINGS.key].layout.title} › workbook.last_run")
        return {**edits, place.sheet: SheetEdit({place.cell: last_run})}

    def passwords(self) -> tuple[StrayPassword, ...]:
        """See `ports.Book.passwords`. Raises what `read` does."""
        return stray_passwords(Source(self._path))

    def fill(self, cells: Mapping[Place, str | int | None]) -> None:
        """See `ports.Book.fill`: in one replacement of the file, or nothing.

        Raises BookNotWritable, BookUnreadable or StorageError.
        """
        self.ensure_writable()
        source = Source(self._path)
        emptied = {stray.text for stray in stray_passwords(source) if cells.get(stray.place, "") is None}
        edits: dict[str, dict[str, Value]] = {}
        for place, value in cells.items():
            edits.setdefault(place.sheet, {})[place.cell] = value
        try:
            with scratch_beside(self._path) as folder:
                filled = folder / self._path.name
                splice(self._path, filled, {sheet: SheetEdit(values) for sheet, values in edits.items()})
                forget_texts(filled, self._path, emptied)
        except OSError as error:
            raise StorageError(path=self._path, detail=disk_reason(error)) from error

    def _there(self) -> bool:
        try:
            return self._path.exists()
        except OSError as error:
            raise BookUnreadable(path=self._path, detail=disk_reason(error)) from error

    def _status_cells(
        self, sheet: FoundSheet, statuses: Sequence[StatusRow], language: Language
    ) -> Mapping[str, Value]:
        row_of = rows_by_number(sheet)
        cells: dict[str, Value] = {}
        for status in statuses:
            row = row_of.get(same_number(status.invoice))
            if row is not None:
                values = status_values(status, language, self._folder) | fixed_cells_of_invoice(status, language)
                for key, value in values.items():
                    if letters := sheet.layout.columns.get(key):
                        cells[f"{letters}{row}"] = value
        return cells


def _owner_files(name: str) -> tuple[str, ...]:
    """What Excel and LibreOffice put beside a workbook while it is open.

    Excel's takes the place of the first two letters of a name that is long enough.
    """
    return f"~${name}", f"~${name[2:]}", f".~lock.{name}#"


def _by_column(values: Mapping[str, Value], columns: Mapping[str, str]) -> Row:
    return {columns[key]: value for key, value in values.items()}
