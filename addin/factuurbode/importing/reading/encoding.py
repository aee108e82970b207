"""In which encoding a text file is written."""

from __future__ import annotations

import codecs
from pathlib import Path

from ...errors import ImportUnreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path, data: bytes, asked: str | None) -> str:
    """The name of the encoding of *data*, as Python knows it; *asked* is what a person said.

    UTF-8 is hardly ever right by accident; what is not UTF-8 is Windows-1252 (which Excel writes on Windows), so long
    as it has no bytes that Windows-1252 lacks. Raises ImportUnreadable when none fits.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    candidates = [asked] if asked else [marked] if marked else _unmarked(data)
    for name in candidates:
        try:
            data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return name
    raise ImportUnreadable(path=path, detail="unreadable.encoding")


def _unmarked(data: bytes) -> list[str]:
    """What a file without a byte order mark may be. Text in UTF-16 has a zero in every second byte."""
    start = data[:2000]
    if start.count(0) > len(start) // 4:
        return ["utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"]
    return [] if 0 in data else ["utf-8", "cp1252"]
