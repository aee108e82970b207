"""The parts of an .xlsx and how they refer to each other (ECMA-376 part 2, open packaging conventions)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ...errors import BookUnreadable
from .package import Package

_RELATION_ID = re.compile(r"\{http://(schemas\.openxmlformats|purl\.oclc)\.org/.*relationships\}id")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its title, its part and its id in the workbook."""

    title: str
    part: str
    sheet_id: str


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What `workbook.xml`, the part `part`, says: the sheets in order, if days count from 1904, the styles' part."""

    sheets: tuple[SheetPart, ...]
    from_1904: bool
    styles: str = ""
    part: str = ""


def workbook_parts(package: Package) -> WorkbookParts:
    """Read the workbook part. Raises BookUnreadable when the package is not a workbook."""
    workbook = next((target for kind, target in _relations(package, "") if kind.endswith("/officeDocument")), None)
    if workbook is None:
        raise BookUnreadable(path=package.path, detail="workbook.xml")
    targets = _targets(package, workbook)
    root = parsed(package, workbook)
    sheets = []
    for sheet in root.iter("{*}sheet"):
        relation = next((str(value) for name, value in sheet.attrib.items() if _RELATION_ID.fullmatch(str(name))), "")
        if relation in targets:
            sheets.append(SheetPart(sheet.get("name"), targets[relation], sheet.get("sheetId")))
    properties = root.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    styles = next(iter(related(package, workbook, "/styles")), "")
    return WorkbookParts(tuple(sheets), from_1904, styles, workbook)


def related(package: Package, part: str, kind: str) -> tuple[str, ...]:
    """The parts that *part* refers to with a relation type that ends in *kind*."""
    return tuple(target for found, target in _relations(package, part) if found.endswith(kind))


def parsed(package: Package, part: str) -> Any:
    """The root element of *part*. Raises BookUnreadable for XML that is damaged or brings a DOCTYPE."""
    return parsed_part(package, part, package.read(part))


def parsed_part(package: Package, part: str, data: bytes) -> Any:
    """The same for *data*, what is read of *part*."""
    if b"<!DOCTYPE" in data[:1000]:
        raise BookUnreadable(path=package.path, detail=f"{part}: DOCTYPE")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BookUnreadable(path=package.path, detail=f"{part}: {error}") from error


def serialised(root: Any) -> bytes:
    """The bytes of a part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _relations(package: Package, part: str) -> list[tuple[str, str]]:
    return [(relation.get("Type"), _target(part, relation)) for relation in _relation_elements(package, part)]


def _targets(package: Package, part: str) -> dict[str, str]:
    return {relation.get("Id"): _target(part, relation) for relation in _relation_elements(package, part)}


def _target(part: str, relation: Any) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.get("Target"))).lstrip("/")


def _relation_elements(package: Package, part: str) -> list[Any]:
    folder, name = posixpath.split(part)
    relations_part = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations_part not in package.names():
        return []
    return [relation for relation in parsed(package, relations_part) if relation.get("TargetMode") != "External"]
