"""In which language to speak: as asked, else as the workbook, else as this computer."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence

from ..domain.model import Language

_SPOKEN = {"nl": Language.NL, "en": Language.EN}


def asked_language(arguments: Sequence[str]) -> Language | None:
    """The language that the command line (`--lang`) or FACTUURBODE_LANG asks for, known before anything is parsed."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _SPOKEN.get(argument.partition("=")[2])
        if argument == "--lang":
            return _SPOKEN.get("".join(arguments[place + 1 : place + 2]))
    return _SPOKEN.get(os.environ.get("FACTUURBODE_LANG", "")[:2].lower())


def own_language() -> Language:
    """The language of this computer: Dutch, or else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return _SPOKEN.get(value[:2].lower(), Language.EN)
    on_windows = locale.getlocale()[0] or ""  # such as Dutch_Netherlands
    return Language.NL if on_windows[:2] in ("nl", "Du") else Language.EN
