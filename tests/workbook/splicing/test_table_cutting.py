"""Rows that leave a table: what stands below moves up with its formulas and links, and nothing else changes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from factuurbode.workbook.splicing.splice import SheetEdit, splice
from factuurbode.workbook.splicing.table_cutting import RowsOut

TYPED = frozenset({"A", "B"})


def a_book(folder: Path, *, totals: bool = False, note: bool = False, chain: bool = False) -> Path:
    """A table of six rows with an ordinary formula and a link in each, and something beside and below it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blad"
    sheet.append(["Nr", "Bedrag", "Som", "Dubbel"])
    for row in range(2, 8):
        sheet.append([f"F{row}", row * 10, f"=B{row}+$G$1", f"=B{row}*2"])
        sheet.cell(row, 1).hyperlink = f"https://voorbeeld.example/{row}"
    if totals:
        sheet.append(["Totaal", "=SUBTOTAL(109,T[Bedrag])"])
    table = Table(displayName="T", ref=f"A1:D{7 + totals}", totalsRowCount=int(totals) or None)
    sheet.add_table(table)
    sheet["G1"], sheet["G5"], sheet["A12"] = 100, "ernaast", "eronder"
    sheet.add_data_validation(DataValidation(type="whole", sqref="B2:B7"))
    if note:
        sheet["B6"].comment = Comment("let op", "bakker")
    path = folder / "boek.xlsx"
    book.save(path)
    if chain:
        _with_chain(path)
    return path


def _with_chain(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    cells = "".join(f'<c r="{letters}{row}" i="1"/>' for row in range(2, 8) for letters in "CD")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{main}">{cells}</calcChain>'.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def cut(path: Path, *rows: int) -> Worksheet:
    splice(path, path, {"Blad": SheetEdit(removed=RowsOut(1, frozenset(rows), TYPED))})
    sheet = openpyxl.load_workbook(path)["Blad"]
    assert isinstance(sheet, Worksheet)
    return sheet


def column(sheet: Worksheet, letters: str, last: int = 12) -> list[object]:
    return [sheet[f"{letters}{row}"].value for row in range(2, last + 1)]


@pytest.mark.parametrize("rows", [(3, 5), (2,), (7,), (2, 3, 4), (5, 6, 7)])
def test_the_others_close_up_and_their_formulas_with_them(tmp_path: Path, rows: tuple[int, ...]) -> None:
    sheet = cut(a_book(tmp_path), *rows)
    stay = [row for row in range(2, 8) if row not in rows]
    last = 1 + len(stay)
    assert column(sheet, "A", last) == [f"F{row}" for row in stay]
    assert column(sheet, "C", last) == [f"=B{row}+$G$1" for row in range(2, last + 1)]
    assert sheet.tables["T"].ref == f"A1:D{last}"
    assert [sheet.cell(row, 1).value for row in range(last + 1, 12)] == [None] * (11 - last)
    assert (sheet["G1"].value, sheet["G5"].value, sheet["A12"].value) == (100, "ernaast", "eronder")


def test_links_follow_their_rows(tmp_path: Path) -> None:
    sheet = cut(a_book(tmp_path), 3, 4)
    links = {cell.value: cell.hyperlink.target for (cell,) in sheet["A2:A5"] if cell.hyperlink}
    assert links == {f"F{row}": f"https://voorbeeld.example/{row}" for row in (2, 5, 6, 7)}


def test_totals_and_validation_close_up_too(tmp_path: Path) -> None:
    sheet = cut(a_book(tmp_path, totals=True), 4)
    assert (sheet["A7"].value, sheet["B7"].value) == ("Totaal", "=SUBTOTAL(109,T[Bedrag])")
    assert sheet.tables["T"].ref == "A1:D7"
    (validation,) = sheet.data_validations.dataValidation
    assert str(validation.sqref) == "B2:B6"


def test_a_table_keeps_a_row(tmp_path: Path) -> None:
    sheet = cut(a_book(tmp_path), *range(2, 8))
    assert sheet.tables["T"].ref == "A1:D2"
    assert [sheet["A2"].value, sheet["B2"].value] == [None, None]


def test_where_a_note_would_stay_behind_rows_are_emptied(tmp_path: Path) -> None:
    sheet = cut(a_book(tmp_path, note=True), 3)
    assert column(sheet, "A", 5) == ["F2", None, "F4", "F5"]
    assert sheet["B6"].comment is not None
    assert sheet["B6"].comment.text == "let op"
    assert sheet.tables["T"].ref == "A1:D7"


def test_no_cell_without_a_formula_stays_in_the_calculation_chain(tmp_path: Path) -> None:
    path = a_book(tmp_path, chain=True)
    cut(path, 3, 6)
    with zipfile.ZipFile(path) as package:
        chain = package.read("xl/calcChain.xml").decode()
    assert [f'r="{letters}{row}"' in chain for row in (2, 5, 6, 7) for letters in "CD"] == [True] * 4 + [False] * 4
