"""What a mail provider lets through: so many recipients in any 24 hours, so many messages in any minute (R15).

Providers count recipients, those of copies included, over a rolling day; a message counts once in its minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY, MINUTE = timedelta(hours=24), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Mailed:
    """A message that a server took, or may have taken: when (aware), and for how many recipients."""

    at: datetime
    recipients: int


def fits_from(history: Sequence[Mailed], recipients: int, now: datetime, daily_limit: int | None) -> datetime:
    """From when a message to *recipients* fits within *daily_limit*; *now* when it fits at once.

    *history* is in the order of time. A message to more than the whole limit goes when the day is empty: it can never
    fit, and the server may think otherwise.
    """
    if daily_limit is None:
        return now
    today = [mailed for mailed in history if mailed.at > now - DAY]
    used = sum(mailed.recipients for mailed in today)
    moment = now
    for mailed in today:
        if used + recipients <= daily_limit:
            break
        used -= mailed.recipients
        moment = mailed.at + DAY
    return moment


def next_slot(history: Sequence[Mailed], now: datetime, per_minute: int | None) -> datetime:
    """From when one more message stays within *per_minute*; *now* when it does at once."""
    if per_minute is None:
        return now
    recent = [mailed.at for mailed in history if mailed.at > now - MINUTE]
    return recent[-per_minute] + MINUTE if len(recent) >= per_minute else now
