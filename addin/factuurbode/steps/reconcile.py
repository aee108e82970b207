"""A person has chosen who is right: the journal, or the workbook as it is now."""

from __future__ import annotations

from enum import StrEnum

from ..domain.ledger import Identity
from ..journal import Journal


class Side(StrEnum):
    """Whom to believe."""

    JOURNAL = "journal"
    WORKBOOK = "workbook"


def reconcile_with(journal: Journal, identity: Identity, side: Side) -> None:
    """Let *journal* and the workbook with *identity* belong together from now on.

    Believing the journal, the workbook is told again all that it has not seen. Believing the workbook, it is told
    nothing of the past. Either way, what this journal knows as sent is never sent again.
    """
    events = journal.events_after(0)
    if side is Side.JOURNAL:
        runs = journal.runs_up_to(identity.last_run)
        seen = max((event.n for event in events if event.run in runs), default=0)
    else:
        seen = events[-1].n if events else 0
    journal.note(book=identity.id, written_run=identity.last_run, written_event=str(seen))
