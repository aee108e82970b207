"""Looks of cells that move from one workbook into another, whose numbers for them differ."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from factuurbode.workbook.upgrade.looks import Looks


def styles_of(formats: list[str], *, change: str = "") -> Any:
    """The styles part of a workbook with a bold cell for each number format."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for number, one in enumerate(formats, start=1):
        cell = sheet.cell(number, 1, 1)
        cell.number_format, cell.font = one, Font(bold=True)
    if change:
        form = DifferentialStyle(fill=PatternFill(bgColor=change))
        sheet.conditional_formatting.add("A1:A9", Rule(type="duplicateValues", dxf=form))
    package = io.BytesIO()
    book.save(package)
    with zipfile.ZipFile(package) as made:
        return etree.fromstring(made.read("xl/styles.xml"))


def format_of(styles: Any, look: str) -> str:
    number = styles.find("{*}cellXfs")[int(look)].get("numFmtId")
    own = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter("{*}numFmt")}
    return str(own.get(number, number))


def test_a_number_format_is_found_by_what_it_says() -> None:
    target, source = styles_of(["0.0000", "[Red]0"]), styles_of(["[Red]0", "#,##0.00##", "0.00"])
    looks = Looks(target, source)
    assert [format_of(target, looks.of(number)) for number in (1, 2, 3)] == ["[Red]0", "#,##0.00##", "2"]
    assert [one.get("numFmtId") for one in target.iter("{*}numFmt")] == ["164", "165", "166"]
    assert target.find("{*}numFmts").get("count") == "3"


def test_a_look_that_is_there_already_is_taken_and_a_new_one_comes_once() -> None:
    target = styles_of(["0.000"])
    before = len(target.find("{*}cellXfs"))
    looks = Looks(target, styles_of(["0.000", "0.0000"]))
    first, second = looks.of(1), looks.of(2)
    assert first != second
    after = len(target.find("{*}cellXfs"))
    again = Looks(target, styles_of(["0.000", "0.0000"]))
    assert (again.of(1), again.of(2)) == (first, second)
    assert len(target.find("{*}cellXfs")) == after > before
    assert not again.changed


def test_a_workbook_without_formats_of_its_own_gets_its_list_in_its_place() -> None:
    target = styles_of([])
    for empty in target.findall("{*}numFmts"):
        target.remove(empty)
    looks = Looks(target, styles_of(["0.0000"], change="FF0000"))
    assert format_of(target, looks.of(1)) == "0.0000"
    assert etree.QName(target[0]).localname == "numFmts"
    assert looks.of_change(0) == "0"
    names = [etree.QName(one).localname for one in target]
    assert names.index("cellXfs") < names.index("cellStyles") < names.index("dxfs")
