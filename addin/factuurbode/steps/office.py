"""What a command works with: the workbook, its journal and the adapters that `bootstrap` chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ..domain.settings import Mail
from ..journal import Journal
from ..ports import Book, Converter, Mailbox, Mailer, Printer, Reached


@dataclass(frozen=True, slots=True)
class Office:
    """One workbook and everything needed to deliver its invoices.

    `now` gives aware local time; `pauses` are the seconds to wait at the end of a run before what the mail server
    did not take for the moment is offered once more, each time anew.
    """

    book: Book
    journal: Journal
    converter: Converter
    open_mailer: Callable[[Mail, Reached], Mailer]
    open_printer: Callable[[str], Printer]
    open_mailbox: Callable[[Mail], Mailbox]
    now: Callable[[], datetime]
    pauses: tuple[float, ...] = ()
