"""Reading what a mail server sends back: a delivery status notification (RFC 3464)."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message

from ..ports import Bounce

_ADDRESS = re.compile(r"(?:[a-z0-9-]+\s*;)?\s*<?([^<>\s;]+@[^<>\s;]+?)>?\s*", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_LONGEST_TEXT = 300


def bounces_in(report: bytes) -> tuple[Bounce, ...]:
    """The recipients for whom *report* says that delivery has failed for good; () for any other message.

    Something that is only late (`Action: delayed`) may still arrive and is none. A report is a stranger's: it counts
    only with the Message-ID of the mail that came back, which its sender and recipients alone have seen. Its headers
    are taken as text: Python's reading of their structure fails on some that a stranger can think of.
    """
    message = email.message_from_bytes(report)
    if message.get_content_type() != "multipart/report":
        return ()
    original = _original_id(message)
    return tuple(_failures(message, original)) if original else ()


def _failures(message: Message, original: str) -> Iterator[Bounce]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _inside(part):
            if isinstance(block, Message) and _text(block, "Action").casefold() == "failed":
                address = _address(block)
                if address:
                    said = _text(block, "Diagnostic-Code").partition(";")[2].strip() or _text(block, "Status")
                    yield Bounce(original, address, said[:_LONGEST_TEXT])


def _address(block: Message) -> str:
    """Whom the mail was for: as its sender wrote it where that is told, for a forwarder may have changed it."""
    for name in ("Original-Recipient", "Final-Recipient"):
        if found := _ADDRESS.fullmatch(_text(block, name)):
            return found[1]
    return ""


def _original_id(message: Message) -> str:
    """The Message-ID of the mail that came back, of which the report carries all or only the head (RFC 3462)."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            returned = next(_inside(part), None)
        elif kind == "text/rfc822-headers":
            returned = email.message_from_string(str(part.get_payload()))
        else:
            continue
        if isinstance(returned, Message) and (found := _MESSAGE_ID.search(_text(returned, "Message-ID"))):
            return found[0]
    return ""


def _inside(part: Message) -> Iterator[object]:
    """The messages in *part*; none where it only says that it holds some."""
    inside = part.get_payload()
    return iter(inside if isinstance(inside, list) else ())


def _text(block: Message, name: str) -> str:
    """A header on one line, without control characters."""
    line = " ".join(str(block.get(name, "")).split())
    return "".join(letter for letter in line if letter.isprintable())
