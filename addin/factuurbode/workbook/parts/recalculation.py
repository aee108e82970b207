"""Asking Excel to calculate: what depends on cells that were written still holds its old value in the file.

Any formula of the baker's may depend on them, such as one that counts a status. (LibreOffice goes by its own setting,
*Recalculation on File Load*, whatever the file says.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from .element_order import child_of_workbook
from .opc import WorkbookParts, parsed, serialised
from .package import Package

_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s>]")
_LONGEST = 24
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def asking_to_calculate(package: Package, workbook: WorkbookParts) -> bytes | None:
    """The workbook's own part, in which Excel is asked to calculate everything when it opens the file.

    None when that is so already, or when there is nothing to calculate.
    """
    root = parsed(package, workbook.part)
    asked = root.find(f"{{{etree.QName(root).namespace}}}calcPr")
    if asked is not None and asked.get("fullCalcOnLoad") in ("1", "true"):
        return None
    if not any(_has_formulas(package.pieces(sheet.part)) for sheet in workbook.sheets):
        return None
    ask_to_calculate(root)
    return serialised(root)


def ask_to_calculate(workbook: Any) -> None:
    """The same for the root of that part (ECMA-376 part 1, 18.2.2)."""
    child_of_workbook(workbook, "calcPr").set("fullCalcOnLoad", "1")


def _has_formulas(pieces: Iterable[bytes]) -> bool:
    """Whether a sheet may have any; its XML comes in *pieces*."""
    left = b""
    for piece in pieces:
        if _FORMULA.search(left + piece) or (not left and piece.startswith(_UTF_16)):
            return True
        left = piece[-_LONGEST:]
    return False
