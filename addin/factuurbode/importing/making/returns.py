"""Which invoice a return corrects (B8, L9): the one it names, or the last one on which the customer got the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ...domain.model import Invoice, Kind

NO_DAY = date.min


@dataclass(frozen=True, slots=True)
class Original:
    """An invoice that a return may correct: its number, or of one that this import makes, its place in the proposal."""

    number: str = ""
    draft: int | None = None


class Originals:
    """What customers got, and on which invoice it is."""

    def __init__(self, invoices: Iterable[Invoice]) -> None:
        self._got: defaultdict[tuple[str, str], list[tuple[date, Original]]] = defaultdict(list)
        for invoice in invoices:
            if invoice.kind is Kind.INVOICE:
                for line in invoice.lines:
                    day = line.delivered or invoice.period_to or invoice.issued or NO_DAY
                    self.note(invoice.customer_number, line.article, line.description, day, Original(invoice.number))

    def note(self, payer: str, article: str, description: str, day: date, original: Original) -> None:
        """*payer* got this on *day*, and it stands on *original*."""
        for name in {article, description} - {""}:
            self._got[payer, name.casefold()].append((day, original))

    def of(self, payer: str, article: str, description: str, day: date) -> Original | None:
        """The invoice with the last delivery of the article, or of what is called so, up to *day*; None if none is."""
        got = self._got.get((payer, (article or description).casefold()))
        got = got or self._got.get((payer, description.casefold()))
        before = [(when, place) for place, (when, _) in enumerate(got or ()) if when <= day]
        return got[max(before)[1]][1] if got and before else None
