"""Invoice numbers that are void, each with its reason (L4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..domain.numbering import same_number
from .schema import transaction, translated


@dataclass(frozen=True, slots=True)
class Void:
    """A number that is void since `at`, as it was written, and why."""

    number: str
    at: datetime
    reason: str


class Voids:
    """The void numbers in the journal at *path*, over its connection."""

    def __init__(self, database: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
        self._database = database
        self._path = path
        self._now = now

    def record(self, run: str, number: str, reason: str) -> None:
        """*number* is void from now on; nothing happens when it was already."""
        facts = (same_number(number), number.strip(), self._now().isoformat(), run, reason)
        with transaction(self._database, self._path):
            self._database.execute("INSERT OR IGNORE INTO void VALUES(?, ?, ?, ?, ?)", facts)

    def all(self) -> Mapping[str, Void]:
        """The void numbers by what `same_number` makes of them, oldest first."""
        with translated(self._path):
            rows = self._database.execute("SELECT * FROM void ORDER BY at, number").fetchall()
        return {row["number"]: Void(row["written"], datetime.fromisoformat(row["at"]), row["reason"]) for row in rows}
