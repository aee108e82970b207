"""A run as the person in Excel follows it: the status bar counts, and a small window can cancel."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from ..steps.report import Result
from ..texts import Texts
from .dialogue import Dialogue
from .window import ProgressWindow

_QUIET = 0.25  # seconds between two words to Excel: each costs it a redraw
_SURE_AFTER = 3  # invoices, before a guess at the time left is worth telling


class Following:
    """`steps.report.Watch` in Excel. Use as a context manager: however a run ends, the status bar is given back."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._texts: Texts = dialogue.texts
        self._window: ProgressWindow | None = None
        self._total = self._done = 0
        self._began = self._told_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._window is not None:
            self._window.close()
        self._dialogue.rests()

    @property
    def cancelled(self) -> bool:
        """Whether the person pressed Cancel."""
        return self._window is not None and self._window.cancelled

    def begins(self, invoices: int) -> None:
        """So many invoices are about to go out."""
        self._total, self._began = invoices, time.monotonic()
        if invoices:
            self._window = ProgressWindow(self._texts, invoices)
            self._show()

    def done(self, result: Result) -> None:
        """What became of each is told at the end."""

    def invoice_done(self) -> None:
        """One more invoice is done."""
        self._done += 1
        if self._done == self._total or time.monotonic() >= self._told_at + _QUIET:
            self._show()

    def _show(self) -> None:
        self._told_at = time.monotonic()
        words = self._words()
        self._dialogue.shows(words)
        if self._window is not None:
            self._window.show(self._done, self._total, words)

    def _words(self) -> str:
        facts = {"done": self._done, "total": self._total}
        if self._done == self._total and self._total:
            return self._texts("ribbon.progress.finishing", **facts)
        if self._done < _SURE_AFTER:
            return self._texts("ribbon.progress.done", **facts)
        left = (time.monotonic() - self._began) / self._done * (self._total - self._done)
        if left < 60:
            return self._texts("ribbon.progress.seconds", **facts, left=max(1, round(left)))
        return self._texts("ribbon.progress.minutes", **facts, left=round(left / 60))
