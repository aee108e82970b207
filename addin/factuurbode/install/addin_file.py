"""The add-in as one file: the tab, the VBA project and the sheets in a package that Excel opens as an add-in.

Unchanged sources make an identical file, on every computer.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from ..assets import asset
from .configuration import configuration
from .sheets import configuration_sheet, licences_sheet, texts_sheet
from .vba_project import vba_project
from .vba_sources import own_modules
from .xlwings_parts import CONFIGURATION_SHEET, PROJECT, xlwings_modules

FILE_NAME = "factuurbode.xlam"

_PROJECT_ID = "{6D0F3C1E-52B7-4E0B-9A77-2C1F0E9B4D68}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEETS = (CONFIGURATION_SHEET, "texts", "licences")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def addin_bytes(values: Mapping[str, str | bool] | None = None) -> bytes:
    """The .xlam, with *values* (default: those for the Windows set-up program) on its configuration sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in _parts(configuration() if values is None else values).items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # as made on Windows, wherever it is made
            package.writestr(entry, content)
    return out.getvalue()


def _parts(values: Mapping[str, str | bool]) -> Mapping[str, str | bytes]:
    modules = (*own_modules(asset("addin", "vba")), *xlwings_modules())
    return {
        "[Content_Types].xml": _HEAD + _content_types(),
        "_rels/.rels": _HEAD
        + _relationships(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            ("http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ),
        "customUI/customUI14.xml": tab_xml(),
        "xl/workbook.xml": _HEAD + _workbook(),
        "xl/_rels/workbook.xml.rels": _HEAD
        + _relationships(
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(_SHEETS) + 1)),
            (f"{_OFFICE}/styles", "styles.xml"),
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _HEAD + configuration_sheet(values),
        "xl/worksheets/sheet2.xml": _HEAD + texts_sheet(),
        "xl/worksheets/sheet3.xml": _HEAD + licences_sheet(),
        "xl/styles.xml": _HEAD + _styles(),
        "xl/vbaProject.bin": vba_project(PROJECT, modules, _PROJECT_ID),
    }


def tab_xml() -> str:
    """The tab as it ships, without its comments."""
    source = asset("addin", "ribbon/customUI14.xml").read_text(encoding="utf-8")
    return re.sub(r"<!--.*?-->\n", "", source, flags=re.DOTALL)


def _content_types() -> str:
    parts = {
        "xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        **{f"xl/worksheets/sheet{number}.xml": f"{_TYPES}.worksheet+xml" for number in range(1, len(_SHEETS) + 1)},
        "xl/styles.xml": f"{_TYPES}.styles+xml",
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "bin": "application/vnd.ms-office.vbaProject",
    }
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        + "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items())
        + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
        + "</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _workbook() -> str:
    sheets = "".join(_sheet_entry(name, number) for number, name in enumerate(_SHEETS, 1))
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr codeName="ThisWorkbook"/>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _sheet_entry(name: str, number: int) -> str:
    hidden = ' state="hidden"' if number > 1 else ""  # one sheet has to be visible; the add-in as a whole is not
    return f'<sheet name="{name}" sheetId="{number}"{hidden} r:id="rId{number}"/>'


def _styles() -> str:
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
