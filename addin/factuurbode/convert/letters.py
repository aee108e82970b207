"""Which letters can the fonts of this computer print? LibreOffice takes what a font lacks from any other that has it.

Asked of fontconfig, which LibreOffice asks too (Linux). Elsewhere nothing is known beforehand, and no letter is
refused; what comes out as an empty box is found in the PDF (`boxes`), there as everywhere.
"""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from .probe import first_program

SECONDS = 20
_FORMAT = "%{fontformat}|%{scalable}|%{color}|%{charset}\\n"
_OUTLINES = ("TrueType", "CFF")  # LibreOffice has no Type 1 and no bitmap fonts (since 5.3)
# Latin, Greek, Cyrillic, punctuation and currency signs: no fault of a list of fonts is to keep a European's name in.
_EUROPEAN = ((0x0000, 0x052F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20CF), (0xFB00, 0xFB06))
_RANGE = re.compile(r"([0-9a-f]+)(?:-([0-9a-f]+))?")
_VERSION = re.compile(r"^ProductKey=\D*(\d+)\.(\d+)", re.MULTILINE)
_IN_COLOUR = (7, 5)
_SHOWN = frozenset("LMNPS")
_OTHER_FONTS = ("win32", "darwin")  # a fontconfig that is there all the same does not know what is printed with
_UNKNOWN = ("Cn", "Co")  # newer than this Python's table, or of private use
_SELECTORS = range(0xFE00, 0xFE10)

Ranges = tuple[tuple[int, int], ...]


def unprintable(text: str) -> str:
    """The letters of *text* that no font of this computer has, each once and in order; '' when all can be printed."""
    if text.isascii():
        return ""
    return "".join(dict.fromkeys(letter for letter in unicodedata.normalize("NFC", text) if not _has(letter)))


@cache
def _has(letter: str) -> bool:
    code, category = ord(letter), unicodedata.category(letter)
    shows_nothing = category[0] not in _SHOWN and category not in _UNKNOWN
    if shows_nothing or code in _SELECTORS or _within(code, _EUROPEAN):
        return True
    known = _known()
    return known is None or _within(code, known)


def _within(code: int, ranges: Ranges) -> bool:
    place = bisect_right(ranges, (code, 0x110000)) - 1
    return place >= 0 and ranges[place][0] <= code <= ranges[place][1]


@cache
def _known() -> Ranges | None:
    """All that the fonts have between them; None where nobody tells."""
    if sys.platform in _OTHER_FONTS:
        return None
    try:
        told = _told(["fc-list", "--format", _FORMAT])
        if own := _own_fonts():
            told += _told(["fc-scan", "--format", _FORMAT, *map(str, own)])
    except (OSError, subprocess.SubprocessError):
        return None
    return ranges_of(told.splitlines(), coloured=_prints_in_colour()) or None


def ranges_of(lines: Iterable[str], *, coloured: bool) -> Ranges:
    """The letters of the fonts that can be printed with, as fontconfig tells them, a line a font, in ascending order.

    Fonts of *coloured* pictures (emoji) count or do not.
    """
    pieces = sorted({piece for line in lines for piece in _pieces(line, coloured=coloured)})
    joined: list[tuple[int, int]] = []
    for first, last in pieces:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _pieces(line: str, *, coloured: bool) -> Iterator[tuple[int, int]]:
    if line.count("|") != _FORMAT.count("|"):
        return
    kind, scalable, colour, charset = line.split("|")
    if kind not in _OUTLINES or (colour == "True" and not coloured) or (colour != "True" and scalable != "True"):
        return
    for first, last in _RANGE.findall(charset):
        yield int(first, 16), int(last or first, 16)


def _told(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS).stdout


def _prints_in_colour() -> bool:
    """Whether LibreOffice puts coloured letters into a PDF; 7.4 leaves them blank, and of later ones the PDF tells."""
    program = first_program()
    try:
        told = (program.parent / "bootstraprc").read_text(encoding="utf-8", errors="replace") if program else ""
    except OSError:
        return True
    version = _VERSION.search(told)
    return version is None or (int(version[1]), int(version[2])) >= _IN_COLOUR


def _own_fonts() -> list[Path]:
    """The fonts that LibreOffice brings along; fontconfig does not list them."""
    program = first_program()
    return sorted((program.parent.parent / "share" / "fonts" / "truetype").glob("*.[ot]tf")) if program else []
