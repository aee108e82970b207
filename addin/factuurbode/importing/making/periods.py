"""Which deliveries stand on one invoice (B7): those of a delivery, a day, a week or a month.

No period reaches over the end of a calendar month (Wet OB art. 35 lid 3 asks for an invoice per month at least, EU
directive 2006/112 art. 223): a week is cut there.
"""

from __future__ import annotations

from datetime import date, timedelta

from ...domain.model import Period


def bucket(period: Period, day: date) -> tuple[date, date]:
    """The first and the last day of the period of *period* in which *day* is."""
    if period is Period.MONTH:
        return day.replace(day=1), last_of_month(day)
    if period is Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return max(monday, day.replace(day=1)), min(monday + timedelta(days=6), last_of_month(day))
    return day, day


def last_of_month(day: date) -> date:
    """The last day of the month of *day*."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
