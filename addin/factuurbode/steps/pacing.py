"""Keeping to what the mail provider allows, over all runs of this workbook (R15)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from ..domain.allowance import DAY, Mailed, fits_from, next_slot
from ..domain.settings import Mail
from ..journal import Journal
from .report import Watch

_GLANCE = 0.2  # seconds between two looks at whether the person has cancelled


class Pace:
    """How many messages the day and the minute still have room for. `now` gives aware time."""

    def __init__(self, journal: Journal, mail: Mail, now: Callable[[], datetime]) -> None:
        self._mail = mail
        self._now = now
        self._history = [Mailed(at, count) for at, count in journal.mailed_since(now() - DAY)]

    def full_until(self, recipients: int) -> datetime | None:
        """From when a message to *recipients* may go; None when that is now."""
        now = self._now()
        moment = fits_from(self._history, recipients, now, self._mail.daily_limit)
        return moment if moment > now else None

    def wait(self, watch: Watch) -> None:
        """Wait for room in this minute, or until the person cancels."""
        until = next_slot(self._history, self._now(), self._mail.per_minute)
        while self._now() < until and not watch.cancelled:
            time.sleep(_GLANCE)

    @staticmethod
    def pause(seconds: float, watch: Watch) -> None:
        """Wait *seconds*, or until the person cancels."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not watch.cancelled:
            time.sleep(min(_GLANCE, seconds))

    def went(self, recipients: int) -> None:
        """A message has gone, or may have."""
        self._history.append(Mailed(self._now(), recipients))
