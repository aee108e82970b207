"""Where the children of a worksheet and of the workbook stand: Excel refuses a file in which they are out of order."""

from __future__ import annotations

from typing import Any

from lxml import etree

ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
"""ECMA-376 part 1, 18.3.1.99 (CT_Worksheet)."""


def child(root: Any, name: str) -> Any:
    """The child *name* of a worksheet; where it has none, a new one in its place."""
    return _child(root, name, ORDER)


def child_of_workbook(root: Any, name: str) -> Any:
    """The same for the workbook's own part."""
    return _child(root, name, WORKBOOK_ORDER)


WORKBOOK_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups"),
    *("externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches"),
    *("smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)
"""ECMA-376 part 1, 18.2.27 (CT_Workbook)."""


def _child(root: Any, name: str, order: tuple[str, ...]) -> Any:
    namespace = etree.QName(root).namespace
    there = root.find(f"{{{namespace}}}{name}")
    if there is not None:
        return there
    made = etree.Element(f"{{{namespace}}}{name}")
    before = frozenset(order[: order.index(name)])
    known = [one for one in root.iterchildren(tag=etree.Element) if etree.QName(one).localname in before]
    if known:
        known[-1].addnext(made)
    else:
        root.insert(0, made)
    return made
