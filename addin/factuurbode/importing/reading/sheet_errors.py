"""The cells of an .ods or .xlsb sheet in which a formula failed, which the fast parser leaves empty."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from ...workbook.sheet_facts import parsed

Errors = Mapping[tuple[int, int], str]
"""By row and column, both from 0."""

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

# [MS-XLSB] 2.3.2: a record is its type and its length in seven-bit groups, then its content
_ROW, _CELL_ERROR, _FORMULA_ERROR = 0, 3, 11
_BINARY_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def errors_in_ods(content: bytes, title: str) -> Errors:
    """The failed cells of the sheet *title* in the part `content.xml`. Raises ValueError when it is damaged."""
    if b'value-type="error"' not in content:
        return {}
    found: dict[tuple[int, int], str] = {}
    for table in parsed(content).iter(f"{{{_TABLE}}}table"):
        if table.get(f"{{{_TABLE}}}name") != title:
            continue
        number = 0
        for row in table.iter(f"{{{_TABLE}}}table-row"):
            column = 0
            for cell in row:
                if cell.get(_OFFICE_ERROR) == "error":
                    found[number, column] = "".join(str(text) for text in cell.itertext())
                column += int(cell.get(f"{{{_TABLE}}}number-columns-repeated", "1"))
            number += int(row.get(f"{{{_TABLE}}}number-rows-repeated", "1"))
    return found


def errors_in_xlsb(parts: Mapping[str, bytes], index: int) -> Errors:
    """The failed cells of the sheet that stands at *index* in the workbook. Raises KeyError for a damaged package."""
    found: dict[tuple[int, int], str] = {}
    row = 0
    for kind, content in _records(parts[f"xl/worksheets/sheet{index + 1}.bin"]):
        if kind == _ROW:
            row = int(struct.unpack_from("<I", content)[0])
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            found[row, struct.unpack_from("<I", content)[0]] = _BINARY_ERRORS.get(content[8], "#?")
    return found


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(part):
        kind, place = _seven_bit(part, place, 2)
        length, place = _seven_bit(part, place, 4)
        yield kind, part[place : place + length]
        place += length


def _seven_bit(part: bytes, place: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits, of which the first is the lowest, and the place behind it."""
    number = 0
    for group in range(most):
        byte = part[place]
        place += 1
        number |= (byte & 0x7F) << (7 * group)
        if byte < 0x80:
            break
    return number, place
