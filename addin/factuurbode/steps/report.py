"""What a command has to tell when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from ..domain.preflight import Checked
from ..domain.problems import Problem
from ..domain.states import DELIVERED, WORST_FIRST, State
from ..domain.totals import signed_total
from ..errors import FactuurError
from ..ports import Outcome

_FINE = DELIVERED | {State.HELD, State.VOID}


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one invoice over one channel, the PDF that it is about, and whose and how much (EUR) it is.

    `earlier` says that it had been delivered before anything was asked now.
    """

    invoice: str
    outcome: Outcome
    pdf: Path | None = None
    customer: str = ""
    total: Decimal | None = None
    earlier: bool = False

    @property
    def fine(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.outcome.state in _FINE

    def of(self, checked: Checked) -> Result:
        """The same result with the customer and the amount of its invoice; a credit note's is negative."""
        customer = checked.invoice.customer
        total = signed_total(checked.invoice, checked.amounts.total) if checked.amounts else None
        return replace(self, customer=customer.name if customer else "", total=total)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run came to; `book_error` is why the workbook could not be told at its end."""

    results: tuple[Result, ...] = ()
    warnings: tuple[Problem, ...] = ()
    book_error: FactuurError | None = None
    rehearsal: bool = False
    cancelled: bool = False

    @property
    def counts(self) -> Mapping[State, int]:
        """How many results there are of each state, worst first."""
        counted = Counter(result.outcome.state for result in self.results)
        return {state: counted[state] for state in WORST_FIRST if counted[state]}

    @property
    def earlier(self) -> int:
        """How many results are of invoices that had been delivered before."""
        return sum(result.earlier for result in self.results)

    @property
    def news(self) -> Mapping[State, int]:
        """`counts` of what was not delivered before."""
        return replace(self, results=tuple(result for result in self.results if not result.earlier)).counts

    @property
    def worst_first(self) -> tuple[Result, ...]:
        """The results, failures first, each state in the order of delivery."""
        return tuple(sorted(self.results, key=lambda result: WORST_FIRST.index(result.outcome.state)))

    @property
    def all_fine(self) -> bool:
        """Whether everything that was asked for has been delivered."""
        return all(result.fine or (self.rehearsal and result.outcome.state is State.READY) for result in self.results)


class Watch(Protocol):
    """Someone who follows a run as it goes, such as a progress bar."""

    @property
    def cancelled(self) -> bool:
        """Whether the person wants nothing more to go out; what went out stays recorded."""
        ...

    def begins(self, invoices: int) -> None:
        """So many invoices are about to go out."""
        ...

    def done(self, result: Result) -> None:
        """One channel of an invoice is done."""
        ...

    def invoice_done(self) -> None:
        """One more invoice is done, over all its channels."""
        ...
