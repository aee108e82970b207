"""The forms that addresses and numbers have, for seller and buyer alike."""

from __future__ import annotations

import re

_PO_BOX = re.compile(
    r"\s*((postbus|antwoordnummer|p\.?\s?o\.?\s?box|post(al)?\s?box|postfach|bo[iî]te\s+postale)\b"
    r"|postb\.|b\.?\s?p\.?\s*\d)",
    re.IGNORECASE,
)
_KVK = re.compile(r"\d{8}")
_SEPARATORS = re.compile(r"[\s.]")


def is_po_box(street: str) -> bool:
    """Whether *street* is a PO box or a freepost number, which is no place of business (L1)."""
    return _PO_BOX.match(street) is not None


def is_kvk_number(text: str) -> bool:
    """Whether *text*, spaces and points left out, is a number of the Dutch trade register: eight digits."""
    return _KVK.fullmatch(_SEPARATORS.sub("", text)) is not None


def vat_number_begins_with(prefix: str, text: str) -> bool:
    """Whether *text* is written with the letters *prefix* of its country."""
    return _SEPARATORS.sub("", text).upper().startswith(prefix)
