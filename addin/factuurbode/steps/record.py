"""Writing a run's steps into the journal."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.states import State
from ..journal import Dispatch, Journal
from ..ports import Receipt


@dataclass(frozen=True, slots=True)
class Record:
    """The journal as one run writes in it. Everything here raises JournalError when it cannot be written down."""

    journal: Journal
    run: str

    def advance(self, dispatch: Dispatch, state: State, *, code: str = "", detail: str = "", job: str = "") -> Dispatch:
        """*dispatch*, now in *state*."""
        return self.journal.advance(self.run, dispatch.intent.id, state, code=code, detail=detail, job=job)

    def receipt(self, dispatch: Dispatch, receipt: Receipt, *, job: str = "") -> Dispatch:
        """*dispatch* after a server or printer gave *receipt*."""
        return self.advance(dispatch, receipt.state, code=receipt.code, detail=receipt.detail, job=job)
