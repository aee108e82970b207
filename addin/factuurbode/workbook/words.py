"""How two words in a workbook are compared: as a person would, who does not see spaces, case or a last full stop."""

from __future__ import annotations

from functools import lru_cache

_KEPT = frozenset("%✓✔")


@lru_cache(maxsize=8192)
def _normal(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign in _KEPT)


def normal(text: str) -> str:
    """*text* without case, spaces and punctuation, to compare titles and choices (at most 100 characters count)."""
    return _normal(text[:100])
