"""Asking Excel to calculate: what depends on new rows, such as totals, still holds its old value in the file."""

from __future__ import annotations

from typing import Any

from lxml import etree

from .opc import parsed, serialised
from .package import Package

_BEFORE = frozenset(
    {
        "fileVersion",
        "fileSharing",
        "workbookPr",
        "workbookProtection",
        "bookViews",
        "sheets",
        "functionGroups",
        "externalReferences",
        "definedNames",
    }
)
"""What may stand before `calcPr` (ECMA-376 part 1, 18.2.27)."""


def asking_to_calculate(package: Package, part: str) -> bytes:
    """The workbook *part*, in which Excel is asked to calculate everything when it opens the file (18.2.2)."""
    root = parsed(package, part)
    properties = root.find("{*}calcPr")
    if properties is None:
        properties = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        _last_before(root).addnext(properties)
    properties.set("fullCalcOnLoad", "1")
    return serialised(root)


def _last_before(root: Any) -> Any:
    known = [child for child in root.iterchildren(tag=etree.Element) if etree.QName(child).localname in _BEFORE]
    return known[-1]
