"""A letter as the bytes of an e-mail message: text, HTML and the PDF (RFC 5322, RFC 2045-2049)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from ..domain.model import Language
from ..ports import Envelope

_LONGEST_HEADER_TEXT = 250
_SAFE_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything one invoice mail is made of. Addresses are bare and valid (`read_addresses`); `date` is aware."""

    dispatch_id: str
    date: datetime
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    language: Language
    subject: str
    text: str
    html: str
    pdf: bytes = field(repr=False)
    pdf_name: str
    reply_to: str = ""
    copies: tuple[str, ...] = ()
    hidden_copies: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def compose(letter: Letter) -> Envelope:
    """The message of *letter*; the same letter always gives the same bytes, also the Message-ID and the boundaries.

    The customer's own copy addresses are in Cc; the bakery's copy address is only on the envelope, so that no
    customer sees it. Control characters in a subject or a name become spaces; a line end in an address raises
    ValueError. There is no Auto-Submitted header (RFC 3834 § 5): a person sends each invoice, answers to it are
    welcome, and mailboxes that take in invoices may drop what calls itself automatic.
    """
    everyone = (*letter.recipients, *letter.copies, *letter.hidden_copies)
    plain = all(address.isascii() for address in (letter.sender, letter.reply_to, *everyone))
    message = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    message["Message-ID"] = message_id(letter.dispatch_id, letter.sender)
    message["Date"] = letter.date
    message["From"] = _address(letter.sender, letter.sender_name)
    message["To"] = [_address(address, letter.names.get(address, "")) for address in letter.recipients]
    if letter.copies:
        message["Cc"] = [_address(address, letter.names.get(address, "")) for address in letter.copies]
    if letter.reply_to:
        message["Reply-To"] = _address(letter.reply_to)
    message["Subject"] = header_text(letter.subject)
    message.set_content(_body(letter.text), cte="quoted-printable")
    message.add_alternative(_body(letter.html), subtype="html", cte="quoted-printable")
    message.add_attachment(letter.pdf, maintype="application", subtype="pdf", filename=header_text(letter.pdf_name))
    message["Content-Language"] = letter.language.value
    _name_for_old_programs(message, letter.pdf_name)
    _fix_boundaries(message, letter.dispatch_id)
    return Envelope(letter.sender, letter.recipients, message.as_bytes(), (*letter.copies, *letter.hidden_copies))


def message_id(dispatch_id: str, sender: str) -> str:
    """The Message-ID of a dispatch, at the domain of *sender* (RFC 5322 § 3.6.4); every retry carries the same."""
    left = dispatch_id if _SAFE_ID.fullmatch(dispatch_id) else hashlib.sha256(dispatch_id.encode()).hexdigest()[:32]
    return f"<{left}.factuurbode@{sender.rpartition('@')[2]}>"


def header_text(text: str) -> str:
    """*text* on one line, without control characters, of a length that mail programs show.

    `=?` is drawn apart: it opens an encoded word (RFC 2047), which could bring the control characters back.
    """
    line = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in text)
    return " ".join(line.replace("=?", "= ?").split())[:_LONGEST_HEADER_TEXT].rstrip()


def _address(address: str, name: str = "") -> Address:
    username, _, domain = address.rpartition("@")
    return Address(header_text(name), username, domain)


def _body(text: str) -> str:
    """*text* without what cannot be encoded: half a surrogate pair from a damaged cell."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _name_for_old_programs(message: EmailMessage, name: str) -> None:
    """Programs that do not read the name in RFC 2231 form show this one, in ASCII, in Content-Type."""
    bare = unicodedata.normalize("NFKD", header_text(name)).encode("ascii", "ignore").decode("ascii")
    for part in message.iter_attachments():
        part.set_param("name", bare.replace('"', "'"), header="Content-Type")


def _fix_boundaries(message: EmailMessage, dispatch_id: str) -> None:
    """Boundaries that are always the same and can stand in no part: neither quoted-printable nor base64 has `=_`."""
    key = hashlib.sha256(dispatch_id.encode()).hexdigest()[:24]
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{key}")
