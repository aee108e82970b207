"""Letters that a PDF shows as an empty box, or as nothing at all, because no font had them.

A font keeps the box that stands for all letters it lacks as its shape number 0 (OpenType, `glyf`: .notdef). LibreOffice
embeds it once more for each such letter and writes down which one was meant; of a font with coloured pictures it embeds
no shape at all.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

_SINGLE = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_MEANING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<((?:[0-9A-Fa-f]{4})+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>")
_BOXES = frozenset("\u25a1\u25a2\u25af\u2610\ufffd")  # letters that are a box, and may look like the one for all others
_NO_LETTERS = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_VISIBLE = frozenset("LNPS")
_BLANK = frozenset("\u2800\u3164\uffa0\u115f\u1160")  # letters that are meant to show nothing


def boxes(document: pikepdf.Pdf) -> str:
    """The letters that *document* has no shape for, each once, in the order of the alphabet; '' when it has all."""
    found: set[str] = set()
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing:
            found.update(_lacking(thing))
    return "".join(sorted(found))


def _lacking(font: pikepdf.Object) -> Iterator[str]:
    program = _program(font)
    if program is None:
        return
    try:
        numbers, shapes = _numbers(program, font), _shapes(program)
    except (struct.error, KeyError, IndexError):  # a font of another kind; what it draws is not known
        return
    for code, text in _meanings(font.ToUnicode.read_bytes()):
        number = numbers.get(code, len(shapes)) if numbers is not None else code
        if number >= len(shapes):
            continue
        if shapes[0] and shapes[number] == shapes[0]:
            yield from (one for one in text if one not in _BOXES and unicodedata.category(one) not in _NO_LETTERS)
        elif not shapes[number] and numbers is not None:  # a composite font may speak of shapes that it does not use
            yield from (one for one in text if _is_visible(one))


def _meanings(told: bytes) -> Iterator[tuple[int, str]]:
    """Which text each code stands for (Adobe technical note 5411)."""
    for section in _SINGLE.findall(told):
        for code, meaning in _MEANING.findall(section):
            yield int(code, 16), bytes.fromhex(meaning.decode()).decode("utf-16-be", "replace")
    for section in _RANGES.findall(told):
        for first, last, meaning in _RANGE.findall(section):
            for code in range(int(first, 16), int(last, 16) + 1):
                yield code, chr(int(meaning, 16) + code - int(first, 16))


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter)[0] in _VISIBLE and letter not in _BLANK


def _program(font: pikepdf.Object) -> dict[bytes, bytes] | None:
    """The tables of the TrueType program of *font*; None when it has another kind or none."""
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor")
    if descriptor is None or "/FontFile2" not in descriptor:
        return None
    content = descriptor.FontFile2.read_bytes()
    try:
        (count,) = struct.unpack_from(">H", content, 4)
        entries = [struct.unpack_from(">4sIII", content, 12 + 16 * index) for index in range(count)]
    except struct.error:
        return None
    return {tag: content[offset : offset + length] for tag, _, offset, length in entries}


def _numbers(program: dict[bytes, bytes], font: pikepdf.Object) -> dict[int, int] | None:
    """The number of the shape of each code; None when they are the same (a composite font with Identity codes)."""
    if "/DescendantFonts" in font:
        return None
    _, count, _, _, begin, form = struct.unpack_from(">HHHHIH", program[b"cmap"])
    if (count, form) != (1, 0):
        raise KeyError("cmap")
    return dict(enumerate(program[b"cmap"][begin + 6 : begin + 6 + 256]))


def _shapes(program: dict[bytes, bytes]) -> list[bytes]:
    (count,) = struct.unpack_from(">H", program[b"maxp"], 4)
    (long_offsets,) = struct.unpack_from(">h", program[b"head"], 50)
    if long_offsets:
        where = struct.unpack_from(f">{count + 1}I", program[b"loca"])
    else:
        where = tuple(2 * half for half in struct.unpack_from(f">{count + 1}H", program[b"loca"]))
    return [program[b"glyf"][begin:end] for begin, end in pairwise(where)]
