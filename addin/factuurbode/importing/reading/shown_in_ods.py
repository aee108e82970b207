"""What cells of an .ods sheet show otherwise than the fast parser tells: errors, and zeros before a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from ...workbook.cells import ExcelError
from ...workbook.parts.sheet_facts import parsed

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_OFFICE_VALUE, _OFFICE_TYPE = f"{{{_OFFICE}}}value", f"{{{_OFFICE}}}value-type"
_ZEROS_SHOWN = re.compile(rb'value="[^">]*"[^>]*><text:p>0\d')
_WITH_ZEROS = re.compile(r"0\d{1,14}")
_OFFICE_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


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
