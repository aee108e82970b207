"""A password in a cell goes where it belongs: whoever gets the workbook could read it there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..domain.model import Place
from ..errors import FactuurError, MailNotSetUp
from ..ports import Book

Keep = Callable[[str, str, str], None]
"""Keeps a password for a server and a user. Raises StorageError."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The cells in which passwords stood, or still stand for the reason in `error`."""

    places: tuple[Place, ...]
    error: FactuurError | None = None


def move_passwords(book: Book, keep: Keep) -> Moved | None:
    """Move the passwords in cells of *book* to where *keep* keeps them; None when there are none.

    A cell is emptied only when its password is kept. Raises what `Book.read` does.
    """
    strays = book.passwords()
    if not strays:
        return None
    places = tuple(stray.place for stray in strays)
    mail = book.read().settings.mail
    try:
        for stray in strays:
            server = stray.server or mail.server
            if not (server and mail.user):
                raise MailNotSetUp(missing="mail_setting.user" if server else "mail_setting.server")
            keep(server, mail.user, stray.text)
        book.fill(dict.fromkeys(places))
    except FactuurError as error:
        return Moved(places, error)
    return Moved(places)
