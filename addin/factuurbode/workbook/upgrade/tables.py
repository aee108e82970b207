"""The tables of a workbook: which sheet has which, and what a new column does to one (ECMA-376 part 1, 18.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ...domain.model import Language
from ...errors import TableMissing
from ..columns import Sheet
from ..create.whereabouts import InNewBook, Standing
from ..layout import FoundSheet
from ..parts.opc import WorkbookParts, parsed, related
from ..parts.package import Package
from ..parts.sheet_xml import column_letters, column_number
from ..splicing.table_part import TablePart

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SPECIAL = re.compile(r"(['\[\]#@])")


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The table of one of our sheets, and its part."""

    part: str
    table: TablePart


def tables_of(package: Package, workbook: WorkbookParts, found: Mapping[str, FoundSheet]) -> Mapping[str, OwnTable]:
    """The tables of the *found* sheets, by the key of the sheet; those that have none are left out."""
    parts = {sheet.title: sheet.part for sheet in workbook.sheets}
    tables: dict[str, OwnTable] = {}
    for key, sheet in found.items():
        columns = {column_number(letters) for letters in sheet.layout.columns.values()}
        for part in related(package, parts[sheet.layout.title], "/table"):
            root = parsed(package, part)
            table = TablePart(root)
            plain = root.get("tableType", "worksheet") == "worksheet" and root.get("headerRowCount") != "0"
            if plain and table.header_row == sheet.layout.header_row and columns.issubset(table.columns):
                tables[key] = OwnTable(part, table)
    return tables


def widen(own: OwnTable, columns: Sequence[tuple[str, str | None]]) -> OwnTable:
    """Add *columns*, each a title and perhaps a formula, at the right end of a table."""
    root = own.table.root
    namespace = etree.QName(root).namespace
    titles = root.find(f"{{{namespace}}}tableColumns")
    for title, formula in columns:
        new = max((int(one.get("id")) for one in titles), default=0) + 1
        column = etree.SubElement(titles, f"{{{namespace}}}tableColumn", id=str(new), name=title)
        if formula:
            etree.SubElement(column, f"{{{namespace}}}calculatedColumnFormula").text = formula
    titles.set("count", str(len(titles)))
    last = column_letters(own.table.columns.stop - 1 + len(columns))
    for element in (root, *root.findall(f"{{{namespace}}}autoFilter")):
        start, _, end = element.get("ref").partition(":")
        element.set("ref", f"{start}:{last}{re.sub('[A-Z$]', '', end or start)}")
    return OwnTable(own.part, TablePart(root))


class InThisBook(InNewBook):
    """The sheets of a workbook that is there: what is not in it yet will be as in a new one."""

    def __init__(
        self, path: Path, language: Language, found: Mapping[str, FoundSheet], tables: Mapping[str, OwnTable]
    ) -> None:
        super().__init__(language)
        self._path = path
        self._found = found
        self._tables = tables

    def table(self, sheet: Sheet) -> str:
        """See `Whereabouts`. Raises TableMissing."""
        if sheet.key not in self._found:
            return super().table(sheet)
        if sheet.key not in self._tables:
            raise TableMissing(path=self._path, sheet=self._found[sheet.key].layout.title)
        return str(self._tables[sheet.key].table.root.get("displayName"))

    def heading(self, sheet: Sheet, key: str) -> str:
        """See `Whereabouts`; signs that mean something in a formula are marked."""
        letters = self._found[sheet.key].layout.columns.get(key) if sheet.key in self._found else None
        if letters is None or sheet.key not in self._tables:
            return super().heading(sheet, key)
        table = self._tables[sheet.key].table
        columns = list(table.root.iter("{*}tableColumn"))
        name = _ESCAPED.sub(
            lambda sign: chr(int(sign[1], 16)), columns[column_number(letters) - table.columns.start].get("name")
        )
        return _SPECIAL.sub(r"'\1", name)

    def standing(self, sheet: Sheet, key: str) -> Standing:
        """See `Whereabouts`."""
        if sheet.key not in self._found:
            return super().standing(sheet, key)
        layout = self._found[sheet.key].layout
        return Standing(layout.title, layout.columns[key], layout.header_row + 1)
