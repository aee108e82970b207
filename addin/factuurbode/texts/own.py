"""The language of this computer, for who has no workbook yet."""

from __future__ import annotations

import locale
import os

from ..domain.model import Language

SPOKEN = {"nl": Language.NL, "en": Language.EN}
"""The languages that the program itself speaks, by the first letters of a locale's name."""


def own_language() -> Language:
    """The language of this computer: Dutch, or else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return SPOKEN.get(value[:2].lower(), Language.EN)
    on_windows = locale.getlocale()[0] or ""  # such as Dutch_Netherlands
    return Language.NL if on_windows[:2] in ("nl", "Du") else Language.EN
