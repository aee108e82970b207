"""An import, or its undo, that can be killed at any step: as a program of its own.

    python mortal_import.py ORDER

ORDER is JSON: the fields of `Order`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from factuurbode.domain.additions import Additions, Removals
from factuurbode.importing.applying import undo as undoing
from factuurbode.importing.applying.apply import apply
from factuurbode.importing.applying.copies import put_back
from factuurbode.importing.applying.undo import undo
from factuurbode.journal import Journal
from factuurbode.journal.imports import Imports, ImportState, Intention
from factuurbode.journal.journal import beside
from factuurbode.workbook.closed import ClosedBook
from support.mortal import Death
from support.proposals import NEW, WHITE, a_proposal


@dataclass(frozen=True)
class Order:
    """The workbook, what to do with it (`apply`, `undo`), and when to die."""

    book: str
    what: str
    step: str
    moment: str

    def runs(self) -> int:
        """Do it in a process of its own; return how that ended."""
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        order = json.dumps(asdict(self))
        return subprocess.run([sys.executable, __file__, order], check=False, env=environment).returncode


class MortalImports(Imports):
    """The real ones; they only meet their death at a step."""

    death: Death

    def intend(self, intention: Intention) -> None:
        self.death.may_come("intend", "before")
        super().intend(intention)
        self.death.may_come("intend", "after")

    def advance(
        self, run: str, number: str, state: ImportState, detail: str = "", contents: Iterable[Any] = ()
    ) -> None:
        self.death.may_come(state, "before")
        super().advance(run, number, state, detail, contents)
        self.death.may_come(state, "after")


class MortalJournal(Journal):
    """The real journal with imports that may die."""

    death: Death

    @cached_property
    def imports(self) -> Imports:
        mortal = MortalImports(self._database, self._path, self._now)
        mortal.death = self.death
        return mortal

    def note(self, **facts: str) -> None:
        self.death.may_come(f"note {next(iter(facts))}", "before")
        super().note(**facts)
        self.death.may_come(f"note {next(iter(facts))}", "after")


class MortalBook(ClosedBook):
    """The real workbook; it only meets its death when it is written."""

    death: Death

    def add(self, additions: Additions, last_run: str) -> None:
        self.death.may_come("book", "before")
        super().add(additions, last_run)
        self.death.may_come("book", "after")

    def remove(self, removals: Removals, last_run: str) -> None:
        self.death.may_come("book", "before")
        super().remove(removals, last_run)
        self.death.may_come("book", "after")


def main(order: Order) -> None:
    death = Death(order.step, order.moment)
    path = Path(order.book)
    book = MortalBook(path)
    MortalJournal.death = MortalBook.death = death
    journal = MortalJournal(beside(path))

    def mortal_put_back(kept: Path, sha256: str, target: Path) -> bool:
        death.may_come("book", "before")
        done = put_back(kept, sha256, target)
        death.may_come("book", "after")
        return done

    undoing.put_back = mortal_put_back  # type: ignore[attr-defined, assignment]
    if order.what == "apply":
        proposal = a_proposal(customers_added=(NEW,), products_added=(WHITE,))
        apply(book, journal, book.read(), proposal, lambda: datetime(2026, 11, 9, 8, 30, tzinfo=UTC))
    else:
        undo(book, journal, book.read(), "", sure=True)


if __name__ == "__main__":
    main(Order(**json.loads(sys.argv[1])))
