"""What cells of an .ods or .xlsb sheet show otherwise than the fast parser tells: errors, and zeros before a number."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

from lxml import etree

from ...workbook.cells import ExcelError
from ...workbook.parts.sheet_facts import parsed

Errors = Mapping[tuple[int, int], ExcelError]
"""By row and column, both from 0."""

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_OFFICE_VALUE, _OFFICE_TYPE = f"{{{_OFFICE}}}value", f"{{{_OFFICE}}}value-type"
_ZEROS_SHOWN = re.compile(rb'value="[^">]*"[^>]*><text:p>0\d')
_WITH_ZEROS = re.compile(r"0\d{1,14}")
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


def shown_in_ods(content: bytes, title: str, rows: int, width: int) -> Mapping[tuple[int, int], str]:
    """What the cells of the sheet *title* in the part `content.xml` show otherwise than they hold.

    An error, where a formula failed, and the zeros before a whole number (`0012`). Cells beyond *rows* and *width* are
    left alone, for one element can stand for a million of them. Raises ValueError when the part is damaged.
    """
    if b'value-type="error"' not in content and not _ZEROS_SHOWN.search(content):
        return {}
    found: dict[tuple[int, int], str] = {}
    for table in parsed(content).iter(f"{{{_TABLE}}}table"):
        if table.get(f"{{{_TABLE}}}name") != title:
            continue
        number = 0
        for row in table.iter(f"{{{_TABLE}}}table-row"):
            below = number + int(row.get(f"{{{_TABLE}}}number-rows-repeated", "1"))
            for column, shown in _shown_in(row, width):
                found.update(dict.fromkeys(((one, column) for one in range(number, min(below, rows))), shown))
            number = below
    return found


def _shown_in(row: etree._Element, width: int) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        next_one = column + int(cell.get(f"{{{_TABLE}}}number-columns-repeated", "1"))
        if cell.get(_OFFICE_ERROR) == "error":
            shown: str = ExcelError("".join(str(text) for text in cell.itertext()))
        elif cell.get(_OFFICE_VALUE) and cell.get(_OFFICE_TYPE) == "float":
            text = "".join(str(text) for text in cell.itertext())
            shown = text if _WITH_ZEROS.fullmatch(text) and float(text) == float(cell.get(_OFFICE_VALUE, "")) else ""
        else:
            shown = ""
        if shown:
            yield from ((one, shown) for one in range(column, min(next_one, width)))
        column = next_one


def errors_in_xlsb(parts: Mapping[str, bytes], index: int) -> Errors:
    """The failed cells of the sheet that stands at *index* in the workbook. Raises KeyError for a damaged package."""
    found: dict[tuple[int, int], ExcelError] = {}
    row = 0
    for kind, content in _records(parts[f"xl/worksheets/sheet{index + 1}.bin"]):
        if kind == _ROW:
            row = int(struct.unpack_from("<I", content)[0])
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            error = _BINARY_ERRORS.get(content[8], "#?")
            found[row, struct.unpack_from("<I", content)[0]] = ExcelError(error)
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
