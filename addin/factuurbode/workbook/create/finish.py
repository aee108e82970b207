"""The last step: formulas get their values, and the package is written the same to the byte each time.

openpyxl writes formulas without values, knows no `ignoredErrors`, and puts the time of day into the package.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal

from lxml import etree

from ..contents import Value

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NS = f"{{{_MAIN}}}"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_MADE = "2026-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
_AFTER_IGNORED = {f"{_NS}{name}" for name in ("drawing", "legacyDrawing", "picture", "tableParts", "extLst")}

Cells = Mapping[str, Mapping[str, Value]]


def finished(package: bytes, sheets: Mapping[str, str], values: Cells, identifiers: Mapping[str, str]) -> bytes:
    """The bytes of the workbook, from openpyxl's *package*.

    *sheets* names the part of each sheet by title; *values* are those of its formulas by cell (a formula without one
    shows nothing); *identifiers* are the ranges in which digits are meant as text, which Excel need not doubt.
    """
    titles = {part: title for title, part in sheets.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(out, "w") as target:
        for name in made.namelist():
            data = made.read(name)
            if name in titles:
                title = titles[name]
                data = _with_values(data, values.get(title, {}).get, identifiers.get(title, ""))
            elif name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + _MADE.encode() + rb"\g<2>", data)
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            target.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _with_values(xml: bytes, value_of: Callable[[str, Value], Value], identifiers: str) -> bytes:
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for cell in root.iter(f"{_NS}c"):
        if cell.find(f"{_NS}f") is not None:
            _set_value(cell, value_of(cell.get("r", ""), ""))
    if identifiers:
        ignored = etree.Element(f"{_NS}ignoredErrors")
        etree.SubElement(ignored, f"{_NS}ignoredError", sqref=identifiers, numberStoredAsText="1")
        following = next((index for index, child in enumerate(root) if child.tag in _AFTER_IGNORED), len(root))
        root.insert(following, ignored)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_value(cell: etree._Element, value: Value) -> None:
    shown = cell.find(f"{_NS}v")
    if shown is None:
        shown = etree.SubElement(cell, f"{_NS}v")
    if isinstance(value, str):
        cell.set("t", "str")
        shown.text = value
        return
    if "t" in cell.attrib:
        del cell.attrib["t"]
    if isinstance(value, dt.date):
        value = (value - _EXCEL_EPOCH).days
    shown.text = format(value, "f") if isinstance(value, Decimal) else str(value)
