"""Reading what a mail server sends back: a delivery status notification (RFC 3464), in UTF-8 too (RFC 6533)."""

from __future__ import annotations

import email
import re
import sys
from collections.abc import Iterator
from email.message import Message

from ..ports import Bounce

_ADDRESS = re.compile(r"(?:([a-z0-9-]+)\s*;)?\s*<?([^<>\s;]+@[^<>\s;]+?)>?\s*", re.IGNORECASE)
_GLOBAL = re.compile(rb"^(content-type:\s*)message/(?=global\b)", re.IGNORECASE | re.MULTILINE)
_OPAQUE = rb"\1application/"
_ESCAPED = re.compile(r"\\x\{([0-9A-F]{1,6})\}", re.IGNORECASE)
_EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS, _GLOBAL_STATUS = "message/delivery-status", "application/global-delivery-status"
_HEADS = frozenset({"text/rfc822-headers", "application/global-headers", "application/global"})
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_LONGEST_TEXT = 300


def bounces_in(report: bytes) -> tuple[Bounce, ...]:
    """The recipients for whom *report* says that delivery has failed for good; () for any other message.

    Something that is only late (`Action: delayed`) may still arrive and is none. A report is a stranger's: it counts
    only with the Message-ID of the mail that came back, which its sender and recipients alone have seen. Its headers
    are taken as text: Python's reading of their structure fails on some that a stranger can think of.
    """
    # A part in UTF-8 may be encoded, and Python would parse it as it stands: as something opaque it is decoded first.
    message = email.message_from_bytes(_GLOBAL.sub(_OPAQUE, report))
    if message.get_content_type() != "multipart/report":
        return ()
    original = _original_id(message)
    return tuple(_failures(message, original)) if original else ()


def _failures(message: Message, original: str) -> Iterator[Bounce]:
    for part in message.walk():
        for block in _blocks(part):
            if isinstance(block, Message) and _text(block, "Action").casefold() == "failed":
                address = _address(block)
                if address:
                    said = _text(block, "Diagnostic-Code").partition(";")[2].strip() or _text(block, "Status")
                    yield Bounce(original, address, said[:_LONGEST_TEXT])


def _blocks(part: Message) -> Iterator[object]:
    """The groups of fields of a status report; none of any other part."""
    kind = part.get_content_type()
    if kind == _STATUS:
        yield from _inside(part)
    elif kind == _GLOBAL_STATUS:
        for block in _EMPTY_LINE.split(_decoded(part)):
            yield email.message_from_bytes(block.lstrip() + b"\r\n\r\n")


def _address(block: Message) -> str:
    """Whom the mail was for: as its sender wrote it where that is told, for a forwarder may have changed it."""
    for name in ("Original-Recipient", "Final-Recipient"):
        text = _text(block, name)
        if text.partition(";")[0].strip().casefold() == "utf-8":
            text = _ESCAPED.sub(_unescaped, text)
        if found := _ADDRESS.fullmatch(text):
            return found[2] if found[2].isprintable() else ""
    return ""


def _unescaped(found: re.Match[str]) -> str:
    """The letter of an escape of RFC 6533 (3); one that is no letter stays as it is."""
    letter = chr(number) if (number := int(found[1], 16)) <= sys.maxunicode else " "
    return letter if letter.isprintable() and not letter.isspace() else found[0]


def _original_id(message: Message) -> str:
    """The Message-ID of the mail that came back, of which the report carries all or only the head (RFC 3462)."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            returned = next(_inside(part), None)
        elif kind in _HEADS:
            returned = email.message_from_bytes(_decoded(part))
        else:
            continue
        if isinstance(returned, Message) and (found := _MESSAGE_ID.search(_text(returned, "Message-ID"))):
            return found[0]
    return ""


def _inside(part: Message) -> Iterator[object]:
    """The messages in *part*; none where it only says that it holds some."""
    inside = part.get_payload()
    return iter(inside if isinstance(inside, list) else ())


def _decoded(part: Message) -> bytes:
    """What is in a part without other parts."""
    inside = part.get_payload(decode=True)
    return inside if isinstance(inside, bytes) else b""


def _text(block: Message, name: str) -> str:
    """A header on one line, in UTF-8, without control characters."""
    value = next((str(value) for key, value in block.raw_items() if key.casefold() == name.casefold()), "")
    line = " ".join(value.encode(errors="surrogateescape").decode(errors="replace").split())
    return "".join(letter for letter in line if letter.isprintable())
