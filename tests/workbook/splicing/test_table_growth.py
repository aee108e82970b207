"""Rows that come below the filled ones of a table: forms, formulas, totals and what stands around it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn, TableFormula
from openpyxl.worksheet.worksheet import Worksheet

from factuurbode.errors import NoRoomBelow
from factuurbode.workbook.parts.cell_xml import Plain
from factuurbode.workbook.splicing.splice import SheetEdit, splice
from factuurbode.workbook.splicing.table_growth import TableRows
from support.foreign_books import parts_of, written_anew

HEADINGS = ("Nr", "Dag", "Bedrag", "Dubbel", "Eigen")


def a_book(folder: Path, *, totals: bool = False, spare: int = 0, beside: bool = True) -> Path:
    """A table of two filled rows; its columns *Dubbel* (structured) and *Eigen* (an ordinary formula) calculate."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blad"
    sheet.append(HEADINGS)
    last = 3 + spare
    for row in range(2, last + 1):
        typed = [f"F{row}", date(2026, 10, row), row * 1.5] if row <= 3 else [None, None, None]
        sheet.append([*typed, "=T[[#This Row],[Bedrag]]*2", f"=C{row}+$H$1"])
        sheet.cell(row, 2).number_format = "dd-mm-yyyy"
        sheet.cell(row, 3).font = Font(bold=True)
    table = Table(displayName="T", ref=f"A1:E{last + totals}", totalsRowCount=int(totals) or None)
    table.tableColumns = [TableColumn(id=number, name=name) for number, name in enumerate(HEADINGS, start=1)]
    table.tableColumns[3].calculatedColumnFormula = TableFormula(attr_text="T[[#This Row],[Bedrag]]*2")
    if totals:
        sheet.append(["Totaal", None, "=SUBTOTAL(109,T[Bedrag])"])
    sheet.add_table(table)
    if beside:
        sheet["H1"] = 100
        sheet["H5"] = "naast de tabel"
    rule = DataValidation(type="whole", sqref=f"C2:C{last}")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add(f"C2:C{last}", Rule(type="duplicateValues"))
    path = folder / "boek.xlsx"
    book.save(path)
    return path


def some(count: int) -> TableRows:
    typed: dict[str, list[Plain]] = {
        "A": [f"=N{number}" for number in range(count)],
        "B": [date(2026, 11, 1 + number % 28) for number in range(count)],
        "C": [Decimal(number) / 4 for number in range(count)],
    }
    return TableRows(1, 3, typed, {"D": [Decimal(number) / 2 for number in range(count)]})


def grown(path: Path, rows: TableRows, cells: Mapping[str, str] | None = None) -> Worksheet:
    splice(path, path, {"Blad": SheetEdit(cells or {}, grown=rows)})
    sheet = openpyxl.load_workbook(path)["Blad"]
    assert isinstance(sheet, Worksheet)
    return sheet


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


@pytest.mark.parametrize("spare", [0, 2, 9])
def test_rows_are_filled_and_the_table_reaches_them(tmp_path: Path, spare: int) -> None:
    path = a_book(tmp_path, spare=spare)
    sheet = grown(path, some(5))
    assert [sheet.cell(row, 1).value for row in range(2, 9)] == ["F2", "F3", "=N0", "=N1", "=N2", "=N3", "=N4"]
    assert sheet.tables["T"].ref == f"A1:E{max(8, 3 + spare)}"
    assert sheet["H5"].value == "naast de tabel"


def test_formulas_continue_with_their_values(tmp_path: Path) -> None:
    path = a_book(tmp_path, spare=1)
    sheet = grown(path, some(3))
    assert [sheet.cell(row, 4).value for row in (4, 5, 6)] == ["=T[[#This Row],[Bedrag]]*2"] * 3
    assert [sheet.cell(row, 5).value for row in (4, 5, 6)] == ["=C4+$H$1", "=C5+$H$1", "=C6+$H$1"]
    shown = openpyxl.load_workbook(path, data_only=True)["Blad"]
    assert [shown.cell(row, 4).value for row in (4, 5, 6)] == [0, 0.5, 1]


