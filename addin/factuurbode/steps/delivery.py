"""Making PDFs and handing them over, one invoice after the other, whoever takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Protocol

from ..domain.numbering import same_number
from ..domain.preflight import Checked, Preflight
from ..domain.selection import Errand
from ..errors import FactuurError, JournalError, UnknownInvoice
from .rendition import Rendition, Renditions
from .report import Result, Watch
from .staying import left, refused


class Deliverer(Protocol):
    """Who takes a rendition to the customer: the courier, a rehearsal, or the internal copies."""

    def deliver(self, errand: Errand, rendition: Rendition) -> Iterator[Result]:
        """The results that are known at once."""
        ...

    def finish(self) -> Iterator[Result]:
        """The results that had to be waited for."""
        ...


def delivered(
    renditions: Renditions, errands: Sequence[Errand], deliverer: Deliverer, watch: Watch
) -> Iterator[Result]:
    """Make each errand's PDF and hand it over at once, while the next ones are being made."""
    watch.begins(len(errands))
    made = renditions.of([errand.checked for errand in errands])
    waiting = deque(errands)
    while waiting and not watch.cancelled:
        errand, rendition = waiting.popleft(), next(made)
        for result in _handed_over(errand, rendition, deliverer):
            watch.done(result)
            yield result
        watch.invoice_done()
    for errand in waiting:
        yield from (left(errand.checked.invoice.number, channel) for channel in errand.channels)
    for result in deliverer.finish():
        watch.done(result)
        yield result


def _handed_over(errand: Errand, rendition: Rendition | FactuurError, deliverer: Deliverer) -> Iterator[Result]:
    """What cannot be made or prepared keeps one invoice in and lets the others go."""
    if isinstance(rendition, FactuurError):
        yield refused(errand.checked, rendition)
        return
    try:
        yield from deliverer.deliver(errand, rendition)
    except JournalError:
        raise
    except FactuurError as error:
        yield refused(errand.checked, error)


def described(results: Sequence[Result], checked: Preflight) -> tuple[Result, ...]:
    """The results with the names and amounts that a person knows the invoices by."""
    by_number = {same_number(one.invoice.number): one for one in checked.invoices}
    return tuple(result.of(by_number[same_number(result.invoice)]) for result in results)


def requested(checked: Preflight, numbers: Sequence[str] | None) -> Sequence[Checked]:
    """The invoices with these *numbers*; all of them for None. Raises UnknownInvoice."""
    if numbers is None:
        return checked.invoices
    known = {same_number(one.invoice.number) for one in checked.invoices}
    wanted = {same_number(number) for number in numbers}
    if missing := [number for number in numbers if same_number(number) not in known]:
        raise UnknownInvoice(numbers=", ".join(missing))
    return [one for one in checked.invoices if same_number(one.invoice.number) in wanted]
