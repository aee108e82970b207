"""Invoice numbers that are void, each with its reason (L4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..domain.numbering import same_number
from .schema import transaction, translated

_STEP = "INSERT INTO void_step(at, run, number, written, void, reason) VALUES(?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Void:
    """A number that is void since `at`, as it was written, and why."""

    number: str
    at: datetime
    reason: str


class Voids:
    """The void numbers in the journal at *path*, over its connection. A void that is taken back stays in it, too."""

    def __init__(self, database: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
        self._database = database
        self._path = path
        self._now = now

    def record(self, run: str, number: str, reason: str) -> Void:
        """*number* is void from now on; one that was already keeps its reason. Returned is what stands of it."""
        self._step(run, number, reason, void=True)
        return self.all()[same_number(number)]

    def take_back(self, run: str, number: str, reason: str) -> None:
        """*number* is no longer void, for *reason*; nothing happens when it was not."""
        self._step(run, number, reason, void=False)

    def _step(self, run: str, number: str, reason: str, *, void: bool) -> None:
        facts = (self._now().isoformat(), run, same_number(number), number.strip(), int(void), reason)
        with transaction(self._database, self._path):
            if (same_number(number) in self._newest()) is not void:
                self._database.execute(_STEP, facts)

    def all(self) -> Mapping[str, Void]:
        """The numbers that are void, by what `same_number` makes of them, oldest first."""
        with translated(self._path):
            return self._newest()

    def _newest(self) -> Mapping[str, Void]:
        rows = self._database.execute("SELECT * FROM void_now ORDER BY n").fetchall()
        return {row["number"]: Void(row["written"], datetime.fromisoformat(row["at"]), row["reason"]) for row in rows}
