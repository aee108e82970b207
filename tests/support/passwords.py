"""Passwords where they do not belong: in the cells of a workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter

from factuurbode.domain.model import Place

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ANNOUNCED = {
    "[Content_Types].xml": b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
    "xl/_rels/workbook.xml.rels": b'<Relationship Id="rIdTexts" Target="sharedStrings.xml" Type="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>',
}
SECRET = "Geheim-4711-in-een-cel"


def password_in_settings(book: Path, name: str = "Wachtwoord", secret: str | int = SECRET) -> Place:
    """Put *secret* beside a setting called *name*, below the others; where it stands."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[next(i for i, s in enumerate(workbook.sheetnames) if s in ("Instellingen", "Settings"))]
    row = sheet.max_row + 1
    for column, value in (("A", "Mail"), ("B", name), ("C", secret)):
        sheet[f"{column}{row}"] = value
    workbook.save(book)
    return Place(sheet.title, f"C{row}")


def password_beside_server(book: Path, server: str, secret: str | int = SECRET) -> Place:
    """Put *secret* into a new column of the sheet Mail servers, beside *server*; where it stands."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[next(i for i, s in enumerate(workbook.sheetnames) if s.startswith("Mail"))]
    header = next(cell.row for cell in sheet["A"] if cell.value in ("Aanbieder", "Provider"))
    letters = get_column_letter(sheet.max_column + 1)
    sheet[f"{letters}{header}"] = "Wachtwoord"
    row = next(cell.row for cell in sheet["B"] if cell.value == server)
    sheet[f"{letters}{row}"] = secret
    workbook.save(book)
    return Place(sheet.title, f"{letters}{row}")


def as_excel_keeps_texts(book: Path) -> None:
    """Put the texts of all cells into the part that Excel keeps them in, each text once."""
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    numbers: dict[str, int] = {}
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        root = etree.fromstring(parts[name])
        for cell in root.iter("{*}c"):
            if cell.get("t") == "inlineStr":
                text = "".join(piece.text or "" for piece in cell.iter("{*}t"))
                for child in list(cell):
                    cell.remove(child)
                cell.set("t", "s")
                value = etree.SubElement(cell, cell.tag.replace("}c", "}v"))
                value.text = str(numbers.setdefault(text, len(numbers)))
        parts[name] = etree.tostring(root)
    strings = etree.Element(f"{_MAIN}sst", nsmap={None: _MAIN[1:-1]})  # type: ignore[dict-item]
    for text in numbers:
        etree.SubElement(etree.SubElement(strings, f"{_MAIN}si"), f"{_MAIN}t").text = text
    assert "xl/sharedStrings.xml" not in parts
    parts["xl/sharedStrings.xml"] = etree.tostring(strings)
    for part, entry in _ANNOUNCED.items():
        end = parts[part].rindex(b"</")
        parts[part] = parts[part][:end] + entry + parts[part][end:]
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
