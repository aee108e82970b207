"""Keeping to what the mail provider allows, over all runs of this workbook (R15)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from ..domain.allowance import DAY, Mailed, fits_from, next_slot
from ..domain.settings import Mail
from ..journal import Journal
from .report import Watch

_LONGEST_BETWEEN = 60.0  # seconds
_GLANCE = 0.2  # seconds between two looks at whether the person has cancelled


class Pace:
    """How many messages the day and the minute still have room for. `now` gives aware time."""

    def __init__(self, journal: Journal, mail: Mail, now: Callable[[], datetime], brake: float = 0) -> None:
        """*brake* is how many seconds are put between messages when a server first asks to go slower."""
        self._mail = mail
        self._now = now
        self._brake = brake
        self._between = 0.0
        self._before = [Mailed(at, count) for at, count in journal.mailed_since(now() - DAY)]
        self._under_way: dict[str, Mailed] = {}
        self._taken: list[Mailed] = []

    def full_until(self, recipients: int) -> datetime | None:
        """From when a message to *recipients* may go; None when that is now."""
        now = self._now()
        moment = fits_from(self._history(), recipients, now, self._mail.daily_limit)
        return moment if moment > now else None

    def wait(self, watch: Watch) -> None:
        """Wait for room in this minute, and as long as the server wants, or until the person cancels."""
        self.pause(self._between, watch)
        until = next_slot(self._history(), self._now(), self._mail.per_minute)
        while self._now() < until and not watch.cancelled:
            time.sleep(_GLANCE)

    @staticmethod
    def pause(seconds: float, watch: Watch) -> None:
        """Wait *seconds*, or until the person cancels."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not watch.cancelled:
            time.sleep(min(_GLANCE, seconds))

    def went(self, dispatch: str, recipients: int) -> None:
        """A message is on its way, and counts."""
        self._under_way[dispatch] = Mailed(self._now(), recipients)

    def came_back(self, dispatch: str, taken: int) -> None:
        """It is known for how many recipients the server took it, or may have; the others do not count after all."""
        gone = self._under_way.pop(dispatch)
        if taken:
            self._taken.append(Mailed(gone.at, taken))

    def slow_down(self) -> None:
        """The server found us too fast: twice as long between messages, a minute at most."""
        self._between = min(max(self._between * 2, self._brake), _LONGEST_BETWEEN)

    def go_on(self) -> None:
        """The server took a message: half as long between the next."""
        self._between = self._between / 2 if self._between > self._brake else 0.0

    def _history(self) -> list[Mailed]:
        here = [*self._taken, *self._under_way.values()]
        return [*self._before, *sorted(here, key=lambda mailed: mailed.at)]
