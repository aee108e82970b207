"""The parts of a workbook's package (ECMA-376 part 2) that hold its sheets, and what the fast parser does not tell."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

_REL_ID = "id"
_BUILT_IN_PERCENT = {9, 10}
_SOME_ERROR = re.compile(rb"""t=(?:"e"|'e')""")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b([^>]*?\bt=["']e["'][^>]*)(?<!/)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")


def parsed(xml: bytes) -> etree._Element:
    """The root of *xml*, read without entities or network. Raises ValueError when it is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The title of every worksheet with the name of its part. Raises KeyError or ValueError for a damaged package."""
    workbook = _main_part(parts)
    targets = _targets(parts, workbook)
    found = {}
    for element in parsed(parts[workbook]).iter():
        if _local(element) == "sheet":
            relation = next((value for name, value in element.attrib.items() if _bare(str(name)) == _REL_ID), "")
            part = targets.get(str(relation))
            if part in parts:
                found[str(element.get("name", ""))] = str(part)
    return found


def error_cells(xml: bytes) -> dict[str, str]:
    """The cells of a sheet that hold an Excel error, such as `{"H3": "#DIV/0!"}`."""
    if not _SOME_ERROR.search(xml):
        return {}
    found = {}
    for attributes, content in _ERROR_CELL.findall(xml):
        reference, value = _REFERENCE.search(attributes), _VALUE.search(content)
        if reference:
            found[reference[1].decode()] = value[1].decode("utf-8", "replace") if value else "#?"
    return found


def percent_cells(xml: bytes, styles: bytes, letters: str) -> frozenset[str]:
    """The cells of column *letters* whose number format shows a percentage, so that 0.09 is seen as 9 %."""
    percent_styles = _percent_styles(styles)
    cell = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*?\br=["'](%b\d+)["'])[^>]*?\bs=["'](\d+)["']""" % letters.encode())
    return frozenset(found.decode() for found, style in cell.findall(xml) if int(style) in percent_styles)


def _main_part(parts: Mapping[str, bytes]) -> str:
    for element in parsed(parts["_rels/.rels"]):
        if element.get("Type", "").endswith("/officeDocument"):
            return str(element.get("Target", "")).lstrip("/")
    raise ValueError("the package names no workbook")


def _targets(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    relations = parsed(parts[posixpath.join(folder, "_rels", f"{name}.rels")])
    return {
        str(element.get("Id", "")): posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))[1:]
        for element in relations
        if element.get("Type", "").endswith("/worksheet")
    }


def _percent_styles(styles: bytes) -> set[int]:
    if not styles:
        return set()
    root = parsed(styles)
    percent_formats = set(_BUILT_IN_PERCENT)
    cell_formats: list[int] = []
    for element in root.iter():
        if _local(element) == "numFmt" and "%" in element.get("formatCode", ""):
            percent_formats.add(int(element.get("numFmtId", "0")))
        elif _local(element) == "cellXfs":
            cell_formats = [int(child.get("numFmtId", "0")) for child in element]
    return {index for index, number_format in enumerate(cell_formats) if number_format in percent_formats}


def _local(element: etree._Element) -> str:
    return _bare(element.tag) if isinstance(element.tag, str) else ""


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
