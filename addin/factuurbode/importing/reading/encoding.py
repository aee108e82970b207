"""In which encoding a text file is written."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from ...errors import ImportUnreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
_MIXED = "UTF-8 + Windows-1252"
_AS_CP1252 = "factuurbode.as_cp1252"


@dataclass(frozen=True, slots=True)
class Encoded:
    """The bytes of a text, the name of their encoding as Python knows it, and as a person does."""

    data: bytes
    name: str
    told: str


def in_one_encoding(path: Path, data: bytes, asked: str | None) -> Encoded:
    """*data* with its encoding; *asked* is what a person said.

    UTF-8 is hardly ever right by accident; what is not UTF-8 is Windows-1252 (which Excel writes on Windows), so long
    as it has no bytes that Windows-1252 lacks. A file that two programs wrote, mostly in UTF-8 with some letters in
    Windows-1252, comes back in UTF-8. Raises ImportUnreadable when none fits.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if asked in ("utf-16", "UTF-16") and not marked:
        asked = _unmarked_utf_16(data[:2000])
    candidates = [asked] if asked else [marked] if marked else _unmarked(data)
    for name in candidates:
        try:
            data.decode(name)
        except (UnicodeError, LookupError):
            if name.startswith("utf-8") and not asked and (mended := _mended(data)):
                return Encoded(mended, "utf-8", _MIXED)
            continue
        return Encoded(data, name, _NAMES.get(name, name.upper()))
    raise ImportUnreadable(path=path, detail="unreadable.encoding_asked" if asked else "unreadable.encoding")


def _mended(data: bytes) -> bytes:
    """*data* wholly in UTF-8, when it is that for the greater part; else nothing."""
    kept = data.decode("utf-8", errors="ignore")
    good = len(kept) - len(kept.encode("ascii", errors="ignore"))
    bad = len(data) - len(kept.encode())
    return data.decode("utf-8", errors=_AS_CP1252).encode() if good >= bad else b""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """What Python asks of a handler: the text for the bytes that are no UTF-8, and where to go on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


def _unmarked(data: bytes) -> list[str]:
    """What a file without a byte order mark may be. Text in UTF-16 has a zero in every second byte."""
    start = data[:2000]
    if start.count(0) > len(start) // 4:
        return [_unmarked_utf_16(start)]
    return [] if 0 in data else ["utf-8", "cp1252"]


def _unmarked_utf_16(start: bytes) -> str:
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


codecs.register_error(_AS_CP1252, _as_cp1252)
