"""What became of an import whose process died: the workbook says by its last run whether the rows are in it."""

from __future__ import annotations

from collections.abc import Callable

from ...domain.ledger import Ledger
from ...journal import Journal
from ...journal.imports import UNSETTLED, Import, ImportState
from .contents import contents, touched


def settle(journal: Journal, read: Callable[[], Ledger]) -> None:
    """Decide it for each import that is under way; *read* tells the workbook as it is now.

    An import, and an undo that cuts, leave the id of their own run in the workbook; an undo that puts the kept copy
    back leaves that of before the import.
    """
    unsettled = [one for one in journal.imports.all() if one.state in UNSETTLED]
    if unsettled:
        ledger = read()
        for one in unsettled:
            _settle(journal, ledger, one)


def _settle(journal: Journal, ledger: Ledger, one: Import) -> None:
    last_run = ledger.identity.last_run
    if one.state is ImportState.UNDOING:
        undone = last_run in (one.run, one.last_run)
        state = ImportState.UNDONE if undone else ImportState.APPLIED
        journal.imports.advance(one.run, one.id, state)
    elif last_run == one.id:
        said = list(contents(ledger, touched(journal.imports.added(one.id), journal.imports.changes(one.id))))
        journal.imports.advance(one.id, one.id, ImportState.APPLIED, "", said)
    else:
        journal.imports.advance(one.id, one.id, ImportState.ABANDONED)
