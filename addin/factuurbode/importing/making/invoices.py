"""Ready-made invoices: rows that have an invoice number already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from ...domain.model import Customer, Kind
from ...domain.numbering import same_number
from ..columns import or_else
from ..fault import Fault
from .batch import Batch
from .deliveries import find_buyers
from .drafting import Drafting
from .grouping import Groups, Said
from .made import Around, Made
from .pricing import priced
from .recognising import recognised


def made_of_invoices(batch: Batch, around: Around) -> Made:
    """The invoices of the rows of *batch* under their own numbers, and what became of the other rows."""
    made = Made()
    batch.columns["number"] = batch.column("invoice")  # what identifies the row
    batch.columns["delivered"] = or_else(batch.column("delivered"), batch.column("issued"))
    for key in ("invoice", "issued", "delivered", "kind", "period_from", "period_to", "remark"):
        batch.reject_faults(batch.column(key))
    batch.reject(batch.column("invoice").where(lambda number: not number), Fault("invoice_missing"))
    batch.reject(batch.column("issued").where(lambda day: day is None), Fault("issued_missing"))
    find_buyers(batch, around.buyers)
    priced(batch, around.products, small_business=around.ledger.settings.company.small_business)
    made.rejected += batch.rejected()
    batch = batch.take(batch.good())
    identities, fresh = recognised(batch, around, made)
    if not fresh.all():
        batch, identities = batch.take(fresh), identities.take(fresh)
    taken = {same_number(invoice.number): invoice.number for invoice in around.ledger.invoices}
    drafting = Drafting(batch, identities, around.ledger.settings.company.small_business)
    made.drafts = drafting.drafts(
        Groups.of(group for number, rows in _by_number(batch).items() for group in _group(batch, number, rows, taken))
    )
    made.rejected += batch.rejected()
    return made


def _by_number(batch: Batch) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row, number in enumerate(batch.columns["invoice"].each()):
        found[number].append(row)
    return found


def _group(batch: Batch, number: str, rows: list[int], taken: dict[str, str]) -> Iterator[tuple[list[int], Said]]:
    """The invoice of *rows*, or none when it may not be made; its rows are then rejected."""
    fault = _fault(batch, number, rows, taken)
    if fault:
        for row in rows:
            batch.reasons[row].append(fault.reason)
        return
    first = rows[0]
    said = Said(
        batch.columns["payer"].at(first),
        batch.columns["issued"].at(first),
        _kind(batch, rows),
        number,
        corrects=batch.column("corrects").at(first) or "",
        remark=batch.column("remark").at(first) or "",
        reference=batch.column("reference").at(first) or "",
        period=_period(batch, first),
    )
    yield rows, said


def _fault(batch: Batch, number: str, rows: list[int], taken: dict[str, str]) -> Fault | None:
    if same_number(number) in taken:
        return Fault("invoice_exists", value=taken[same_number(number)])
    for key in ("payer", "issued", "corrects"):
        column = batch.column(key)
        if len({_identity(column.at(row)) for row in rows}) > 1:
            return Fault(f"invoice_{key}_differs", value=number)
    if len({batch.columns["money"].at(row).back for row in rows}) > 1:
        return Fault("invoice_mixed", value=number)
    if _kind(batch, rows) is Kind.CREDIT_NOTE and not batch.column("corrects").at(rows[0]):
        return Fault("corrects_missing", value=number)
    return None


def _kind(batch: Batch, rows: list[int]) -> Kind:
    """A credit note when it says so, or when all of it goes back."""
    back = batch.columns["money"].at(rows[0]).back
    return Kind.CREDIT_NOTE if back else batch.column("kind").at(rows[0]) or Kind.INVOICE


def _identity(value: Any) -> Any:
    return value.number if isinstance(value, Customer) else value


def _period(batch: Batch, row: int) -> tuple[date, date] | None:
    first, last = batch.column("period_from").at(row), batch.column("period_to").at(row)
    return (first, last) if first and last else None
