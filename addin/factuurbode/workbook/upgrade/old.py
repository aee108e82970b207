"""A workbook as it is before an upgrade, and what of it stands in the way of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...domain.ledger import Ledger
from ...errors import SheetNameTaken, SheetProtected, StructureProtected, TableMissing
from ..columns import SETTINGS
from ..layout import FoundSheet, find_sheets
from ..parts.opc import WorkbookParts, parsed, workbook_parts
from ..parts.package import Package
from ..reader import ledger_of
from ..source import Source
from ..words import normal
from .gaps import Gaps, gaps_in
from .tables import OwnTable, tables_of

_PROTECTED = re.compile(rb"""<(?:\w+:)?sheetProtection\b[^>]*?\ssheet=["'](?:1|true)["']""")


@dataclass(frozen=True)
class OldBook:
    """A workbook as it was read, and what it lacks."""

    path: Path
    found: Mapping[str, FoundSheet]
    ledger: Ledger
    gaps: Gaps


def old_book(path: Path) -> OldBook:
    """The workbook at *path*. Raises BookMissing, BookUnreadable, BookIncomplete, BookNewer."""
    source = Source(path)
    ledger = ledger_of(source)
    found = find_sheets(source)[1]
    return OldBook(path, found, ledger, gaps_in(found, ledger.settings_places))


@dataclass(frozen=True)
class OldParts:
    """Its package: the workbook's part, the part of each of our sheets, and their tables, by the key of the sheet."""

    workbook: WorkbookParts
    sheets: Mapping[str, str]
    tables: Mapping[str, OwnTable]


def old_parts(package: Package, old: OldBook) -> OldParts:
    """The parts of *old*, which can take what it lacks.

    Raises UpgradeHindered when they cannot, as far as that shows before anything is put in; BookUnreadable.
    """
    workbook = workbook_parts(package)
    by_title = {sheet.title: sheet.part for sheet in workbook.sheets}
    sheets = {key: by_title[sheet.layout.title] for key, sheet in old.found.items()}
    parts = OldParts(workbook, sheets, tables_of(package, workbook, old.found))
    _ensure_sheets_fit(package, workbook, old)
    for key in (SETTINGS.key, *old.gaps.columns):
        title = old.found[key].layout.title
        if _PROTECTED.search(package.read(sheets[key])):
            raise SheetProtected(path=old.path, sheet=title)
        grows = key in old.gaps.columns or bool(old.gaps.settings)
        if grows and key not in parts.tables:
            raise TableMissing(path=old.path, sheet=title)
    return parts


def _ensure_sheets_fit(package: Package, workbook: WorkbookParts, old: OldBook) -> None:
    titles = {normal(sheet.title): sheet.title for sheet in workbook.sheets}
    protection = parsed(package, workbook.part).find("{*}workbookProtection")
    for sheet in old.gaps.sheets:
        title = sheet.title(old.ledger.language)
        if taken := titles.get(normal(title)):
            raise SheetNameTaken(path=old.path, sheet=taken)
        if protection is not None and protection.get("lockStructure") in ("1", "true"):
            raise StructureProtected(path=old.path, sheet=title)
