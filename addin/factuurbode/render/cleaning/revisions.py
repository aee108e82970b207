"""Tracked changes accepted, as Word's own command does it (ECMA-376 part 1, 17.13.5)."""

from __future__ import annotations

from lxml import etree

from ..package import WORDPROCESSING as W
from .private import removed

_FORMER_PROPERTIES = tuple(
    f"{W}{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "tcPr", "trPr", "numbering")
)
_EDGES = tuple(
    f"{W}{name}Range{edge}"
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for edge in ("Start", "End")
)
_GONE = (f"{W}del", f"{W}moveFrom")
_COME = (f"{W}ins", f"{W}moveTo")
_CHANGED_CELLS = (f"{W}cellIns", f"{W}cellMerge")
CHANGES = (*_GONE, *_COME, *_FORMER_PROPERTIES, f"{W}cellDel", *_CHANGED_CELLS)
"""The elements of which each one is a tracked change."""


def accept(story: etree._Element) -> None:
    """Make *story* what it is with all changes accepted."""
    for mark in list(story.iter(*_FORMER_PROPERTIES, *_EDGES, *_CHANGED_CELLS)):
        removed(mark)
    for cell in [cell for cell in story.iter(f"{W}tc") if cell.find(f"{W}tcPr/{W}cellDel") is not None]:
        removed(cell)
    for row in [row for row in story.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None or _lacks(row, "tc")]:
        removed(row)
    for table in [table for table in story.iter(f"{W}tbl") if _lacks(table, "tr")]:
        removed(table)
    endless = [
        one for one in story.iter(f"{W}p") if any(one.find(f"{W}pPr/{W}rPr/{gone}") is not None for gone in _GONE)
    ]
    for gone in list(story.iter(*_GONE)):
        removed(gone)
    for paragraph in endless:
        _joined_to_next(paragraph)
    for come in list(story.iter(*_COME)):
        _unwrapped(come)


def _lacks(element: etree._Element, name: str) -> bool:
    return next(element.iter(f"{W}{name}"), None) is None


def _joined_to_next(paragraph: etree._Element) -> None:
    """Without its end, a paragraph runs on into the next one and looks like that."""
    following = paragraph.getnext()
    if following is not None and following.tag == f"{W}tbl" and _lacks(paragraph, "r"):
        removed(paragraph)
    if following is None or following.tag != f"{W}p":
        return
    place = int(following.find(f"{W}pPr") is not None)
    following[place:place] = [child for child in paragraph if child.tag != f"{W}pPr"]
    removed(paragraph)


def _unwrapped(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - a change stands in something
    place = parent.index(element)
    parent[place : place + 1] = list(element)
