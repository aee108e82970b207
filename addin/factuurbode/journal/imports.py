"""What imports brought into the workbook: written down before the workbook changes, and after it has.

    intended ─► applied ─► undoing ─► undone
           └─► abandoned       └─► applied

Which of two it became is seen in the workbook, where each of them notes its run (`settle`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from ..domain.additions import Rows
from .schema import transaction, translated


class ImportState(StrEnum):
    """How far an import is."""

    INTENDED = "intended"
    APPLIED = "applied"
    ABANDONED = "abandoned"
    UNDOING = "undoing"
    UNDONE = "undone"


STEPS: Mapping[ImportState, frozenset[ImportState]] = {
    ImportState.INTENDED: frozenset({ImportState.APPLIED, ImportState.ABANDONED}),
    ImportState.APPLIED: frozenset({ImportState.UNDOING}),
    ImportState.UNDOING: frozenset({ImportState.UNDONE, ImportState.APPLIED}),
}
UNSETTLED = frozenset({ImportState.INTENDED, ImportState.UNDOING})
IN_THE_WORKBOOK = frozenset({ImportState.APPLIED, ImportState.UNDOING})


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of a file: which it is, what it said, and the invoice that it is on."""

    key: str
    content: str
    invoice: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a customer or product that an import changed, as it was shown before and after."""

    kind: Rows
    number: str
    field: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Intention:
    """What an import is about to do. `kept` is the copy of the workbook as it was, `last_run` what stood in it."""

    id: str
    files: tuple[str, ...]
    kept: Path
    kept_sha256: str
    last_run: str
    rows: Sequence[ImportedRow] = ()
    added: Mapping[Rows, Sequence[str]] = field(default_factory=dict)
    changes: Sequence[CellChange] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """An import that is in the journal; `run` took its newest step.

    `applied_sha256` is the workbook's just after it, '' where that is not known.
    """

    id: str
    at: datetime
    files: tuple[str, ...]
    kept: Path
    kept_sha256: str
    last_run: str
    state: ImportState
    run: str
    applied_sha256: str


_IMPORTS = """
SELECT import.id, import.files, import.kept, import.kept_sha256, import.last_run,
    first.at, last.state, last.run, coalesce(told.detail, '') AS applied_sha256
FROM import
JOIN import_step AS first ON first.n = (SELECT min(n) FROM import_step WHERE import = import.id)
JOIN import_step AS last ON last.n = (SELECT max(n) FROM import_step WHERE import = import.id)
LEFT JOIN import_step AS told ON told.n = (
    SELECT min(n) FROM import_step WHERE import = import.id AND state = 'applied' AND detail <> '')
ORDER BY last.n
"""


_KNOWN = """
SELECT import_row.key, import_row.content, import_row.invoice FROM json_each(?) AS asked
JOIN import_row ON import_row.key BETWEEN asked.value AND asked.value || char(0x10FFFF)
WHERE import_row.import IN (
    SELECT import FROM import_step
    WHERE n IN (SELECT max(n) FROM import_step GROUP BY import) AND state IN ('applied', 'undoing'))
AND import_row.invoice NOT IN (SELECT written FROM void_now)
ORDER BY import_row.rowid
"""
_ANEW = """
SELECT DISTINCT other.invoice FROM import_row AS mine JOIN import_row AS other ON other.key = mine.key
WHERE mine.invoice = ? AND other.invoice <> mine.invoice
AND other.import IN (
    SELECT import FROM import_step
    WHERE n IN (SELECT max(n) FROM import_step GROUP BY import) AND state IN ('applied', 'undoing'))
