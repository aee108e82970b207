"""Writing a run's steps into the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.addressees import Addressee
from ..domain.states import State
from ..journal import Dispatch, Journal
from ..ports import Receipt


@dataclass(frozen=True, slots=True)
class Record:
    """The journal as one run writes in it. Everything here raises JournalError when it cannot be written down."""

    journal: Journal
    run: str

    def advance(
        self,
        dispatch: Dispatch,
        state: State,
        *,
        code: str = "",
        detail: str = "",
        job: str = "",
        addressees: Iterable[Addressee] = (),
    ) -> Dispatch:
        """*dispatch*, now in *state*; *addressees* are those of its mail that this is about."""
        return self.journal.advance(
            self.run, dispatch.intent.id, state, code=code, detail=detail, job=job, addressees=addressees
        )

    def receipt(self, dispatch: Dispatch, receipt: Receipt, *, job: str = "") -> Dispatch:
        """*dispatch* after a server or printer gave *receipt*."""
        return self.advance(dispatch, receipt.state, code=receipt.code, detail=receipt.detail, job=job)