def in_sheet(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Have the sheet's XML otherwise."""
    parts = parts_of(path)
    written_anew(path, {**parts, "xl/worksheets/sheet1.xml": change(parts["xl/worksheets/sheet1.xml"])})


def with_value(path: Path, *cells: str) -> None:
    """Let the formulas in *cells* be plain values, as those of a sent invoice are."""

    def fixed(xml: bytes) -> bytes:
        for cell in cells:
            xml, count = re.subn(rb'(<c r="%b"[^>]*>)<f.*?</c>' % cell.encode(), rb"\1<v>7</v></c>", xml)
            assert count == 1
        return xml

    in_sheet(path, fixed)


def test_formulas_continue_where_the_rows_above_hold_values(tmp_path: Path) -> None:
    """By what the table states of the column, else from the nearest row with a formula, which may be set aside."""
    path = a_book(tmp_path)
    splice(path, path, {"Blad": SheetEdit(grown=some(200))})
    with_value(path, "D2", "D3", *(f"{letters}{row}" for letters in "DE" for row in range(4, 204)))
    sheet = grown(path, replace(some(3), below=203))
    assert [sheet[f"D{row}"].value for row in (203, 204, 206)] == [7, *["=T[[#This Row],[Bedrag]]*2"] * 2]
    assert [sheet[f"E{row}"].value for row in (3, 203, 204, 206)] == ["=C3+$H$1", 7, "=C204+$H$1", "=C206+$H$1"]


def test_a_formula_that_the_table_states_goes_before_one_that_somebody_typed_over_it(tmp_path: Path) -> None:
    path = a_book(tmp_path)
    in_sheet(path, lambda xml: xml.replace(b"<f>T[[#This Row],[Bedrag]]*2</f>", b"<f>1+1</f>"))
    sheet = grown(path, some(1))
    assert (sheet["D3"].value, sheet["D4"].value) == ("=1+1", "=T[[#This Row],[Bedrag]]*2")


def test_what_a_table_states_in_rows_is_told_by_the_rows_first(tmp_path: Path) -> None:
    path = a_book(tmp_path)
    name = "xl/tables/table1.xml"
    stated = re.sub(rb"(<calculatedColumnFormula>)[^<]*", rb"\1C2*2", parts_of(path)[name])
    written_anew(path, {**parts_of(path), name: stated})
    in_sheet(path, lambda xml: xml.replace(b"<f>T[[#This Row],[Bedrag]]*2</f>", b"<f>C3*2</f>"))
    with_value(path, "D2")
    assert grown(path, some(2))["D5"].value == "=C5*2"
    with_value(path, "D3", "D4", "D5")
    assert grown(path, replace(some(1), below=5))["D6"].value == "=C6*2"


@pytest.mark.parametrize("far", [False, True])
def test_formulas_that_cells_share_continue(tmp_path: Path, far: bool) -> None:
    path = a_book(tmp_path)
    splice(path, path, {"Blad": SheetEdit(grown=some(100))})
    of_group = '<f t="shared" si="3"/>'

    def shared(xml: bytes) -> bytes:
        xml = re.sub(rb"<f>C\d+\+\$H\$1</f>", of_group.encode(), xml)
        return xml.replace(of_group.encode(), b'<f t="shared" ref="E2:E103" si="3">C2+$H$1</f>', 1)

    in_sheet(path, shared)
    if far:
        with_value(path, *(f"E{row}" for row in range(60, 104)))
    sheet = grown(path, replace(some(2), below=103))
    assert [sheet[f"E{row}"].value for row in (104, 105)] == ["=C104+$H$1", "=C105+$H$1"]


def test_no_formula_continues_in_columns_that_are_ours_or_typed(tmp_path: Path) -> None:
    path = a_book(tmp_path, spare=1)
    rows = TableRows(1, 3, {"A": ["N1", "N2", "N3"]}, {}, plain=frozenset("D"), emptied=frozenset("E"))
    sheet = grown(path, rows)
    assert [sheet[f"D{row}"].value for row in (4, 5, 6)] == ["=T[[#This Row],[Bedrag]]*2", None, None]
    assert [sheet[f"E{row}"].value for row in (3, 4, 5, 6)] == ["=C3+$H$1", None, None, None]


def test_forms_continue_and_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    sheet = grown(a_book(tmp_path), some(40))
    for row in (4, 43):
        assert sheet.cell(row, 1).data_type == "s"
        assert sheet.cell(row, 2).number_format == "dd-mm-yyyy"
        assert isinstance(sheet.cell(row, 2).value, datetime)
        assert sheet.cell(row, 3).font.bold


def test_validation_and_conditional_formats_reach_the_new_rows(tmp_path: Path) -> None:
    sheet = grown(a_book(tmp_path), some(4))
    (validation,) = sheet.data_validations.dataValidation
    assert str(validation.sqref) == "C2:C7"
    assert [str(found.sqref) for found in sheet.conditional_formatting] == ["C2:C7"]


def test_the_totals_row_stays_the_last(tmp_path: Path) -> None:
    path = a_book(tmp_path, totals=True)
    sheet = grown(path, some(4))
    assert sheet.tables["T"].ref == "A1:E8"
    assert (sheet["A8"].value, sheet["C8"].value) == ("Totaal", "=SUBTOTAL(109,T[Bedrag])")


@pytest.mark.parametrize("saved", ["", '<calcPr calcId="191029"/>'])
def test_excel_is_asked_to_calculate_what_depends_on_them(tmp_path: Path, saved: str) -> None:
    path = a_book(tmp_path)
    parts = parts_of(path)
    workbook = re.sub(rb"<calcPr[^>]*/>", saved.encode(), parts["xl/workbook.xml"])
    written_anew(path, {**parts, "xl/workbook.xml": workbook})
    grown(path, some(1))
    root = part(path, "xl/workbook.xml")
    names = [etree.QName(child).localname for child in root]
    assert names.index("calcPr") == names.index("definedNames" if "definedNames" in names else "sheets") + 1
    assert root.find("{*}calcPr").get("fullCalcOnLoad") == "1"  # type: ignore[union-attr]


def test_what_stands_below_the_table_is_not_overwritten(tmp_path: Path) -> None:
    path = a_book(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Blad"]["B6"] = "niet vergeten: meel bestellen"
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(NoRoomBelow) as raised:
        grown(path, some(4))
    assert (raised.value.facts["sheet"], raised.value.facts["row"]) == ("Blad", "6")
    assert path.read_bytes() == before


def test_what_a_person_typed_in_a_column_of_their_own_is_not_overwritten(tmp_path: Path) -> None:
    path = a_book(tmp_path, spare=4)
    book = openpyxl.load_workbook(path)
    book["Blad"]["E5"] = "zelf getypt"
    book.save(path)
    sheet = grown(path, some(2))
    assert sheet["E5"].value == "zelf getypt"
    assert [sheet.cell(row, 1).value for row in (5, 6, 7)] == [None, "=N0", "=N1"]


def test_hostile_text_stays_text_and_never_breaks_the_file(tmp_path: Path) -> None:
    path = a_book(tmp_path)
    hostile = ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "<x>&\"'", "a\x00b\x1f\ufffe", "regel\r\nnog een", "x" * 40_000]
    rows = TableRows(1, 3, {"A": hostile, "B": [None] * 9, "C": [Decimal(1)] * 9}, {})
    sheet = grown(path, rows)
    read = [sheet.cell(row, 1).value for row in range(4, 13)]
    assert read[:6] == hostile[:6]
    assert read[6] == "ab"
    assert str(read[7]).replace("\r\n", "\n") == "regel\nnog een"
    assert len(str(read[8])) == 32_767
    assert all(sheet.cell(row, 1).data_type == "s" for row in range(4, 13))
