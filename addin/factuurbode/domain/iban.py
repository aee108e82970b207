"""An IBAN as people read it."""

from __future__ import annotations


def grouped_iban(text: str) -> str:
    """*text* in groups of four, as it is printed."""
    iban = "".join(text.split()).upper()
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
