"""Splicing: only the cells that are asked for change, and every other part keeps its bytes."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table, TableFormula
from PIL import Image as Picture

from factuurbode.errors import BookUnreadable, StorageError
from factuurbode.workbook.parts.cell_xml import Formula
from factuurbode.workbook.parts.sheet_xml import Row
from factuurbode.workbook.splicing.splice import SheetEdit, splice


@pytest.fixture
def rich_book(tmp_path: Path) -> Path:
    """What a baker adds in Excel: a chart, a picture, a comment, formulas, two tables, styles, hidden rows."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Facturen & co", 0)
    book.remove(book["Sheet"])
    sheet.append(["Nr", "Status", "Som"])
    for row in range(2, 7):
        sheet.append([f"F{row}", None, f"=ROW()*{row}"])
        sheet.cell(row, 2).number_format = "@"
    sheet.add_table(Table(displayName="Facturen", ref="A1:C6"))
    sheet["A2"].comment = Comment("let op", "bakker")
    sheet.row_dimensions[4].hidden = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=6), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    logo = io.BytesIO()
    Picture.new("RGB", (20, 20), "brown").save(logo, "PNG")
    sheet.add_image(Image(logo), "E20")
    log = book.create_sheet("Logboek")
    log.append(["Wanneer", "Wat"])
    log.append([None, None])
    log["A2"].number_format = "dd-mm-yyyy hh:mm"
    log.add_table(Table(displayName="Logboek", ref="A1:B2"))
    path = tmp_path / "boek.xlsx"
    book.save(path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def changed_parts(before: Path, after: Path) -> set[str]:
    one, other = parts(before), parts(after)
    assert list(one) == list(other)
    return {name for name in one if one[name] != other[name]}


def spliced(book: Path, edits: dict[str, SheetEdit]) -> Path:
    target = book.with_name("gesplitst.xlsx")
    splice(book, target, edits)
    return target


def test_a_cell_is_set_and_only_its_sheet_changes(rich_book: Path) -> None:
    after = spliced(rich_book, {"Facturen & co": SheetEdit({"B3": "Verzonden"})})
    assert changed_parts(rich_book, after) == {"xl/worksheets/sheet1.xml"}
    sheet = openpyxl.load_workbook(after)["Facturen & co"]
    assert (sheet["B3"].value, sheet["B3"].number_format, sheet["C3"].value) == ("Verzonden", "@", "=ROW()*3")


@pytest.mark.parametrize("sheet", ["Facturen & co", "Logboek"])
@pytest.mark.parametrize("saved", [b"", b'<calcPr calcId="191029"/>', b'<calcPr fullCalcOnLoad="true"/>'])
def test_formulas_that_may_depend_on_what_was_written_are_calculated_at_the_next_opening(
    rich_book: Path, sheet: str, saved: bytes
) -> None:
    whole = parts(rich_book)
    whole["xl/workbook.xml"] = re.sub(rb"<calcPr[^>]*/>", saved, whole["xl/workbook.xml"])
    with zipfile.ZipFile(rich_book, "w") as package:
        for name, data in whole.items():
            package.writestr(name, data)
    after = spliced(rich_book, {sheet: SheetEdit({"B2": "Verzonden"})})
    asks = set() if b"true" in saved else {"xl/workbook.xml"}
    assert {name for name in changed_parts(rich_book, after) if "/sheet" not in name} == asks
    assert openpyxl.load_workbook(after).calculation.fullCalcOnLoad is True


def test_a_workbook_without_formulas_has_nothing_to_calculate(rich_book: Path) -> None:
    whole = {name: re.sub(rb"<f>.*?</f>|<calcPr[^>]*/>", b"", data) for name, data in parts(rich_book).items()}
    with zipfile.ZipFile(rich_book, "w") as package:
        for name, data in whole.items():
            package.writestr(name, data)
    after = spliced(rich_book, {"Facturen & co": SheetEdit({"B2": "Verzonden"})})
    assert changed_parts(rich_book, after) == {"xl/worksheets/sheet1.xml"}


def test_nothing_at_all_changes_without_edits(rich_book: Path) -> None:
    assert changed_parts(rich_book, spliced(rich_book, {})) == set()


@pytest.mark.parametrize("text", ["=1+1", "<b>&amp;", " spaties ", "🥖", "twee\nregels", "+31", "-1", "@SUM(A1)"])
def test_text_stays_text(rich_book: Path, text: str) -> None:
    after = spliced(rich_book, {"Facturen & co": SheetEdit({"B3": text})})
    cell = openpyxl.load_workbook(after)["Facturen & co"]["B3"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_xml_cannot_hold_is_left_out(rich_book: Path) -> None:
    after = spliced(rich_book, {"Facturen & co": SheetEdit({"B3": "een\x00twee\x1b\ud800"})})
    assert openpyxl.load_workbook(after)["Facturen & co"]["B3"].value == "eentwee"


def test_a_text_that_is_too_long_for_excel_is_cut(rich_book: Path) -> None:
    after = spliced(rich_book, {"Facturen & co": SheetEdit({"B3": "x" * 40_000})})
    assert len(str(openpyxl.load_workbook(after)["Facturen & co"]["B3"].value)) == 32_767


def test_numbers_moments_formulas_and_empty_cells(rich_book: Path) -> None:
    moment = datetime(2026, 10, 3, 14, 5, 30, tzinfo=UTC)
    cells: Row = {"B2": 12, "B3": 1.5, "B4": Formula('HYPERLINK("a b.pdf","a b.pdf")', "a b.pdf"), "B5": None}
    edits = {"Facturen & co": SheetEdit(cells), "Logboek": SheetEdit({"A2": moment})}
    after = spliced(rich_book, edits)
    values = openpyxl.load_workbook(after, data_only=True)
    sheet = values["Facturen & co"]
    assert [sheet[f"B{row}"].value for row in range(2, 6)] == [12, 1.5, "a b.pdf", None]
    assert values["Logboek"]["A2"].value == moment.replace(tzinfo=None)
    assert openpyxl.load_workbook(after)["Facturen & co"]["B4"].value == '=HYPERLINK("a b.pdf","a b.pdf")'


def test_a_moment_in_a_workbook_that_counts_from_1904(rich_book: Path) -> None:
    book = openpyxl.load_workbook(rich_book)
    book.epoch = CALENDAR_MAC_1904
    book.save(rich_book)
    moment = datetime(2026, 10, 3, 14, 5, tzinfo=UTC)
    after = spliced(rich_book, {"Logboek": SheetEdit({"A2": moment})})
    assert openpyxl.load_workbook(after)["Logboek"]["A2"].value == moment.replace(tzinfo=None)


def test_cells_and_rows_that_are_not_there_yet_come_in_their_place(rich_book: Path) -> None:
    after = spliced(rich_book, {"Facturen & co": SheetEdit({"D3": "nieuw", "A9": "onder", "A8": "ertussen"})})
    sheet = openpyxl.load_workbook(after)["Facturen & co"]
    assert [sheet[cell].value for cell in ("D3", "A8", "A9")] == ["nieuw", "ertussen", "onder"]
    xml = parts(after)["xl/worksheets/sheet1.xml"]
    assert xml.index(b'r="A8"') < xml.index(b'r="A9"')
    assert xml.index(b'r="C3"') < xml.index(b'r="D3"') < xml.index(b'r="A4"')


def test_rows_are_appended_under_the_last_filled_one_and_the_table_grows(rich_book: Path) -> None:
    moment = datetime(2026, 10, 3, tzinfo=UTC)
    rows: list[Row] = [{"A": moment, "B": "een"}, {"A": moment, "B": "twee"}]
    once = spliced(rich_book, {"Logboek": SheetEdit(appended=rows, header_row=1)})
    splice(once, once, {"Logboek": SheetEdit(appended=rows, header_row=1)})
    log = openpyxl.load_workbook(once)["Logboek"]
    assert [row[1].value for row in log.iter_rows()] == ["Wat", "een", "twee", "een", "twee"]
    assert log.tables["Logboek"].ref == "A1:B5"
    assert {row[0].number_format for row in log.iter_rows(min_row=2)} == {"dd-mm-yyyy hh:mm"}


def test_a_formula_that_is_replaced_leaves_the_calculation_chain(rich_book: Path) -> None:
    content_type = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    with_chain = parts(rich_book)
    with_chain["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="C2" i="1"/><c r="C3"/><c r="C4"/><c r="A1" i="2"/></calcChain>'
    )
    with_chain["[Content_Types].xml"] = with_chain["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="' + content_type + b'"/></Types>'
    )
    with zipfile.ZipFile(rich_book, "w") as package:
        for name, data in with_chain.items():
            package.writestr(name, data)
    after = spliced(rich_book, {"Facturen & co": SheetEdit({"C2": "geen formule meer"})})
    assert changed_parts(rich_book, after) == {"xl/worksheets/sheet1.xml", "xl/calcChain.xml"}
    chain = parts(after)["xl/calcChain.xml"]
    assert b'r="C2"' not in chain
    assert b'<c r="C3" i="1"/><c r="C4"/><c r="A1" i="2"/>' in chain


@pytest.mark.parametrize(("group", "across"), [(("C2:C5"), False), ("C2:D5", True)])
def test_a_value_in_place_of_a_formula_that_others_share_leaves_them_theirs(
    rich_book: Path, group: str, across: bool
) -> None:
    """In a sheet so long that most rows are set aside; and once more, for the one that is now the first."""
    book = openpyxl.load_workbook(rich_book)
    for row in range(7, 200):
        book["Facturen & co"][f"A{row}"] = row
    for row in range(2, 6):
        book["Facturen & co"][f"D{row}"] = f"=A{row}+$B$1"
        book["Facturen & co"][f"C{row}"] = f"=Z{row}+$B$1"
    book.save(rich_book)
    whole, part = parts(rich_book), "xl/worksheets/sheet1.xml"
    xml = re.sub(rb"<f>Z\d\+[^<]*</f>", b'<f t="shared" si="0"/>', whole[part])
    xml = xml.replace(b'<f t="shared" si="0"/>', b'<f t="shared" ref="%b" si="0">Z2+$B$1</f>' % group.encode(), 1)
    if across:
        xml = re.sub(rb"<f>A\d\+[^<]*</f>", b'<f t="shared" si="0"/>', xml)
    with zipfile.ZipFile(rich_book, "w") as package:
        for name, data in {**whole, part: xml}.items():
            package.writestr(name, data)
    fixed = spliced(rich_book, {"Facturen & co": SheetEdit({"C2": Decimal("1.25")})})
    splice(fixed, fixed, {"Facturen & co": SheetEdit({"C3": 3, "C4": 4})})
    sheet = openpyxl.load_workbook(fixed)["Facturen & co"]
    assert [sheet[f"C{row}"].value for row in range(2, 6)] == [1.25, 3, 4, "=Z5+$B$1"]
    beside = "=AA{}+$B$1" if across else "=A{}+$B$1"
    assert [sheet[f"D{row}"].value for row in range(2, 6)] == [beside.format(row) for row in range(2, 6)]


def test_what_a_table_states_of_a_column_stays_when_a_cell_gets_a_value(rich_book: Path) -> None:
    book = openpyxl.load_workbook(rich_book)
    table = book["Facturen & co"].tables["Facturen"]
    table.tableColumns[2].calculatedColumnFormula = TableFormula(attr_text="ROW()*2")
    book.save(rich_book)
    after = spliced(rich_book, {"Facturen & co": SheetEdit({f"C{row}": row for row in range(2, 7)})})
    (stated,) = (data for name, data in parts(after).items() if b"calculatedColumnFormula" in data)
    assert b"<calculatedColumnFormula>ROW()*2</calculatedColumnFormula>" in stated


def test_formulas_beside_the_log_continue_in_its_new_rows(rich_book: Path) -> None:
    book = openpyxl.load_workbook(rich_book)
    log = book["Logboek"]
    log["C1"], log["C2"], log["C3"] = "Dag", "=A2+1", "getypt"
    log.tables["Logboek"].ref = "A1:C3"
    log.tables["Logboek"].tableColumns = []
    log.tables["Logboek"].autoFilter = None
    book.save(rich_book)
    rows: list[Row] = [{"A": 1, "B": "een"}, {"A": 2, "B": "twee"}, {"A": 3, "B": "drie"}]
    splice(rich_book, rich_book, {"Logboek": SheetEdit(appended=rows, header_row=1)})
    after = openpyxl.load_workbook(rich_book)["Logboek"]
    assert [after[f"C{row}"].value for row in range(2, 5)] == ["=A2+1", "getypt", "=A4+1"]


def test_a_cell_and_its_row_lose_what_is_no_longer_true_of_them(rich_book: Path) -> None:
    whole = parts(rich_book)
    part = "xl/worksheets/sheet1.xml"
    whole[part] = (
        whole[part].replace(b'<c r="B3"', b'<c r="B3" cm="1" vm="1"').replace(b'<row r="3"', b'<row r="3" spans="1:3"')
    )
    with zipfile.ZipFile(rich_book, "w") as package:
        for name, data in whole.items():
            package.writestr(name, data)
    xml = parts(spliced(rich_book, {"Facturen & co": SheetEdit({"B3": "Verzonden", "D3": "nieuw"})}))[part]
    assert b"vm=" not in xml
    assert b"cm=" not in xml
    assert b"spans=" not in xml


def test_an_unknown_sheet_is_refused_and_nothing_is_written(rich_book: Path) -> None:
    with pytest.raises(BookUnreadable):
        spliced(rich_book, {"Weg": SheetEdit({"A1": "x"})})
    assert not rich_book.with_name("gesplitst.xlsx").exists()


def damaged(data: bytes) -> bytes:
    return data.replace(b"</row>", b"", 1)


def with_entity(data: bytes) -> bytes:
    head, body = data.split(b"?>", 1) if data.startswith(b"<?xml") else (b"<?xml version='1.0'", data)
    return head + b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + body


@pytest.mark.parametrize("spoil", [damaged, with_entity])
def test_xml_that_is_broken_or_reaches_outside_is_refused(rich_book: Path, spoil: Callable[[bytes], bytes]) -> None:
    whole = parts(rich_book)
    whole["xl/worksheets/sheet1.xml"] = spoil(whole["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(rich_book, "w") as package:
        for name, data in whole.items():
            package.writestr(name, data)
    with pytest.raises(BookUnreadable):
        spliced(rich_book, {"Facturen & co": SheetEdit({"B3": "x"})})


def test_a_full_disk_leaves_the_workbook_as_it_was(rich_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rich_book.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError):
        splice(rich_book, rich_book, {"Facturen & co": SheetEdit({"B3": "x"})})
    assert rich_book.read_bytes() == before
    assert [path.name for path in rich_book.parent.glob(".*")] == []


def test_the_new_workbook_is_on_disk_before_it_takes_its_place_and_its_name_after(
    rich_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut could leave an empty file where the workbook was."""
    happened: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        happened.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        happened.append("replaced")
        return replace(self, target)

    monkeypatch.setattr("os.fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    splice(rich_book, rich_book, {"Facturen & co": SheetEdit({"B3": "x"})})
    assert happened == ["file", "replaced", "folder"]


@pytest.mark.libreoffice
def test_calc_opens_the_result_and_shows_the_new_values(rich_book: Path, calc: Callable[[Path], Path]) -> None:
    for book in (rich_book, calc(rich_book)):
        after = calc(spliced(book, {"Facturen & co": SheetEdit({"B3": "Verzonden"})}))
        sheet = openpyxl.load_workbook(after, data_only=True)["Facturen & co"]
        assert [cell.value for cell in sheet[3]] == ["F3", "Verzonden", 9]
