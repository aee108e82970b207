"""Sheets that come behind the others, as they are in a new workbook."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from ...domain.model import Language
from ..columns import Sheet
from ..parts.cell_xml import fill
from ..parts.element_order import child_of_workbook
from ..parts.opc import parsed, parsed_part, serialised
from ..parts.package import Package
from .looks import Looks
from .model import Model

_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


class NewSheets:
    """Adding sheets to *package*: they enter *workbook*, the root of its part *workbook_part*.

    `added` are the new parts.
    """

    def __init__(self, package: Package, workbook_part: str, workbook: Any, model: Model, looks: Looks) -> None:
        self._package = package
        self._model = model
        self._looks = looks
        self._folder = posixpath.dirname(workbook_part)
        self._workbook = workbook
        self._namespace = str(etree.QName(self._workbook).namespace)
        self._relations_part = posixpath.join(self._folder, "_rels", f"{posixpath.basename(workbook_part)}.rels")
        self._relations = parsed(package, self._relations_part)
        self._kind = next(
            one.get("Type").rpartition("/")[0] for one in self._relations if one.get("Type").endswith("/worksheet")
        )
        self._types = parsed(package, _TYPES)
        self._tables = [root for name in package.names() if (root := _table(package, name)) is not None]
        self.added: dict[str, bytes] = {}

    @property
    def changed(self) -> dict[str, bytes]:
        """The parts that changed, but for the workbook's own."""
        return {self._relations_part: serialised(self._relations), _TYPES: serialised(self._types)}

    def add(self, sheet: Sheet, language: Language) -> None:
        """Add *sheet* at the end."""
        title = sheet.title(language)
        part = self._free("worksheets/sheet{}.xml")
        self.added[part] = b""
        root = self._model.part(title)
        self._dress(root)
        relations = self._add_tables(title, root, part)
        self.added[part] = serialised(root)
        self.added[posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")] = relations
        self._enter(title, part)

    def _enter(self, title: str, part: str) -> None:
        """Let the workbook know the sheet in *part*, and which rows it prints on every page."""
        ids = {one.get("Id") for one in self._relations}
        relation = next(f"rId{number}" for number in range(1, len(ids) + 2) if f"rId{number}" not in ids)
        etree.SubElement(
            self._relations,
            f"{{{_RELATIONS}}}Relationship",
            Id=relation,
            Type=f"{self._kind}/worksheet",
            Target=posixpath.relpath(part, self._folder),
        )
        self._declare(part, "worksheet")
        sheets = self._workbook.find(f"{{{self._namespace}}}sheets")
        number = max(int(one.get("sheetId")) for one in sheets) + 1
        made = etree.SubElement(sheets, f"{{{self._namespace}}}sheet", name=title, sheetId=str(number))
        made.set(f"{{{self._kind}}}id", relation)
        if rows := self._model.sheet(title).print_title_rows:
            quoted = title.replace("'", "''")
            names = child_of_workbook(self._workbook, "definedNames")
            name = etree.SubElement(names, f"{{{self._namespace}}}definedName", name="_xlnm.Print_Titles")
            name.set("localSheetId", str(len(sheets) - 1))
            name.text = f"'{quoted}'!{rows}"

    def _dress(self, root: Any) -> None:
        """Give cells and columns of the sheet *root* their numbers in this workbook, and text its place in the cell."""
        for cell in root.iter(f"{{{self._namespace}}}c"):
            if cell.get("s"):
                cell.set("s", self._looks.of(int(cell.get("s"))))
            if cell.get("t") == "s":
                fill(cell, self._model.words[int(cell.findtext(f"{{{self._namespace}}}v"))], self._namespace)
        for column in root.iter(f"{{{self._namespace}}}col"):
            if column.get("style"):
                column.set("style", self._looks.of(int(column.get("style"))))
        for rule in root.iter(f"{{{self._namespace}}}cfRule"):
            if rule.get("dxfId"):
                rule.set("dxfId", self._looks.of_change(int(rule.get("dxfId"))))
        for view in root.iter(f"{{{self._namespace}}}sheetView"):
            view.attrib.pop("tabSelected", None)

    def _add_tables(self, title: str, root: Any, part: str) -> bytes:
        """Add the tables of a sheet, under names that are still free; the sheet's relations to them."""
        relations = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        parts = root.iter(f"{{{self._namespace}}}tablePart")
        for number, (table, place) in enumerate(zip(self._model.tables(title), parts, strict=True), start=1):
            name = self._free("tables/table{}.xml")
            table.set("id", str(max((int(one.get("id")) for one in self._tables), default=0) + 1))
            called = self._free_name(table.get("displayName"))
            table.set("name", called)
            table.set("displayName", called)
            self._tables.append(table)
            self.added[name] = serialised(table)
            self._declare(name, "table")
            relation = f"rId{number}"
            etree.SubElement(
                relations,
                f"{{{_RELATIONS}}}Relationship",
                Id=relation,
                Type=f"{self._kind}/table",
                Target=posixpath.relpath(name, posixpath.dirname(part)),
            )
            place.attrib.clear()
            place.set(f"{{{self._kind}}}id", relation)
        return serialised(relations)

    def _declare(self, part: str, kind: str) -> None:
        namespace = etree.QName(self._types).namespace
        made = etree.SubElement(self._types, f"{{{namespace}}}Override", PartName=f"/{part}")
        made.set("ContentType", _KIND.format(kind))

    def _free(self, pattern: str) -> str:
        """The first name of a part that nothing has yet; names differ in more than case."""
        taken = {name.casefold() for name in (*self._package.names(), *self.added)}
        number = 1
        while (name := posixpath.join(self._folder, pattern.format(number))).casefold() in taken:
            number += 1
        return name

    def _free_name(self, name: str) -> str:
        """*name*, or with a number behind it when a table or a name of the workbook is called that already."""
        taken = {str(one.get("displayName")).casefold() for one in self._tables}
        taken |= {str(one.get("name")).casefold() for one in self._workbook.iter("{*}definedName")}
        return next(one for one in _numbered(name) if one.casefold() not in taken)


def _numbered(name: str) -> Iterable[str]:
    yield name
    number = 2
    while True:
        yield f"{name}{number}"
        number += 1


def _table(package: Package, name: str) -> Any:
    """The root of the part *name* when it is a table."""
    if not re.search(r"/tables/[^/]+\.xml$", name):
        return None
    root = parsed_part(package, name, package.read(name))
    return root if etree.QName(root).localname == "table" else None
