"""Which invoice numbers can be void (L4): those of a series, up to the one that comes next, of which nothing went out.

The next one may be: an invoice that was spoilt on paper, or made outside the workbook, has had it. A number further on
may not: what was mistyped would leave a gap for good.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.ledger import Ledger
from ...domain.numbering import same_number, written
from ...domain.series import spans
from ...errors import NumberingUnclear, VoidAmbiguous, VoidTooFar, VoidUnknown


def to_void(number: str, ledger: Ledger, given: Iterable[str], year: int) -> str:
    """*number* as its series writes it; *given* are all that were ever given, and the settings count in *year*.

    Raises VoidUnknown for a number of no series or before its start, VoidTooFar beyond the next one, VoidAmbiguous for
    one that several invoices have; NumberingUnclear when there is no series at all.
    """
    numbering = ledger.settings.numbering
    known = spans(given, numbering, year)
    if not known:
        raise NumberingUnclear(pattern=numbering.pattern)
    one = written(number, numbering)
    span = known.get(one.series) if one else None
    if one is None or span is None or one.number < span.first:
        raise VoidUnknown(number=number.strip(), series=", ".join(str(known[key]) for key in sorted(known)))
    if one.number > span.last and one.number != span.next:
        raise VoidTooFar(number=number.strip(), next=span.at(span.next))
    found = span.at(one.number)
    cells = [
        str(invoice.origin.at("number"))
        for invoice in ledger.invoices
        if same_number(invoice.number) == same_number(found)
    ]
    if len(cells) > 1:
        raise VoidAmbiguous(number=found, cells=", ".join(cells))
    return found
