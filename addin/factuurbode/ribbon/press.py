"""One press of a button: the workbook before the person, and the way to speak with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import xlwings

from ..bootstrap import move_stray_passwords, office_for
from ..domain.model import Language
from ..errors import FactuurError
from ..steps.office import Office
from ..texts import Texts, error_sentence
from ..workbook.columns import INVOICES, SETTINGS, Sheet
from ..workbook.live import LiveBook
from ..workbook.words import normal
from .dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class Press:
    """What every command of the ribbon works with."""

    book: xlwings.Book
    dialogue: Dialogue
    live: LiveBook

    @property
    def texts(self) -> Texts:
        """The catalogue of the language that is spoken."""
        return self.dialogue.texts

    @contextmanager
    def office(self, *, looking: bool = False) -> Iterator[Office]:
        """Everything for a command on the workbook; one that is only *looking* changes nothing in it or beside it.

        Raises BookError, StorageError or JournalError.
        """
        with office_for(self.live, looking=looking) as office:
            if not looking:
                self.move_passwords()
            yield office

    def move_passwords(self) -> None:
        """What stood in a cell for everyone to read goes to the keyring, and the person is told. Raises BookError."""
        if (moved := move_stray_passwords(self.live)) is None:
            return
        places = ", ".join(map(str, moved.places))
        error = moved.error or self.keep()  # until it is saved, the file still has the password
        if error is None:
            self.dialogue.say("stray_password.moved", places=places)
        else:
            self.dialogue.say("stray_password.stays", places=places, reason=error_sentence(self.texts, error))

    def keep(self) -> FactuurError | None:
        """Save the workbook, so that what was written into it stays; when that fails, why."""
        try:
            self.live.save()
        except FactuurError as error:
            return error
        return None


def language_of(book: xlwings.Book) -> Language | None:
    """The language of a workbook of ours, by the titles of its sheets; None for any other workbook."""
    titles = {normal(sheet.name) for sheet in book.sheets}
    ours: tuple[Sheet, ...] = (INVOICES, SETTINGS)
    for language in (Language.NL, Language.EN):
        if all(normal(sheet.title(language)) in titles for sheet in ours):
            return language
    return None
