"""Numbers that a workbook shows with zeros before them (0012), which its cells do not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from ...workbook.parts.sheet_facts import parsed

_ZEROS = re.compile(r"(?:\[\$-[0-9A-Fa-f]+\])?(0{2,15})")
_CELL = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*?\br=["']([A-Z]{1,3}\d{1,7})["'])[^>]*?\bs=["'](\d+)["']""")


def zero_padded(xml: bytes, styles: bytes) -> Mapping[str, int]:
    """The cells of the sheet *xml* whose number format is zeros only, such as `{"A2": 4}` for 0000, with how many.

    Raises ValueError when *styles* is damaged.
    """
    widths = _widths(styles)
    if not widths:
        return {}
    return {
        reference.decode(): widths[style]
        for reference, number in _CELL.findall(xml)
        if (style := int(number)) in widths
    }


def zeros_in(number_format: str) -> int:
    """How many digits a format of nothing but zeros shows at least; 0 for another."""
    match = _ZEROS.fullmatch(number_format)
    return len(match[1]) if match else 0


def _widths(styles: bytes) -> Mapping[int, int]:
    """How many digits each cell format of such a kind shows at least."""
    if b'formatCode="' not in styles:
        return {}
    root = parsed(styles)
    formats: dict[str, int] = {}
    for element in root.iter("{*}numFmt"):
        if zeros := zeros_in(element.get("formatCode", "")):
            formats[element.get("numFmtId", "")] = zeros
    cells = root.find("{*}cellXfs")
    ids = [_format_of(child) for child in cells] if cells is not None else []
    return {index: formats[one] for index, one in enumerate(ids) if one in formats}


def _format_of(cell_format: etree._Element) -> str:
    return cell_format.get("numFmtId", "0")
