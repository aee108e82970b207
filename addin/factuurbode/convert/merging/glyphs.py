"""A TrueType font without the shapes of letters that a document does not use.

LibreOffice puts one font into the PDF of a batch, its letters in the order in which the batch first needs them: read
in that order, shapes, widths and lengths of the letters tell the first customer's name. What a document does not draw
is therefore taken out of its fonts. The numbers of the letters stay as they are.
"""

from __future__ import annotations

import struct
from collections.abc import Set
from itertools import pairwise

from .doubt import Doubt

_KNOWN = frozenset(b"cmap,cvt ,fpgm,glyf,head,hhea,hmtx,loca,maxp,name,post,prep".split(b","))
_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_CHECKSUM = 0xB1B0AFBA


def with_only(font: bytes, codes: Set[int]) -> bytes:
    """*font* with the letters of *codes* and nothing of the others. Raises Doubt when it is not built as expected."""
    try:
        return _font(_reduced(_tables(font), codes), font[:4])
    except (struct.error, IndexError, KeyError) as error:
        raise Doubt("a font that is built in another way") from error


def _tables(font: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables[tag] = font[offset : offset + length]
    if not _KNOWN.issuperset(tables):
        raise Doubt("a font with more in it than letters")
    return tables


def _reduced(tables: dict[bytes, bytes], codes: Set[int]) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", tables[b"maxp"], 4)
    (long_offsets,) = struct.unpack_from(">h", tables[b"head"], 50)
    (measures,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    where = _offsets(tables[b"loca"], count, bool(long_offsets))
    shapes = [tables[b"glyf"][begin:end] for begin, end in pairwise(where)]
    letters, mapped = _mapping(tables[b"cmap"], codes)
    kept = {0, *letters}
    waiting = list(kept)
    while waiting:
        new = set(_parts(shapes[waiting.pop()])) - kept
        kept |= new
        waiting += new
    glyf, new_where = b"", [0]
    for number, shape in enumerate(shapes):
        glyf += shape + bytes(-len(shape) % 4) if number in kept else b""
        new_where.append(len(glyf))
    widths = bytearray(tables[b"hmtx"])
    for number in set(range(count)) - kept:
        place, size = (4 * number, 4) if number < measures else (2 * (measures + number), 2)
        widths[place : place + size] = bytes(size)
    if long_offsets:
        loca = struct.pack(f">{count + 1}I", *new_where)
    else:
        loca = struct.pack(f">{count + 1}H", *(offset // 2 for offset in new_where))
    return tables | {b"glyf": glyf, b"loca": loca, b"hmtx": bytes(widths), b"cmap": mapped}


def _offsets(loca: bytes, count: int, long_offsets: bool) -> list[int]:
    if long_offsets:
        return list(struct.unpack_from(f">{count + 1}I", loca))
    return [2 * half for half in struct.unpack_from(f">{count + 1}H", loca)]


def _mapping(cmap: bytes, codes: Set[int]) -> tuple[list[int], bytes]:
    """The numbers of the letters of *codes*, and the table that maps only these: one of 256 bytes for 256 codes."""
    _, count, _, _, begin, form = struct.unpack_from(">HHHHIH", cmap)
    if (count, begin, form) != (1, 12, 0) or len(cmap) < 12 + 6 + 256:
        raise Doubt("a font whose letters are numbered in another way")
    numbers = cmap[18 : 18 + 256]
    kept = bytes(number if code in codes else 0 for code, number in enumerate(numbers))
    return [numbers[code] for code in codes], cmap[:18] + kept


def _parts(shape: bytes) -> list[int]:
    """The numbers of the letters of which *shape* is composed: é of e and its accent."""
    parts: list[int] = []
    if not shape or struct.unpack_from(">h", shape)[0] >= 0:
        return parts
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, number = struct.unpack_from(">HH", shape, place)
        parts.append(number)
        scales = 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _FOUR_SCALES else 0
        place += 4 + (4 if flags & _WORDS else 2) + scales
    return parts


def _font(tables: dict[bytes, bytes], version: bytes) -> bytes:
    """The font file of *tables*, its checksums right."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = tables[b"head"]
    tables[b"head"] = head[:8] + bytes(4) + head[12:]
    directory = version + struct.pack(">HHHH", count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    content, where_head = b"", 0
    for tag in sorted(tables):
        table, offset = tables[tag], 12 + 16 * count + len(content)
        where_head = offset if tag == b"head" else where_head
        directory += struct.pack(">4sIII", tag, _sum(table), offset, len(table))
        content += table + bytes(-len(table) % 4)
    font = bytearray(directory + content)
    struct.pack_into(">I", font, where_head + 8, (_CHECKSUM - _sum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def _sum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
