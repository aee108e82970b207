"""Looking at a file before it is read: is it there, how large is it, and is it what its name says?"""

from __future__ import annotations

from pathlib import Path

from ...errors import ImportMissing, ImportUnreadable, disk_reason

LARGEST_TEXT = 128 * 2**20
"""Bytes of a text file: some million and a half rows, more than a sheet of Excel has."""

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})
TEXTS = frozenset({".csv", ".txt", ".tsv", ".tab"})

_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ\x90")
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml")
_END_OF_FILE = b"\x1a"  # of old systems
_MOST_CONTROLS = 0.02  # a stray one comes along when a person copies text
_NOTHING = b"\xef\xbb\xbf\xff\xfe \r\n\t\x00"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x00"))


def is_spreadsheet(path: Path) -> bool:
    """Whether *path* is a spreadsheet, by its name.

    Many systems call any export .xls: that one is looked into. Raises ImportMissing, or ImportUnreadable for a file of
    a kind that is not read.
    """
    ending = path.suffix.lower()
    if ending in SPREADSHEETS:
        return True
    if ending in TEXTS:
        return False
    if not path.exists():
        raise ImportMissing(path=path)
    if ending == ".xls":
        return _start_of(path).startswith((_ZIP, _OLE))
    raise ImportUnreadable(path=path, detail="unreadable.other_kind" if path.is_file() else "unreadable.no_file")


def _start_of(path: Path) -> bytes:
    if not path.is_file():
        raise ImportUnreadable(path=path, detail="unreadable.no_file")
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise ImportUnreadable(path=path, detail=disk_reason(error)) from error


def text_bytes(path: Path) -> bytes:
    """The bytes of a text file. Raises ImportMissing, or ImportUnreadable for one that is too large or no text."""
    try:
        if not path.is_file():
            if path.exists():
                raise ImportUnreadable(path=path, detail="unreadable.no_file")
            raise ImportMissing(path=path)
        if path.stat().st_size > LARGEST_TEXT:
            raise ImportUnreadable(path=path, detail="unreadable.too_large")
        data = path.read_bytes()
    except OSError as error:
        raise ImportUnreadable(path=path, detail=disk_reason(error)) from error
    if data.startswith((_ZIP, _OLE)):
        raise ImportUnreadable(path=path, detail="unreadable.spreadsheet_as_text")
    start = data[:4096]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if data.startswith(_BINARY) or controls > len(start) * _MOST_CONTROLS:
        raise ImportUnreadable(path=path, detail="unreadable.binary")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        raise ImportUnreadable(path=path, detail="unreadable.markup")
    if not start.strip(_NOTHING) and not data.strip(_NOTHING):
        raise ImportUnreadable(path=path, detail="unreadable.empty")
    return data if 0 in start else data.rstrip(_END_OF_FILE)
