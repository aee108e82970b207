"""In which language the command line asks to be answered."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..domain.model import Language
from ..texts.own import SPOKEN


def asked_language(arguments: Sequence[str]) -> Language | None:
    """The language that the command line (`--lang`) or FACTUURBODE_LANG asks for, known before anything is parsed."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return SPOKEN.get(argument.partition("=")[2])
        if argument == "--lang":
            return SPOKEN.get("".join(arguments[place + 1 : place + 2]))
    return SPOKEN.get(os.environ.get("FACTUURBODE_LANG", "")[:2].lower())
