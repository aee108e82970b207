"""What a credit note corrects (L9; Wet OB art. 35a lid 2, directive 2006/112/EC art. 219)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..model import Invoice, Kind
from ..numbering import same_number
from ..problems import Problem, Severity
from ..totals import Totals


@dataclass(frozen=True, slots=True)
class Corrections:
    """The invoices of a book by number, as `same_number` has it, and the totals that there are to compare.

    `totals` is what an invoice comes to and `credited` what all credit notes on it come to, in EUR incl. VAT.
    """

    invoices: Mapping[str, Invoice] = field(default_factory=dict)
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    credited: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def among(cls, invoices: Iterable[tuple[Invoice, Totals | None]]) -> Corrections:
        """Those of *invoices*, each with its amounts: None when its lines are incomplete or its number is void."""
        by_number: dict[str, Invoice] = {}
        totals: dict[str, Decimal] = {}
        credited: defaultdict[str, Decimal] = defaultdict(Decimal)
        for invoice, amounts in invoices:
            number = same_number(invoice.number)
            by_number.setdefault(number, invoice)
            if amounts is None:
                continue
            totals.setdefault(number, amounts.total)
            if invoice.kind is Kind.CREDIT_NOTE:
                credited[same_number(invoice.corrects)] += amounts.total
        return cls(by_number, totals, credited)


def credit_note_problems(corrections: Corrections, invoice: Invoice) -> Iterator[Problem]:
    """What is wrong with what the credit note *invoice* says that it corrects."""
    where, number = invoice.origin.at("corrects"), same_number(invoice.corrects)
    original = corrections.invoices.get(number)
    if not number:
        yield Problem("corrects_missing", place=where)
    elif number == same_number(invoice.number):
        yield Problem("corrects_itself", place=where, value=invoice.corrects)
    elif original is None:
        yield Problem("corrects_unknown", Severity.WARNING, where, invoice.corrects)
    elif original.kind is Kind.CREDIT_NOTE:
        yield Problem("corrects_credit_note", place=where, value=invoice.corrects)
    elif not _same_buyer(original, invoice):
        yield Problem("corrects_other_customer", place=where, value=invoice.corrects, detail=original.customer_number)
    else:
        yield from _beside(corrections, original, invoice)


def _beside(corrections: Corrections, original: Invoice, invoice: Invoice) -> Iterator[Problem]:
    """What the two of them, laid side by side, do not agree about."""
    number = same_number(original.number)
    total, credited = corrections.totals.get(number), corrections.credited.get(number)
    if total is not None and credited is not None and credited > total:
        where = invoice.origin.at("corrects")
        yield Problem("credited_too_much", Severity.WARNING, where, credited, detail=total)
    if invoice.issued and original.issued and invoice.issued < original.issued:
        where = invoice.origin.at("date")
        yield Problem("credit_note_too_early", Severity.WARNING, where, invoice.issued, detail=original.issued)


def _same_buyer(original: Invoice, invoice: Invoice) -> bool:
    """Whether both went to the same customer, or to one who pays for both."""
    buyers = [one.customer.number if one.customer else "" for one in (original, invoice)]
    return original.customer_number == invoice.customer_number or (bool(buyers[0]) and buyers[0] == buyers[1])
