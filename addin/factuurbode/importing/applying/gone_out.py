"""Whether an invoice has gone out: what an import, an undo and a void ask first."""

from __future__ import annotations

from collections.abc import Callable

from ...domain.ledger import Ledger
from ...domain.numbering import same_number
from ...domain.states import IN_FLIGHT, NEVER_BY_ITSELF
from ...journal import Journal


def gone_out_of(journal: Journal, ledger: Ledger) -> Callable[[str], bool]:
    """Whether an invoice has reached somebody, or may have, or is on its way."""
    never = NEVER_BY_ITSELF | IN_FLIGHT
    told = {same_number(one.number): one.recorded.states.values() for one in ledger.invoices}

    def gone_out(number: str) -> bool:
        if never.intersection(told.get(same_number(number), ())):
            return True
        return any(dispatch.state in never for dispatch in journal.of_invoice(number))

    return gone_out
