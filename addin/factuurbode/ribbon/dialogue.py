"""Speaking with the person in Excel: its message boxes and its status bar, in one language."""

from __future__ import annotations

import contextlib
from enum import StrEnum

import xlwings

from ..errors import FactuurError
from ..texts import Texts, error_sentence
from .window import tell_in_window


class Answer(StrEnum):
    """What a person can answer to a question."""

    YES = "yes"
    NO = "no"
    CANCEL = "cancel"


class Dialogue:
    """The way to and from the person. Excel's own window is the parent of every message."""

    def __init__(self, app: xlwings.App, texts: Texts) -> None:
        self._app = app
        self.texts = texts

    def say(self, key: str, **facts: object) -> None:
        """One sentence of the catalogue."""
        self.tell(self.texts(key, **facts))

    def tell(self, sentence: str) -> None:
        """Something to read."""
        self._alert(sentence, "ok", "info")

    def fails(self, error: FactuurError) -> None:
        """Why a command could not be done, and the remedy."""
        self._alert(error_sentence(self.texts, error), "ok", "critical")

    def agrees(self, sentence: str) -> bool:
        """Whether the person presses OK."""
        return self._alert(sentence, "ok_cancel") == "ok"

    def answers(self, question: str) -> Answer:
        """Yes, no, or rather nothing at all."""
        return Answer(self._alert(question, "yes_no_cancel"))

    def shows(self, words: str) -> None:
        """Something short in the status bar, until `rests`."""
        with contextlib.suppress(Exception):  # a courtesy: Excel may be busy, or gone
            self._app.status_bar = words

    def rests(self) -> None:
        """Excel has its status bar back."""
        with contextlib.suppress(Exception):
            self._app.status_bar = False

    def _alert(self, words: str, buttons: str, mode: str | None = None) -> str:
        try:
            return str(self._app.alert(words, self.texts("ribbon.title"), buttons=buttons, mode=mode))
        except Exception:
            # Excel was closed meanwhile; COM, AppleScript and xlwings have no error in common to tell that by
            tell_in_window(self.texts, words)
            return "cancel"
