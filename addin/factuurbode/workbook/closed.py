"""A workbook that lies closed on disk, as the Book port. It is read whole and written by splicing."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from ..domain.ledger import Ledger
from ..domain.model import Language
from ..domain.numbering import same_number
from ..errors import BookIncomplete, BookMissing, BookNotWritable, BookUnreadable, disk_reason
from ..ports import LogRow, StatusRow
from ..texts import outcome_sentence, texts_in
from .cells import identifier
from .columns import INVOICES, LOG, SETTINGS
from .layout import FoundSheet, find_sheets, index_of
from .memory import give_back
from .reader import ledger_of
from .rows import SheetRows
from .settings_reader import read_settings
from .sheet_xml import Formula, Row, Value
from .source import Source
from .splice import SheetEdit, splice
from .statuses import SEPARATOR, channel_word, state_word

_MISREAD = re.compile(r"#|%[0-9A-Fa-f]{2}")  # in a link `#` begins a place in the file, and `%20` is a space
_LONGEST_LINK = 255  # Excel takes no longer text between the quotes of a formula


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
        language, found = find_sheets(source, (SETTINGS, INVOICES, LOG))
        settings = read_settings(SheetRows(source, SETTINGS, found[SETTINGS.key], language), self._path)
        place = settings.places.get("workbook.last_run")
        if place is None:
            raise BookIncomplete(path=self._path, missing=f"{found[SETTINGS.key].layout.title} › workbook.last_run")
        invoices, logbook = found[INVOICES.key], found[LOG.key]
        columns = logbook.layout.columns
        edits = {
            invoices.layout.title: SheetEdit(self._status_cells(invoices, statuses, language)),
            logbook.layout.title: SheetEdit(
                appended=[_log_cells(row, columns, language) for row in log], header_row=logbook.layout.header_row
            ),
            place.sheet: SheetEdit({place.cell: last_run}),
        }
        splice(self._path, self._path, edits)

    def _there(self) -> bool:
        try:
            return self._path.exists()
        except OSError as error:
            raise BookUnreadable(path=self._path, detail=disk_reason(error)) from error

    def _status_cells(
        self, sheet: FoundSheet, statuses: Sequence[StatusRow], language: Language
    ) -> Mapping[str, Value]:
        row_of = _rows_by_number(sheet)
        cells: dict[str, Value] = {}
        for status in statuses:
            row = row_of.get(same_number(status.invoice))
            if row is not None:
                for key, value in self._status_values(status, language).items():
                    cells[f"{sheet.layout.columns[key]}{row}"] = value
        return cells

    def _status_values(self, status: StatusRow, language: Language) -> Mapping[str, Value]:
        texts = texts_in(language)
        recipients = dict.fromkeys(address for outcome in status.outcomes for address in outcome.recipients)
        sentences = filter(None, dict.fromkeys(outcome_sentence(texts, outcome) for outcome in status.outcomes))
        return {
            "status": SEPARATOR.join(state_word(outcome.state, language) for outcome in status.outcomes),
            "updated": status.updated,
            "channel": SEPARATOR.join(channel_word(outcome.channel, language) for outcome in status.outcomes),
            "sent_to": "; ".join(recipients),
            "pdf": self._link(status.pdf) if status.pdf else None,
            "message": " ".join(sentences),
            "dispatch": status.dispatch,
        }

    def _link(self, pdf: Path) -> Value:
        """A link that still works when the folder is moved; where Excel cannot link, the path as text."""
        target, folder = pdf.resolve(), self._folder
        shown = (target.relative_to(folder) if target.is_relative_to(folder) else target).as_posix()
        if len(shown) > _LONGEST_LINK or _MISREAD.search(shown):
            return shown
        quoted, name = (text.replace('"', '""') for text in (shown, pdf.name))
        return Formula(f'HYPERLINK("{quoted}","{name}")', pdf.name)


def _owner_files(name: str) -> tuple[str, ...]:
    """What Excel and LibreOffice put beside a workbook while it is open.

    Excel's takes the place of the first two letters of a name that is long enough.
    """
    return f"~${name}", f"~${name[2:]}", f".~lock.{name}#"


def _rows_by_number(sheet: FoundSheet) -> Mapping[str, int]:
    column = index_of(sheet.layout.columns["number"])
    rows: dict[str, int] = {}
    for row, cells in enumerate(sheet.rows[sheet.layout.header_row :], start=sheet.layout.header_row + 1):
        if column < len(cells) and cells[column] != "":
            rows.setdefault(same_number(_number(cells[column])), row)
    return rows


def _number(cell: object) -> str:
    return identifier(cell) if isinstance(cell, str | int | float) else ""


def _log_cells(row: LogRow, columns: Mapping[str, str], language: Language) -> Row:
    values: dict[str, Value] = {
        "when": row.when,
        "run": row.run,
        "invoice": row.invoice,
        "channel": channel_word(row.outcome.channel, language),
        "recipient": "; ".join(row.outcome.recipients),
        "state": state_word(row.outcome.state, language),
        "message": outcome_sentence(texts_in(language), row.outcome),
    }
    return {columns[key]: value for key, value in values.items()}
