"""Taking a text out of a workbook's file for good: Excel keeps the texts of cells in a part of their own."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from .opc import parsed, related, serialised, workbook_parts
from .package import Package


def forget_texts(source: Path, target: Path, texts: Collection[str]) -> None:
    """Write *source* to *target* without those shared strings that are one of *texts* and that no cell shows any more.

    The strings keep their numbers: an empty one takes their place. Raises BookUnreadable or StorageError.
    """
    with Package(source) as package:
        changed: dict[str, bytes] = {}
        workbooks = related(package, "", "/officeDocument")
        for part in (part for book in workbooks for part in related(package, book, "/sharedStrings")):
            root = parsed(package, part)
            unused = [
                (str(number), item)
                for number, item in enumerate(root.iterfind("{*}si"))
                if "".join(piece.text or "" for piece in item.iter("{*}t")) in texts
            ]
            shown = _numbers_shown(package) if unused else set()
            for number, item in unused:
                if number not in shown:
                    _empty(item)
                    changed[part] = serialised(root)
        package.write_copy(target, changed)


def _numbers_shown(package: Package) -> set[str]:
    """The shared strings that a cell of any sheet shows, by their numbers."""
    sheets = (parsed(package, sheet.part) for sheet in workbook_parts(package).sheets)
    return {cell.findtext("{*}v", "") for sheet in sheets for cell in sheet.iter("{*}c") if cell.get("t") == "s"}


def _empty(item: Any) -> None:
    for child in list(item):
        item.remove(child)
    namespace = item.tag.partition("}")[0] + "}"
    item.append(item.makeelement(f"{namespace}t", {}))
