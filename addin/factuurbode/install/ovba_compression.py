"""Compression of VBA streams, as [MS-OVBA] 2.4.1 describes it: a container of chunks.

A token is one byte as it is, or two that say "copy so many bytes from so far back"; eight tokens share a byte of flags.
How many of the 16 bits tell the distance grows with the position in the chunk.
"""

from __future__ import annotations

import struct
from collections import defaultdict

CHUNK = 4096
_SIGNATURE = b"\x01"
_COMPRESSED, _RAW = 0xB000, 0x3000
_SHORTEST = 3
_CANDIDATES = 64
"""Earlier places that are looked at for the longest repetition; more of them gain next to nothing."""


def compressed(data: bytes) -> bytes:
    """*data* as a compressed container; the same bytes for the same data, always."""
    return _SIGNATURE + b"".join(_chunk(data[start : start + CHUNK]) for start in range(0, len(data), CHUNK))


def _chunk(data: bytes) -> bytes:
    tokens = _tokens(data)
    if len(tokens) >= CHUNK and len(data) == CHUNK:
        return struct.pack("<H", _RAW | CHUNK - 1) + data
    return struct.pack("<H", _COMPRESSED | len(tokens) - 1) + tokens


def _tokens(data: bytes) -> bytes:
    out = bytearray()
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    position = 0
    while position < len(data):
        flags_at = len(out)
        out.append(0)
        for bit in range(8):
            if position >= len(data):
                break
            length, distance = _longest(data, position, seen)
            if length:
                shift = 16 - _distance_bits(position)
                out += struct.pack("<H", (distance - 1) << shift | length - _SHORTEST)
                out[flags_at] |= 1 << bit
            else:
                length = 1
                out.append(data[position])
            for passed in range(position, position + length):
                seen[data[passed : passed + _SHORTEST]].append(passed)
            position += length
    return bytes(out)


def _distance_bits(position: int) -> int:
    """How many bits of a copy token tell the distance, at *position* in the chunk ([MS-OVBA] 2.4.1.3.19.1)."""
    return max(4, (position - 1).bit_length()) if position else 4


def _longest(data: bytes, position: int, seen: defaultdict[bytes, list[int]]) -> tuple[int, int]:
    """Length and distance of the longest earlier repetition of what stands at *position*; (0, 0) when there is none."""
    most = min((0xFFFF >> _distance_bits(position)) + _SHORTEST, len(data) - position)
    best, distance = 0, 0
    if most < _SHORTEST:
        return best, distance
    for start in reversed(seen[data[position : position + _SHORTEST]][-_CANDIDATES:]):
        length = _SHORTEST
        while length < most and data[start + length] == data[position + length]:
            length += 1
        if length > best:
            best, distance = length, position - start
    return best, distance
