"""Telling a person which mail server was found, and filling it in on the Settings sheet."""

from __future__ import annotations

from ..deliver.discovery import Search
from ..domain.ledger import Ledger
from ..domain.settings import Mail
from ..errors import BookIncomplete, MailServerUnknown
from ..ports import Book
from ..texts import Texts
from ..workbook.settings.cells import settings_cells


def not_found(search: Search) -> MailServerUnknown:
    """Why there is no server to tell: nothing could be asked, or nobody says, and we do not guess."""
    if search.offline:
        return MailServerUnknown(address=search.address, reason="mailserver.offline")
    reason = "mailserver.unverified" if search.unverified else "mailserver.nothing_published"
    return MailServerUnknown(address=search.address, reason=reason)


def told(search: Search, texts: Texts) -> list[str]:
    """What was found, where, and what a person must know of it."""
    found = search.found
    if found is None:
        return []
    facts = {
        "address": search.address,
        "provider": found.provider,
        "former": search.former,
        "server": found.server,
        "port": found.port,
        "user": found.user,
        "security": texts(f"mailserver.security.{found.security}"),
        "sign_in": texts(f"mailserver.sign_in.{found.sign_in}"),
        "source": texts(f"mailserver.source.{found.source}"),
    }
    lines = [texts("mailserver.found", **facts), texts("mailserver.found_at", **facts)]
    if search.former and found.provider:
        lines.append(texts("mailserver.moved", **facts))
    if search.foreign:
        lines.append(texts("mailserver.foreign", **facts))
    return lines


def settings_of(search: Search) -> Mail:
    """The mail settings that were found."""
    found = search.found
    if found is None:
        return Mail()
    return Mail(
        provider=found.provider,
        server=found.server,
        port=found.port,
        security=found.security,
        sign_in=found.sign_in,
        user=found.user,
        sender=search.address,
    )


def fill(book: Book, ledger: Ledger, search: Search) -> None:
    """Fill in the settings of *book*. Raises BookIncomplete when it has no such settings, BookNotWritable."""
    cells, missing = settings_cells(ledger, settings_of(search))
    if missing:
        raise BookIncomplete(path=book.path, missing=", ".join(missing))
    book.fill(cells)
