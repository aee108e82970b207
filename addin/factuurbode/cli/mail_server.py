"""`factuurbode mailserver`: find the server that sends mail for an address, with its source, and fill it in."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from ..bootstrap import find_mail_server
from ..deliver.addresses import read_addresses
from ..deliver.discovery import Search
from ..domain.ledger import Ledger
from ..errors import NotAnAddress
from ..steps.mail_server import fill, not_found, settings_of, told
from ..texts import sign_in_help
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
