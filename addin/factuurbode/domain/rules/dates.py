"""The days of an invoice: its own, its period, and the day by which it must be there (L3, L5)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ..model import Invoice
from ..problems import Problem, Severity

FAR_AHEAD = timedelta(days=31)


def date_problems(invoice: Invoice, today: date) -> Iterator[Problem]:
    """What cannot be, or hardly, about the day of *invoice* and the day by which it is to be paid."""
    at = invoice.origin.at
    if invoice.issued is None:
        yield Problem("date_missing", place=at("date"))
    elif invoice.issued > today + FAR_AHEAD:
        yield Problem("date_far_ahead", Severity.WARNING, at("date"), invoice.issued)
    shown = invoice.recorded.due
    if shown and invoice.due and shown != invoice.due:
        yield Problem("due_differs", Severity.WARNING, at("due"), shown, detail=invoice.due)


def period_problems(invoice: Invoice) -> Iterator[Problem]:
    """What is wrong with the days that *invoice* is about: at most a month, and invoiced in time."""
    delivered = [line.delivered for line in invoice.lines if line.delivered]
    days = delivered + [day for day in (invoice.period_from, invoice.period_to) if day]
    if invoice.period_from and invoice.period_to and invoice.period_from > invoice.period_to:
        yield Problem("period_reversed", place=invoice.origin.at("period_to"), value=invoice.period_to)
    elif days and max(days) >= _month_later(min(days)):
        key = "period_to" if invoice.period_to else "date"
        yield Problem("period_too_long", place=invoice.origin.at(key), value=max(days))
    if days and invoice.issued and invoice.issued > invoice_by(min(days)):
        where = invoice.origin.at("date")
        yield Problem("issued_late", Severity.WARNING, where, invoice.issued, detail=min(days))


def _month_later(day: date) -> date:
    """The same day of the next month, or that month's last day + 1 where it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    length = monthrange(year, month)[1]
    return (
        date(year, month, day.day) if day.day <= length else date.fromordinal(date(year, month, length).toordinal() + 1)
    )


def invoice_by(supplied: date) -> date:
    """The last day on which a supply of that day may be invoiced: the 15th of the next month, that day included.

    Wet OB art. 34g and directive 2006/112/EC art. 222 ("uiterlijk op de vijftiende dag van de maand volgende op die
    waarin"); it holds for supplies to businesses in the Netherlands and to another EU country alike. Of a collective
    invoice the first supply counts.
    """
    return date(supplied.year + (supplied.month == 12), supplied.month % 12 + 1, 15)
