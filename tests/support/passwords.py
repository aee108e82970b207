"""Passwords where they do not belong: in the cells of a workbook, as Excel would keep them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

from factuurbode.domain.model import Place

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
