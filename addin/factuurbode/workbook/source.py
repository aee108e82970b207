"""Opening a workbook that anybody may have made: nothing of it is believed before it was weighed.

The file is read once, so that what was checked is what is parsed. Zip bombs (a few kilobytes that unpack into
gigabytes) and sheets that would need more memory than a computer has are refused before the parser sees them.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from ..errors import BookMissing, BookUnreadable, disk_reason
from .cells import Cell
from .panics import no_panic
from .parts.sheet_facts import error_cells, percent_cells, sheet_parts
from .splicing.table_part import table_names, totals_rows

MAX_FILE = 200 * 2**20
MAX_UNPACKED = 2**30
MAX_RATIO = 250  # XML of a sheet with the same cell in every row packs about 60 times
RATIO_COUNTS_FROM = 16 * 2**20
MAX_CELLS = 30_000_000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_NEAR = re.compile(rb""" r=["'](?!A?[A-Z]?1?\d{1,5}+["'])""")  # beyond column AZ or row 199,999
_CELL = re.compile(rb"""\br=["']([A-Z]{0,3})(\d{1,7})["']""")


class Source:
    """The bytes of a workbook, weighed, and the parser over them."""

    def __init__(self, path: Path, data: bytes | None = None, *, weighed: str = "") -> None:
        """The workbook at *path*, or *data* that will stand there.

        *weighed* is the `digest` of a workbook that was weighed before: when these are the same bytes, that is not
        done again. Raises BookMissing or BookUnreadable; `detail` of the latter is a key of the texts
        (`unreadable.…`).
        """
        self.path = path
        data = bytes_of(path) if data is None else data
        self.digest = hashlib.sha256(data).hexdigest()
        self._parts: Mapping[str, bytes] = Parts(path, data)
        if self.digest != weighed:
            self._parts = dict(self._parts)
        try:
            self._sheets = sheet_parts(self._parts)
            with no_panic():
                self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except (CalamineError, ValueError, KeyError) as error:
            raise BookUnreadable(path=path, detail="unreadable.damaged") from error

    @property
    def titles(self) -> list[str]:
        """The names of the worksheets, in their order."""
        return [title for title in self._workbook.sheet_names if title in self._sheets]

    def xml(self, title: str) -> bytes:
        """The XML of the worksheet *title*."""
        return self._parts[self._sheets[title]]

    @property
    def styles(self) -> bytes:
        """The XML of the formats of cells; nothing where the workbook has none."""
        return self._parts.get("xl/styles.xml", b"")

    def totals_rows(self, title: str) -> frozenset[int]:
        """The rows of the worksheet *title* in which a table has its totals. Raises BookUnreadable."""
        try:
            return totals_rows(self._parts, self._sheets[title])
        except ValueError as error:
            raise BookUnreadable(path=self.path, detail="unreadable.damaged") from error

    def tables(self, title: str) -> Mapping[int, str]:
        """The names of the tables on the worksheet *title*, by the rows of their headings. Raises BookUnreadable."""
        try:
            return table_names(self._parts, self._sheets[title])
        except ValueError as error:
            raise BookUnreadable(path=self.path, detail="unreadable.damaged") from error

    def errors(self, title: str) -> Mapping[str, str]:
        """The cells of the sheet *title* that hold an Excel error; the parser leaves them empty."""
        return error_cells(self.xml(title))

    def percent_cells(self, title: str, letters: str) -> frozenset[str]:
        """The cells of the column *letters* that show their number as a percentage."""
        return percent_cells(self.xml(title), self.styles, letters)

    def rows(self, title: str) -> list[list[Cell]]:
        """All cells of the sheet *title*, from A1 on; '' is an empty cell, and a cell with an Excel error too.

        Raises BookUnreadable for a sheet that is too large or damaged.
        """
        if _area(self.xml(title)) > MAX_CELLS:
            raise BookUnreadable(path=self.path, detail="unreadable.too_large")
        try:
            with no_panic():
                return self._workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise BookUnreadable(path=self.path, detail="unreadable.damaged") from error


def ensure_package(path: Path) -> None:
    """Raises BookMissing or BookUnreadable for a file that can be no workbook, before anything is kept beside it."""
    try:
        if zipfile.is_zipfile(path):
            return
    except OSError as error:
        raise BookUnreadable(path=path, detail=disk_reason(error)) from error
    bytes_of(path)
    raise BookUnreadable(path=path, detail="unreadable.no_workbook")


def bytes_of(path: Path) -> bytes:
    """The file at *path*, which is not too large and no old .xls. Raises BookMissing, BookUnreadable."""
    try:
        if not path.is_file():
            if path.exists():
                raise BookUnreadable(path=path, detail="unreadable.no_file")
            raise BookMissing(path=path)
        if path.stat().st_size > MAX_FILE:
            raise BookUnreadable(path=path, detail="unreadable.too_large")
        data = path.read_bytes()
    except OSError as error:
        raise BookUnreadable(path=path, detail=disk_reason(error)) from error
    if data.startswith(_OLE):
        raise BookUnreadable(path=path, detail="unreadable.password" if _ENCRYPTED in data else "unreadable.old_xls")
    return data


class Parts(Mapping[str, bytes]):
    """The parts of a package whose names end so, each unpacked when it is asked for.

    *must_have* is a part that such a package has. Raises BookUnreadable when it is no package or, of a part, when it is
    damaged or a bomb.
    """

    def __init__(
        self,
        path: Path,
        data: bytes,
        endings: tuple[str, ...] = (".xml", ".rels"),
        must_have: str = "[Content_Types].xml",
    ) -> None:
        self._path, self._data = path, data
        entries = _entries(path, data, must_have)
        self._entries = {entry.filename: entry for entry in entries if entry.filename.endswith(endings)}

    def __getitem__(self, name: str) -> bytes:
        return _inflated(self._path, self._data, self._entries[name])

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _entries(path: Path, data: bytes, must_have: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise BookUnreadable(path=path, detail="unreadable.no_workbook") from error
    if len({entry.filename for entry in entries}) != len(entries):
        raise BookUnreadable(path=path, detail="unreadable.damaged")
    if not any(entry.filename == must_have for entry in entries):
        raise BookUnreadable(path=path, detail="unreadable.no_workbook")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BookUnreadable(path=path, detail="unreadable.bomb")
    return entries


def _inflated(path: Path, data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The content of *entry*, unpacked here because a size that is told need not be the size that comes out."""
    if entry.file_size > max(RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size):
        raise BookUnreadable(path=path, detail="unreadable.bomb")
    header = data[entry.header_offset : entry.header_offset + 30]
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    start = entry.header_offset + 30 + names
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        content = bytes(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED and not entry.flag_bits & 0x1:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise BookUnreadable(path=path, detail="unreadable.damaged") from error
    else:
        raise BookUnreadable(path=path, detail="unreadable.password")
    if len(content) != entry.file_size:
        raise BookUnreadable(path=path, detail="unreadable.damaged")
    return content


def _area(xml: bytes) -> int:
    """How many cells the rectangle around the used cells of a sheet has; 0 when it is certainly an ordinary one.

    The parser keeps the whole rectangle in memory, so one stray cell at XFD1048576 would ask for 17 billion.
    """
    if not _NOT_NEAR.search(xml):
        return 0
    rows, columns = 1, 1
    for match in _CELL.finditer(xml):
        letters, row = match.groups()
        rows = max(rows, int(row))
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        columns = max(columns, number)
    return rows * columns
