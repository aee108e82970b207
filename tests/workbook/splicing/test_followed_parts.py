"""Everything in a workbook that points to cells of a table follows when its rows come and go; the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from factuurbode.workbook.parts.cell_xml import Plain
from factuurbode.workbook.splicing.splice import SheetEdit, splice
from factuurbode.workbook.splicing.table_cutting import RowsOut
from factuurbode.workbook.splicing.table_growth import TableRows
from support.calc_engine.office import CalcOffice, a_calc, uno_module
from support.foreign_books import changed, opened, parts_of, sheet_part, with_pivot_of, written_anew

TITLE = "Bakker's blad"
OURS = "'Bakker''s blad'"
LAST = 8
POINTERS = {
    "A1": "SUM({0}!B2:B8)",
    "A2": "{0}!$B$8",
    "A3": "SUM({0}!B3:B20)",
    "A4": "{0}!B9",
    "A5": "SUM({0}!A:B)",
    "A6": "LOG10({0}!B7)&\"{0}!B8 & 'B8'\"",
    "A7": "SUM(T[Bedrag])+A8+B8",
    "A8": "SUM({0}!A1:Z8)",
    "A9": "{0}!B30+{0}!H8",
    "A10": "SUM({0}!B3:B12)+{0}!$D$13",
}
"""What stands on another sheet; row 9 is that of the totals, where there are any."""


def a_book(path: Path, *, totals: bool = False) -> Path:
    """A table of seven rows with formulas, and whatever can point to it, on its own sheet and on another."""
    book = xlsxwriter.Workbook(path)
    sheet, other = book.add_worksheet(TITLE), book.add_worksheet("Overzicht")
    for row in range(2, LAST + 1):
        sheet.write_row(row - 1, 0, [f"F{row}", row * 10])
        sheet.write_formula(row - 1, 2, f"=B{row}/SUM(B$2:B$8)", None, 0.1)
        sheet.write_formula(row - 1, 3, f"=SUM(B$2:B{row})", None, 1)
    columns = [{"header": name} for name in ("Nr", "Bedrag", "Deel", "Loopt op")]
    columns[1]["total_function"] = "sum"
    sheet.add_table(0, 0, LAST - 1 + totals, 3, {"columns": columns, "name": "T", "total_row": totals})
    sheet.write_formula("H1", "=SUM(B2:B8)+B4", None, 1)
    sheet.conditional_format("A2:D8", {"type": "formula", "criteria": "=$B2>$B$8", "format": book.add_format()})
    sheet.data_validation("B2:B8", {"validate": "list", "source": f"={OURS}!$A$2:$A$8"})
    sheet.write_url("H3", f"internal:{OURS}!B8", string="naar B8")
    sheet.add_sparkline("H4", {"range": f"{OURS}!B2:B8"})
    for cell, formula in POINTERS.items():
        other.write_formula(cell, "=" + formula.format(OURS), None, 1)
    other.write_array_formula("C1:C3", f"{{={OURS}!B6:B8}}", None, 1)
    other.data_validation("E1:E4", {"validate": "list", "source": f"={OURS}!$A$2:$A$8"})
    other.add_sparkline("F1", {"range": f"{OURS}!B2:B8"})
    book.define_name("Omzet", f"={OURS}!$B$2:$B$8")
    book.define_name("Laatste", f"={OURS}!$B$8")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={OURS}!$B$2:$B$8", "categories": f"={OURS}!$A$2:$A$8"})
    other.insert_chart("H1", chart)
    other.insert_textbox("H20", "", {"textlink": f"={OURS}!$B$8"})
    sheet.print_area("A1:D8")
    book.close()
    return with_pivot_of(path, TITLE, "A1:B8")


def add(path: Path, count: int) -> None:
    typed: dict[str, list[Plain]] = {"A": [f"nieuw {number}" for number in range(count)], "B": list(range(count))}
    splice(path, path, {TITLE: SheetEdit(grown=TableRows(1, LAST, typed, {}))})


def take_out(path: Path, *rows: int) -> None:
    splice(path, path, {TITLE: SheetEdit(removed=RowsOut(1, frozenset(rows), frozenset("AB")))})


def formulas(path: Path, title: str = "Overzicht") -> dict[str, str]:
    """The formulas on a sheet by their cells, without what Excel reads from elsewhere."""
    sheet = opened(path)[title]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return {cell.coordinate: str(getattr(cell.value, "text", cell.value))[1:] for cell in cells}


def same(parts: dict[str, bytes]) -> dict[str, bytes]:
    """*parts* with the XML of each in one form, without being asked to calculate and without what rows may span."""
    parts = {name: data for name, data in parts.items() if not name.endswith(".png")}
    canonical = {name: etree.tostring(etree.fromstring(data), method="c14n") for name, data in parts.items()}
    return {name: re.sub(rb' fullCalcOnLoad="1"| spans="1:\d"', b"", data) for name, data in canonical.items()}


@settings(max_examples=12, deadline=None)
@given(count=st.sampled_from([1, 2, 6, 7, 9, 10]), totals=st.booleans())  # never so many that they end where A10 does
def test_adding_and_taking_out_again_is_nothing(tmp_path_factory: Any, count: int, totals: bool) -> None:
    path = a_book(tmp_path_factory.mktemp("heen-en-weer") / "boek.xlsx", totals=totals)
    before = same(parts_of(path))
    add(path, count)
    take_out(path, *range(LAST + 1, LAST + 1 + count))
    once = parts_of(path)
    assert {name: data for name, data in same(once).items() if data != before[name]} == {}
    add(path, count)
    take_out(path, *range(LAST + 1, LAST + 1 + count))
    assert parts_of(path) == once


def test_what_held_all_rows_holds_the_new_ones(tmp_path: Path) -> None:
    path = a_book(tmp_path / "boek.xlsx", totals=True)
    add(path, 3)
    after = formulas(path)
    assert (after["A1"], after["A4"]) == (f"SUM({OURS}!B2:B11)", f"{OURS}!B12")
    for cell in ("A2", "A3", "A5", "A6", "A7", "A8", "A9"):
        assert after[cell] == POINTERS[cell].format(OURS)
    names = parts_of(path)["xl/workbook.xml"].decode()
    assert f"{OURS}!$B$2:$B$11<" in names
    assert f"{OURS}!$B$8<" in names
    assert f"{OURS}!$A$1:$D$11<" in names
    parts = parts_of(path)
    charts = b"".join(data for name, data in parts.items() if name.startswith("xl/charts/")).decode()
    assert re.findall(r"<c:f>([^<]*)</c:f>", charts) == [f"{OURS}!$A$2:$A$11", f"{OURS}!$B$2:$B$11"]
    assert b'ref="A1:B11"' in parts["xl/pivotCache/pivotCacheDefinition1.xml"]
    for title in (TITLE, "Overzicht"):
        sheet = parts[sheet_part(path, title) if title != TITLE else "xl/worksheets/sheet1.xml"].decode()
        assert f"<xm:f>{OURS}!B2:B11</xm:f>" in sheet
        assert f"<formula1>{OURS}!$A$2:$A$11</formula1>" in sheet


def test_the_tables_own_formulas_continue(tmp_path: Path) -> None:
    path = a_book(tmp_path / "boek.xlsx", totals=True)
    add(path, 2)
    own = formulas(path, TITLE)
    for row in range(2, 11):
        assert own[f"C{row}"] == f"B{row}/SUM(B$2:B$10)"
        assert own[f"D{row}"] == f"SUM(B$2:B{row})"
    assert own["H1"] == "SUM(B2:B10)+B4"


def test_what_points_to_rows_that_moved_up_follows_them(tmp_path: Path) -> None:
    path = a_book(tmp_path / "boek.xlsx")
    take_out(path, 4, 5)
    after = formulas(path)
    assert after["A1"] == f"SUM({OURS}!B2:B6)"
    assert after["A2"] == f"{OURS}!$B$6"
    assert after["A3"] == f"SUM({OURS}!B3:B20)"
    assert after["A6"] == POINTERS["A6"].format(OURS).replace("B7", "B5")
    assert after["A9"] == f"{OURS}!B30+{OURS}!H8"
    assert after["C1"] == f"{OURS}!B4:B6"
    own = formulas(path, TITLE)
    assert own["H1"] == "SUM(B2:B6)+#REF!"
    assert [own[f"C{row}"] for row in range(2, 7)] == [f"B{row}/SUM(B$2:B$6)" for row in range(2, 7)]
    assert [own[f"D{row}"] for row in range(2, 7)] == [f"SUM(B$2:B{row})" for row in range(2, 7)]
    parts = parts_of(path)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert f'location="{OURS}!B6"' in sheet
    assert '<conditionalFormatting sqref="A2:D6">' in sheet
    assert "$B2&gt;$B$6" in sheet
    drawing = b"".join(data for name, data in parts.items() if name.startswith("xl/drawings/drawing")).decode()
    assert f'textlink="{OURS}!$B$6"' in drawing


def test_formats_below_rows_that_went_stand_with_their_rows_and_those_of_the_rows_go(tmp_path: Path) -> None:
    path = a_book(tmp_path / "boek.xlsx")
    extra = "".join(
        f'<conditionalFormatting sqref="{where}"><cfRule type="expression" priority="9"><formula>{formula}</formula>'
        "</cfRule></conditionalFormatting>"
        for where, formula in (("B7", "B7&gt;$B$6"), ("B4:B5", "B4=1"), ("B4:B7", "B4=2"), ("F7", "F7=3"))
    )
    parts = parts_of(path)
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("<conditionalF", f"{extra}<conditionalF", 1)
    written_anew(path, {**parts, "xl/worksheets/sheet1.xml": sheet.encode()})
    take_out(path, 4, 5)
    after = parts_of(path)["xl/worksheets/sheet1.xml"].decode()
    found = re.findall(r'<conditionalFormatting sqref="([^"]*)"><cfRule[^>]*><formula>([^<]*)', after)
    assert found == [("B5", "B5&gt;$B$4"), ("B4:B5", "B4=2"), ("F7", "F7=3"), ("A2:D6", "$B2&gt;$B$6")]


def test_formulas_that_cells_share_get_their_own_where_they_no_longer_read_alike(tmp_path: Path) -> None:
    path = a_book(tmp_path / "boek.xlsx")
    shared = (
        f'<row r="40"><c r="A40"><f t="shared" ref="A40:A42" si="0">{OURS}!B5*2</f><v>0</v></c>'
        f'<c r="B40"><f t="shared" ref="B40:B42" si="1">SUM({OURS}!B$2:B$8)&amp;A40</f><v>0</v></c></row>'
        '<row r="41"><c r="A41"><f t="shared" si="0"/><v>0</v></c><c r="B41"><f t="shared" si="1"/></c></row>'
        '<row r="42"><c r="A42"><f t="shared" si="0"/><v>0</v></c><c r="B42"><f t="shared" si="1"/></c></row>'
    )
    changed(path, "Overzicht", lambda xml: xml.replace("</sheetData>", f"{shared}</sheetData>"))
    take_out(path, 6)
    after = parts_of(path)[sheet_part(path, "Overzicht")].decode()
    assert re.findall(r'<c r="A4\d"><f>([^<]*)</f>', after) == [f"{OURS}!{cell}*2" for cell in ("B5", "#REF!", "B6")]
    assert f'<f t="shared" ref="B40:B42" si="1">SUM({OURS}!B$2:B$7)&amp;A40</f>' in after
    assert after.count('<f t="shared" si="1"/>') == 2


@pytest.mark.parametrize("form", ["prefix", "cdata", "utf-16"])
def test_another_form_of_xml_hides_nothing(tmp_path: Path, form: str) -> None:
    path = a_book(tmp_path / "boek.xlsx")

    def other(xml: str) -> str:
        if form == "prefix":
            xml = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])(?!\?)", r"<\1x:", xml)
            return xml.replace("xmlns=", "xmlns:x=", 1)
        return re.sub(r"<f>([^<]*)", lambda found: f"<f><![CDATA[{unescape(found[1])}]]>", xml)

    if form == "utf-16":
        parts, part = parts_of(path), sheet_part(path, "Overzicht")
        xml = parts[part].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        written_anew(path, {**parts, part: xml.encode("utf-16")})
    else:
        changed(path, "Overzicht", other)
    take_out(path, 4, 5)
    after = formulas(path)
    assert after["A1"] == f"SUM({OURS}!B2:B6)"
    assert after["A2"] == f"{OURS}!$B$6"


def test_a_part_in_which_nothing_points_there_is_not_written_anew(tmp_path: Path) -> None:
    path = a_book(tmp_path / "boek.xlsx")
    changed(path, "Overzicht", lambda xml: re.sub(r"<f[ >].*?</f>", "<f>A:A</f>", xml).replace(OURS, "Ander"))
    before = parts_of(path)
    take_out(path, 8)
    assert parts_of(path)[sheet_part(path, "Overzicht")] == before[sheet_part(path, "Overzicht")]


@pytest.fixture(scope="module")
def calc_office() -> Iterator[CalcOffice]:
    with a_calc() as office:
        yield office


def in_calc(
    office: CalcOffice, texts: list[str], gone: tuple[int, ...] = (), *, put_in: str = "A11:D13", away: str = ""
) -> list[str]:
    """What formulas of another sheet read in Calc when cells of Blad are taken *away*, put in, and rows are *gone*."""
    uno = uno_module()
    hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    document = office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (hidden,))
    sheets = document.getSheets()
    sheets.getByIndex(0).setName("Overzicht")
    sheets.insertNewByName("Blad", 1)
    calc, answers = sheets.getByName("Blad"), sheets.getByName("Overzicht")
    for row, text in enumerate(texts):
        answers.getCellByPosition(0, row).setFormula("=" + text.replace("Blad!", "$Blad."))
    up = uno.Enum("com.sun.star.sheet.CellDeleteMode", "UP")
    if away:
        calc.removeRange(calc.getCellRangeByName(away).getRangeAddress(), up)
    room = calc.getCellRangeByName(put_in).getRangeAddress()
    calc.insertCells(room, uno.Enum("com.sun.star.sheet.CellInsertMode", "DOWN"))
    for row in reversed(gone):
        calc.removeRange(calc.getCellRangeByName(f"A{row}:D{row}").getRangeAddress(), up)
    answers_now = [answers.getCellByPosition(0, row).getFormula()[1:] for row in range(len(texts))]
    document.close(True)
    return answers_now


@pytest.mark.libreoffice
@pytest.mark.parametrize("count", [1, 3])
def test_calc_says_the_same_of_a_totals_row_that_goes_down(calc_office: CalcOffice, tmp_path: Path, count: int) -> None:
    """Empty cells below the totals in row 9 go and others come above it, so that what stands lower stays in place."""
    path = a_book(tmp_path / "boek.xlsx", totals=True)
    ranges = [f"B{first}:B{last}" for first in range(1, 16) for last in range(first + 1, 16) if 9 in (first, last)]
    texts = [f"SUM(Blad!{one})" for one in ranges] + ["Blad!B9", "Blad!$B$9", "SUM(Blad!$B$9:$C$10)", "SUM(Blad!B9:E9)"]
    lines = "".join(
        f'<row r="{row}"><c r="A{row}"><f>{text.replace("Blad", OURS)}</f><v>0</v></c></row>'
        for row, text in enumerate(texts, start=50)
    )
    changed(path, "Overzicht", lambda xml: xml.replace("</sheetData>", f"{lines}</sheetData>"))
    theirs = in_calc(calc_office, texts, away=f"A10:D{9 + count}", put_in=f"A9:D{8 + count}")
    add(path, count)
    ours = formulas(path)
    for row, (text, calcs) in enumerate(zip(texts, theirs, strict=True), start=50):
        assert ours[f"A{row}"].replace(OURS, "Blad") == calcs.replace("$Blad.", "Blad!"), text


@pytest.mark.libreoffice
def test_calc_says_the_same_of_rows_that_are_deleted(calc_office: CalcOffice, tmp_path: Path) -> None:
    """Cells are put in below the table and its rows are deleted, so that what stands lower stays where it is."""
    ranges = [f"B{first}:C{last}" for first in range(1, 12) for last in range(first, 12)]
    texts = [f"Blad!B{row}" for row in range(1, 14)] + [
        f"SUM(Blad!{one})" for one in (*ranges, "A2:F9", "B3:B40", "E5")
    ]
    gone = (3, 5, 6)
    book = xlsxwriter.Workbook(tmp_path / "boek.xlsx")
    sheet, other = book.add_worksheet("Blad"), book.add_worksheet("Overzicht")
    for row in range(10):
        sheet.write_row(row, 0, [f"kop {row}", row, row, row])
    sheet.add_table(0, 0, 9, 3, {"name": "T"})
    for row, text in enumerate(texts):
        other.write_formula(row, 0, f"={text}", None, 0)
    book.close()
    theirs = in_calc(calc_office, texts, gone)
    path = tmp_path / "boek.xlsx"
    splice(path, path, {"Blad": SheetEdit(removed=RowsOut(1, frozenset(gone), frozenset("ABCD")))})
    ours = formulas(path)
    for row, (text, calcs) in enumerate(zip(texts, theirs, strict=True), start=1):
        said = re.sub(r"[A-Z]#REF!(:[A-Z]#REF!)?", "#REF!", calcs.replace("$Blad.", "Blad!"))
        assert ours[f"A{row}"] == said, text
