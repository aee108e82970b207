"""Changing the open workbook by many rows at once, while the person sees how far it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from .press import Press
from .window import ProgressWindow

_QUIET = 0.25  # seconds between two words to Excel: each costs it a redraw


class Changing:
    """The small window and the status bar of such a change. It cannot stop halfway, and offers no Cancel."""

    def __init__(self, press: Press, steps: int) -> None:
        self._press = press
        self._steps = steps
        self._window = ProgressWindow(press.texts, steps, can_cancel=False)
        self._told_at = 0.0

    def step(self, done: int, key: str) -> None:
        """So many steps are done, and the sentence *key* says what comes now."""
        self._show(done, self._steps, self._press.texts(key))

    @contextmanager
    def rows(self, key: str) -> Iterator[None]:
        """Meanwhile rows come or go: the sentence *key* says how many of how many have."""

        def told(done: int, total: int) -> None:
            if done == total or time.monotonic() >= self._told_at + _QUIET:
                self._told_at = time.monotonic()
                self._show(done, total, self._press.texts(key, done=done, total=total))

        with self._press.live.telling(told):
            yield

    def close(self) -> None:
        """It is done, or has failed."""
        self._window.close()
        self._press.dialogue.rests()

    def _show(self, done: int, total: int, words: str) -> None:
        self._window.show(done, total, words)
        self._press.dialogue.shows(words)


@contextmanager
def changing(press: Press, steps: int) -> Iterator[Changing]:
    """A change in so many steps; however it ends, the window goes and Excel has its status bar back."""
    change = Changing(press, steps)
    try:
        yield change
    finally:
        change.close()
