"""From a press to its end: the right words for whatever happens, and Excel left as it was."""

from __future__ import annotations

import xlwings

from ..errors import BookDisagrees, ExcelBusy, FactuurError
from ..mishap import written_down
from ..texts import own_language, texts_in
from ..workbook.live import LiveBook
from .commands import ANYWHERE, COMMANDS
from .dialogue import Dialogue
from .press import Press, language_of
from .reconciling import choose_side


def pressed(command: str, book: xlwings.Book) -> None:
    """Do *command* on *book*. Never raises: everything is told to the person."""
    language = language_of(book)
    dialogue = Dialogue(book.app, texts_in(language or own_language()))
    press = Press(book, dialogue, LiveBook(book))
    try:
        _do(command, press, ours=language is not None)
    except ExcelBusy as error:
        if error.__cause__ is not None:  # mostly Excel's own no; should it be our mistake, its makers find it here
            written_down(error, ["ribbon", command])
        dialogue.fails(error)
    except FactuurError as error:
        dialogue.fails(error)
    except Exception as error:
        # a mistake in this program: no person should have to read a traceback, and no maker do without one
        dialogue.fails(written_down(error, ["ribbon", command]))
    finally:
        dialogue.rests()


def _do(command: str, press: Press, *, ours: bool) -> None:
    if not ours and command not in ANYWHERE:
        _offer_new_workbook(press)
        return
    try:
        COMMANDS[command](press)
    except BookDisagrees as differs:
        choose_side(press, differs)


def _offer_new_workbook(press: Press) -> None:
    """The workbook is not one of ours: a friendly offer to make one."""
    if press.dialogue.agrees(press.texts("ribbon.not_ours", name=press.book.name)):
        COMMANDS["new_workbook"](press)
