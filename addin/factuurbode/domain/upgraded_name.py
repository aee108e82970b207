"""What a workbook is called that `upgrade` made, and whose place it took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Language

_MARKS = {Language.NL: "bijgewerkt", Language.EN: "upgraded"}
_MARKED = re.compile(r"(.+) \((?:bijgewerkt|upgraded)(?: \d{1,4})?\)")


def upgraded_names(name: str, language: Language) -> Iterator[str]:
    """What a workbook first called *name* (without its ending) may be called when it is upgraded, the best first."""
    mark = _MARKS.get(language, "upgraded")
    yield f"{name} ({mark})"
    for number in range(2, 10_000):
        yield f"{name} ({mark} {number})"


def name_before(name: str) -> str:
    """What the workbook called *name* was called before its upgrade."""
    marked = _MARKED.fullmatch(name)
    return marked[1] if marked else name
