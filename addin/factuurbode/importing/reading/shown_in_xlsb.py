"""What cells of an .xlsb sheet show otherwise than the fast parser tells: errors, and zeros before a number.

A part is a row of records: a type and a length in seven-bit groups, then the content ([MS-XLSB] 2.1.4, 2.3.2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from ...workbook.cells import ExcelError
from .number_formats import zeros_in

Place = tuple[int, int]
"""A row and a column, both from 0."""

_ROW, _CELL_ERROR, _FORMULA_ERROR = 0, 3, 11
_NUMBERS = frozenset({2, 5, 9})  # BrtCellRk, BrtCellReal and BrtFmlaNum
_FORMAT, _FORM, _FORMS_BEGIN, _FORMS_END = 44, 47, 617, 618
_STYLE = 0xFFFFFF  # the lower 24 bits
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def shown_in_xlsb(parts: Mapping[str, bytes], index: int) -> tuple[Mapping[Place, ExcelError], Mapping[Place, int]]:
    """The failed cells of the sheet that stands at *index* in the workbook, and how many digits others show at least.

    Raises KeyError, IndexError, ValueError or struct.error for a damaged package.
    """
    widths = _widths(parts.get("xl/styles.bin", b""))
    errors: dict[Place, ExcelError] = {}
    padded: dict[Place, int] = {}
    row = 0
    for kind, content in _records(parts[f"xl/worksheets/sheet{index + 1}.bin"]):
        if kind == _ROW:
            row = int(struct.unpack_from("<I", content)[0])
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            errors[row, struct.unpack_from("<I", content)[0]] = ExcelError(_ERRORS.get(content[8], "#?"))
        elif widths and kind in _NUMBERS:
            column, style = struct.unpack_from("<II", content)
            if width := widths.get(style & _STYLE):
                padded[row, column] = width
    return errors, padded


def _widths(styles: bytes) -> Mapping[int, int]:
    """How many digits the form of a cell shows at least, by its number, for those that are only zeros (`0000`)."""
    formats: dict[int, int] = {}
    forms: list[int] = []
    of_cells = False
    for kind, content in _records(styles):
        if kind == _FORMAT:
            number, length = struct.unpack_from("<HI", content)
            if zeros := zeros_in(content[6 : 6 + 2 * length].decode("utf-16-le")):
                formats[number] = zeros
        elif kind in (_FORMS_BEGIN, _FORMS_END):
            of_cells = kind == _FORMS_BEGIN
        elif kind == _FORM and of_cells:
            forms.append(struct.unpack_from("<HH", content)[1])
    return {place: formats[number] for place, number in enumerate(forms) if number in formats}


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
