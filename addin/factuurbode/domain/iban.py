"""IBAN check digits (ISO 13616, ISO 7064 MOD 97-10)."""

from __future__ import annotations

import re

_FORM = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def iban_is_valid(text: str) -> bool:
    """Whether *text*, spaces left out, is an IBAN with right check digits; a Dutch one has 18 characters."""
    iban = "".join(text.split()).upper()
    if not _FORM.fullmatch(iban) or (iban.startswith("NL") and len(iban) != 18):
        return False
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1


def grouped_iban(text: str) -> str:
    """*text* in groups of four, as it is printed."""
    iban = "".join(text.split()).upper()
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
