"""A workbook in Excel's binary form (.xlsb), made by its specification ([MS-XLSB]): no program here writes one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def record(kind: int, content: bytes = b"") -> bytes:
    def seven_bit(number: int) -> bytes:
        out = bytearray()
        while True:
            out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
            number >>= 7
            if not number:
                return bytes(out)

    return seven_bit(kind) + seven_bit(len(content)) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


@dataclass(frozen=True)
class Zeros:
    """A number in a cell whose form is `0000`."""

    number: float


def styles_bin() -> bytes:
    """Cells have the second of two forms when they show four digits; a form of another kind stands before them."""
    one, two = struct.pack("<I", 1), struct.pack("<I", 2)
    formats = record(615, one) + record(44, struct.pack("<H", 164) + wide("0000")) + record(616)
    of_styles = record(626, one) + record(47, struct.pack("<HHHHHHI", 0xFFFF, 164, 0, 0, 0, 0, 0)) + record(627)
    forms = [record(47, struct.pack("<HHHHHHI", 0, number, 0, 0, 0, 0, 0)) for number in (0, 164)]
    return record(278) + formats + of_styles + record(617, two) + b"".join(forms) + record(618) + record(279)


def xlsb(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """One sheet of texts, numbers and errors (given as bytes)."""
    used = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = record(129) + record(148, used) + record(145)
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                sheet += record(6, place + wide(cell))
            elif isinstance(cell, bytes):
                sheet += record(3, place + cell)
            elif isinstance(cell, Zeros):
                sheet += record(5, struct.pack("<IId", column, 1, cell.number))
            else:
                sheet += record(5, place + struct.pack("<d", cell))
    sheet += record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Blad1"))
    book += record(144) + record(132)
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'{relations}<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
        )
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr("xl/styles.bin", styles_bin())
    return path
