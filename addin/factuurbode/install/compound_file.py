"""A compound file as [MS-CFB] describes it, version 3: folders and streams in sectors of 512 bytes.

Streams under 4096 bytes live in 64-byte pieces of one "mini stream". No clock and no chance: the same tree gives the
same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

Tree: TypeAlias = "Mapping[str, bytes | Tree]"

_SECTOR, _MINI_SECTOR, _MINI_LIMIT = 512, 64, 4096
_ENTRY = 128
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_FOLDER, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_HEADER_FATS = 109
"""Sectors of the allocation table that the header can name: enough for 7 MB."""


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = _NONE
    left: int = _NONE
    right: int = _NONE
    colour: int = _BLACK
    first: int = 0
    size: int = 0


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file with *tree* in it. Raises ValueError when it would exceed 7 MB."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _children(tree, entries)
    sectors = _Sectors()
    mini = bytearray()
    mini_table: list[int] = []
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        entry.size = len(entry.content)
        if entry.size >= _MINI_LIMIT:
            entry.first = sectors.add(entry.content)
        elif not entry.size:
            entry.first = _END
        else:
            entry.first, pieces = len(mini_table), ceil(entry.size / _MINI_SECTOR)
            mini_table += _chain(entry.first, pieces)
            mini += entry.content.ljust(pieces * _MINI_SECTOR, b"\0")
    entries[0].first, entries[0].size = sectors.add(bytes(mini)), len(mini)
    mini_sectors = ceil(len(mini_table) * 4 / _SECTOR)
    mini_first = sectors.add(_numbers(mini_table).ljust(mini_sectors * _SECTOR, b"\xff"))
    directory = sectors.add(_directory(entries))
    return sectors.whole(directory, mini_first, mini_sectors)


def _children(tree: Tree, entries: list[_Entry]) -> int:
    """Put what is in *tree* into *entries*, and return the number of the root of their red-black tree."""
    numbers = []
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):  # 2.6.4: the shorter name comes first
        content = tree[name]
        entry = _Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _FOLDER)
        numbers.append(len(entries))
        entries.append(entry)
        if not isinstance(content, bytes):
            entry.child = _children(content, entries)
    return _balanced(numbers, entries, 1, len(numbers).bit_length())


def _balanced(numbers: Sequence[int], entries: list[_Entry], level: int, depth: int) -> int:
    """The root of a balanced tree over *numbers*. Only an incomplete last level is red, so that all paths are equal."""
    if not numbers:
        return _NONE
    middle = (len(numbers) - 1) // 2
    entry = entries[numbers[middle]]
    entry.left = _balanced(numbers[:middle], entries, level + 1, depth)
    entry.right = _balanced(numbers[middle + 1 :], entries, level + 1, depth)
    if level == depth and level > 1:
        entry.colour = _RED
    return numbers[middle]


def _directory(entries: Sequence[_Entry]) -> bytes:
    out = b""
    for entry in entries:
        name = entry.name.encode("utf-16-le") + b"\0\0"
        out += name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry.kind, entry.colour)
        out += struct.pack("<III36xIQ", entry.left, entry.right, entry.child, entry.first, entry.size)
    empty = bytes(68) + struct.pack("<III", _NONE, _NONE, _NONE) + bytes(48)
    return out + empty * (-len(entries) % (_SECTOR // _ENTRY))


class _Sectors:
    """The file's sectors and the table that says which follows which."""

    def __init__(self) -> None:
        self._sectors: list[bytes] = []
        self._table: list[int] = []

    def add(self, data: bytes) -> int:
        """Put *data* into sectors of its own; the number of the first."""
        if not data:
            return _END
        first, count = len(self._sectors), ceil(len(data) / _SECTOR)
        padded = data.ljust(count * _SECTOR, b"\0")
        self._sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
        self._table += _chain(first, count)
        return first

    def whole(self, directory: int, mini_first: int, mini_sectors: int) -> bytes:
        """The file: header, sectors, and the allocation table at the end."""
        per_sector, used, fats = _SECTOR // 4, len(self._sectors), 1
        while fats * per_sector < used + fats:
            fats += 1
        if fats > _HEADER_FATS:
            raise ValueError("a compound file of more than 7 MB")
        table = _numbers([*self._table, *[_FAT] * fats]).ljust(fats * _SECTOR, b"\xff")
        header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
        header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)  # version 3, sectors of 2**9, mini sectors of 2**6
        header += _numbers([0, fats, directory, 0, _MINI_LIMIT, mini_first, mini_sectors, _END, 0])
        header += _numbers(range(used, used + fats)).ljust(_HEADER_FATS * 4, b"\xff")
        return header + b"".join(self._sectors) + table


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _numbers(values: Sequence[int] | range) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)
