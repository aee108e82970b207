"""`factuurbode mailserver`: find the server that sends mail for an address, with its source, and fill it in."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from ..bootstrap import find_mail_server
from ..deliver.addresses import read_addresses
from ..deliver.discovery import Search
from ..domain.ledger import Ledger
from ..domain.settings import Mail
from ..errors import BookIncomplete, MailServerUnknown, NotAnAddress
from ..ports import Book
from ..texts import Texts, sign_in_help
from ..workbook.settings_cells import settings_cells
from .opened import opened
from .voice import Voice


def mailserver(options: Namespace, voice: Voice) -> int:
    """0 when a server was found, else an error that says what to do instead."""
    with opened(options.book, voice) as office:
        ledger = office.book.read()
        voice.speak(ledger.language)
        search = find_mail_server(_address(options.address, ledger))
        if search.found is None:
            raise not_found(search)
        if options.json:
            _write(search)
        else:
            for line in told(search, voice.texts):
                voice.tell(line)
            voice.tell(sign_in_help(voice.texts, settings_of(search)))
        if options.write:
            office.book.ensure_writable()
            fill(office.book, ledger, search)
            voice.say("mailserver.written", path=office.book.path)
        else:
            voice.say("mailserver.not_written")
    return 0


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


def _address(typed: str | None, ledger: Ledger) -> str:
    mail = ledger.settings.mail
    wanted = typed or mail.sender or mail.user or ledger.settings.company.email
    addresses = read_addresses(wanted).valid
    if len(addresses) != 1:
        raise NotAnAddress(address=wanted)
    return addresses[0]


def _write(search: Search) -> None:
    found = search.found
    facts = (
        {}
        if found is None
        else {
            "source": found.source,
            "provider": found.provider,
            "server": found.server,
            "port": found.port,
            "security": found.security,
            "sign_in": found.sign_in,
            "user": found.user,
        }
    )
    told = {"address": search.address, "former": search.former, "foreign": search.foreign, **facts}
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
