"""The few things the story needs from outside, as protocols. One adapter a file; only `bootstrap` chooses.

What each promises is written as a test suite in `tests/contracts/`, which every adapter passes.
"""

from __future__ import annotations

from .book import Book, LogRow, Outcome, StatusRow, StrayPassword
from .converter import Conversion, Converter, Document
from .mail import Bounce, Envelope, HandingOver, Mailbox, Mailer, MailStep, Reached, Receipt, unseen
from .printer import Printer, PrintOptions
from .secrets import Secrets

__all__ = [
    "Book",
    "Bounce",
    "Conversion",
    "Converter",
    "Document",
    "Envelope",
    "HandingOver",
    "LogRow",
    "MailStep",
    "Mailbox",
    "Mailer",
    "Outcome",
    "PrintOptions",
    "Printer",
    "Reached",
    "Receipt",
    "Secrets",
    "StatusRow",
    "StrayPassword",
    "unseen",
]