AND other.invoice NOT IN (SELECT written FROM void_now)
ORDER BY other.invoice
"""


class Imports:
    """The imports in the journal at *path*, over its connection."""

    def __init__(self, database: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
        self._database = database
        self._path = path
        self._folder = path.parent.resolve()
        self._now = now

    # --- writing ---
    def intend(self, intention: Intention) -> None:
        """Write down what is about to happen, all at once. The intention's id is that of its run."""
        named = intention.id
        with transaction(self._database, self._path):
            facts = (named, json.dumps(intention.files), self._stored(intention.kept), intention.kept_sha256)
            self._database.execute("INSERT INTO import VALUES(?, ?, ?, ?, ?)", (*facts, intention.last_run))
            self._database.executemany(
                "INSERT INTO import_row VALUES(?, ?, ?, ?)",
                ((named, row.key, row.content, row.invoice) for row in intention.rows),
            )
            self._database.executemany(
                "INSERT INTO import_added VALUES(?, ?, ?)",
                ((named, kind, number) for kind, numbers in intention.added.items() for number in numbers),
            )
            self._database.executemany(
                "INSERT INTO import_change VALUES(?, ?, ?, ?, ?, ?)",
                ((named, one.kind, one.number, one.field, one.was, one.became) for one in intention.changes),
            )
            self._step(named, named, ImportState.INTENDED)

    def advance(
        self,
        run: str,
        number: str,
        state: ImportState,
        detail: str = "",
        contents: Iterable[tuple[Rows, str, str]] = (),
    ) -> None:
        """Record that the import *number* is now in *state*; *contents* is what each thing that it added says.

        Raises LookupError for an unknown import, ValueError for a step that `STEPS` does not have.
        """
        current = self.one(number).state
        if state not in STEPS.get(current, ()):
            raise ValueError(f"an import that is {current} cannot become {state}")
        with transaction(self._database, self._path):
            self._database.executemany(
                "INSERT INTO import_content VALUES(?, ?, ?, ?)", ((number, *content) for content in contents)
            )
            self._step(run, number, state, detail)

    def _step(self, run: str, number: str, state: ImportState, detail: str = "") -> None:
        facts = (self._now().isoformat(), run, number, state, detail)
        self._database.execute("INSERT INTO import_step(at, run, import, state, detail) VALUES(?, ?, ?, ?, ?)", facts)

    # --- reading ---
    def all(self) -> tuple[Import, ...]:
        """All imports, in the order of their newest steps."""
        with translated(self._path):
            rows = self._database.execute(_IMPORTS).fetchall()
        return tuple(self._import(row) for row in rows)

    def one(self, number: str) -> Import:
        """The import *number*. Raises LookupError when there is none."""
        for found in self.all():
            if found.id == number:
                return found
        raise LookupError(number)

    def known(self, beginnings: Collection[str]) -> Mapping[str, ImportedRow]:
        """By key, the rows whose key begins with one of *beginnings* and that stand in the workbook through an import.

        Not those of an import that was undone, nor those on a number that is void.
        """
        with translated(self._path):
            rows = self._database.execute(_KNOWN, (json.dumps(list(beginnings)),)).fetchall()
        return {row["key"]: ImportedRow(row["key"], row["content"], row["invoice"]) for row in rows}

    def added(self, number: str) -> Mapping[Rows, tuple[str, ...]]:
        """The numbers of what the import *number* added."""
        numbers: dict[Rows, list[str]] = {}
        for row in self._rows("SELECT kind, number FROM import_added WHERE import = ? ORDER BY rowid", number):
            numbers.setdefault(Rows(row["kind"]), []).append(row["number"])
        return {kind: tuple(some) for kind, some in numbers.items()}

    def contents(self, number: str) -> Mapping[tuple[Rows, str], str]:
        """What each thing that the import *number* added said when it was added."""
        rows = self._rows("SELECT kind, number, content FROM import_content WHERE import = ?", number)
        return {(Rows(row["kind"]), row["number"]): row["content"] for row in rows}

    def changes(self, number: str) -> tuple[CellChange, ...]:
        """The cells that the import *number* changed."""
        rows = self._rows("SELECT * FROM import_change WHERE import = ? ORDER BY rowid", number)
        return tuple(
            CellChange(Rows(row["kind"]), row["number"], row["field"], row["was"], row["became"]) for row in rows
        )

    def numbers_given(self) -> tuple[str, ...]:
        """The numbers of all invoices that imports brought into the workbook and that were not undone."""
        lasting = [one.id for one in self.all() if one.state in IN_THE_WORKBOOK]
        return tuple(number for one in lasting for number in self.added(one).get(Rows.INVOICES, ()))

    def numbers_undone(self) -> tuple[str, ...]:
        """The numbers of all invoices that imports brought into the workbook and that were undone."""
        undone = [one.id for one in self.all() if one.state is ImportState.UNDONE]
        return tuple(number for one in undone for number in self.added(one).get(Rows.INVOICES, ()))

    def invoiced_anew(self, number: str) -> tuple[str, ...]:
        """The invoices that have rows of files which the invoice *number* had before, while that is void."""
        return tuple(row["invoice"] for row in self._rows(_ANEW, number))

    def _rows(self, query: str, number: str) -> list[sqlite3.Row]:
        with translated(self._path):
            return self._database.execute(query, (number,)).fetchall()

    def _import(self, row: sqlite3.Row) -> Import:
        return Import(
            id=row["id"],
            at=datetime.fromisoformat(row["at"]),
            files=tuple(json.loads(row["files"])),
            kept=self._folder / row["kept"],
            kept_sha256=row["kept_sha256"],
            last_run=row["last_run"],
            state=ImportState(row["state"]),
            run=row["run"],
            applied_sha256=row["applied_sha256"],
        )

    def _stored(self, path: Path) -> str:
        whole = path.resolve()
        return (whole.relative_to(self._folder) if whole.is_relative_to(self._folder) else whole).as_posix()
