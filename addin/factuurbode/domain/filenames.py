"""The name of an invoice's PDF (R1): made of the parts the baker chose, and safe on every system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from .model import Invoice, Kind, Language
from .settings import FileNamePattern

LONGEST_NAME = 120
"""Characters, with `.pdf`. A path on Windows may have 260; the folder needs the rest."""

_MOST_BYTES = 240  # file systems of Linux take 255 bytes, and `save` may add a number
_LONGEST_NUMBER = 68  # of a cleaned one; its hash comes behind it
_NAMES = {
    Language.NL: ("Factuur", "Creditnota"),
    Language.EN: ("Invoice", "Credit note"),
    Language.DE: ("Rechnung", "Rechnungskorrektur"),  # a "Gutschrift" is an invoice by the buyer (§ 14 UStG)
    Language.FR: ("Facture", "Avoir"),
}
_PLAIN_NUMBER = re.compile(r"[0-9A-Z](?:[0-9A-Z._-]{0,78}[0-9A-Z])?")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)


def document_name(kind: Kind, language: Language) -> str:
    """What a document of *kind* is called in *language*, such as `Factuur`."""
    return _NAMES[language][kind is Kind.CREDIT_NOTE]


def file_name(pattern: FileNamePattern, invoice: Invoice, language: Language) -> str:
    """The file name of *invoice*, such as `Factuur 2026-0001 Café De Hoek.pdf`; the same invoice, the same name.

    The invoice number is always in it whole. Two different numbers never give names that a file system could take
    for the same: a number that had to be cleaned, or that another could equal but for its case, carries a piece of
    its hash behind a `~`, which no plain number has. No part is a path, a device of Windows or a hidden file.
    """
    number = f"{document_name(invoice.kind, language)} {_number(invoice.number)}"
    customer = invoice.customer.name if invoice.customer else ""
    parts = {
        "number": number,
        "date": invoice.issued.isoformat() if invoice.issued else "",
        "customer_number": _cut(_clean(invoice.customer_number), 20, 80),
        "customer_name": _clean(customer),
    }
    wanted = pattern.value.split()
    others = " ".join(parts[part] for part in wanted if part != "customer_name" and parts[part])
    beside = f"_{others} .pdf"
    parts["customer_name"] = _cut(
        parts["customer_name"], LONGEST_NAME - len(beside), _MOST_BYTES - len(beside.encode())
    )
    stem = " ".join(parts[part] for part in wanted if parts[part]).lstrip(". ")
    return f"_{stem}.pdf" if _DEVICE.match(stem) else f"{stem}.pdf"


def _number(raw: str) -> str:
    """*raw* as it can stand in a file name, as one word."""
    if _PLAIN_NUMBER.fullmatch(raw):
        return raw
    word = "_".join(_clean(raw).replace("~", "-").split())
    return f"{_cut(word, _LONGEST_NUMBER, 120)}~{hashlib.sha256(raw.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def _clean(text: str) -> str:
    """*text* without what a file system, or a person who is being misled, takes for something else."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(letter if unicodedata.category(letter)[0] not in "CZ" else " " for letter in composed)
    return " ".join(_FORBIDDEN.sub("-", visible).split()).strip(". ")


def _cut(text: str, length: int, most_bytes: int) -> str:
    """The first *length* characters of *text*, fewer when they take more than *most_bytes* in UTF-8."""
    return text[: max(length, 0)].encode()[: max(most_bytes, 0)].decode("utf-8", "ignore").rstrip(". ")
