"""Upgrading what Excel and LibreOffice wrote, with all that a baker put into it: nothing of that is lost or doubled."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from factuurbode.domain.model import Language
from factuurbode.workbook.columns import CUSTOMERS, IMPORT, INVOICES, LINES, SETTINGS, Type
from factuurbode.workbook.create.styles import FORMATS
from factuurbode.workbook.parts.element_order import ORDER, WORKBOOK_ORDER
from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.upgrade.gaps import Gaps
from factuurbode.workbook.upgrade.old import old_book
from support.foreign_books import by_excel, changed, opened, parts_of, sheet_part, written_anew
from support.older_books import (
    LATER,
    LATER_SETTINGS,
    a_book,
    bounds,
    of_an_earlier_version,
    older,
    said,
    titles,
    upgraded,
)

MAY_CHANGE = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def excel(tmp_path: Path) -> Path:
    """As Excel wrote it: with a column of the baker's own in every table, charts, pictures and more."""
    return by_excel(of_an_earlier_version(tmp_path / "boek.xlsx"), tmp_path / "excel.xlsx")


def lacks_nothing_and_says_the_same(old: Path, new: Path) -> None:
    assert said(read_ledger(new)) == said(read_ledger(old))
    assert old_book(new).gaps == Gaps()


def is_well_formed(path: Path) -> None:
    """What Excel is strict about: order, counts, unique ids and names, and headings that are those of their table."""
    parts = parts_of(path)
    roots: dict[str, Any] = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith(".xml")}
    known = {override.get("PartName") for override in roots["[Content_Types].xml"] if override.get("PartName")}
    tables = [root for name, root in roots.items() if name.startswith("xl/tables/")]
    assert known >= {f"/{name}" for name in roots if name.startswith(("xl/tables/", "xl/worksheets/"))}
    for key in ("id", "displayName"):
        assert len({root.get(key) for root in tables}) == len(tables)
    for root in tables:
        columns = root.find("{*}tableColumns")
        assert int(columns.get("count")) == len(columns)
    book = roots["xl/workbook.xml"]
    assert in_order(book, WORKBOOK_ORDER)
    sheets = list(book.find("{*}sheets"))
    for key in ("sheetId", "name"):
        assert len({sheet.get(key) for sheet in sheets}) == len(sheets)
    styles = roots["xl/styles.xml"]
    for name in ("numFmts", "fonts", "fills", "borders", "cellXfs"):
        found = styles.find(f"{{*}}{name}")
        assert found is None or int(found.get("count")) == len(found)
    looks = len(styles.find("{*}cellXfs"))
    for name, root in roots.items():
        if name.startswith("xl/worksheets/"):
            assert in_order(root, ORDER), name
            assert all(int(cell.get("s", "0")) < looks for cell in root.iter("{*}c"))
            columns = list(root.iterfind("{*}cols/{*}col"))
            assert all(int(column.get("style", "0")) < looks for column in columns)
            assert all(int(one.get("max")) < int(other.get("min")) for one, other in pairwise(columns)), name
            for rules in root.iter("{*}dataValidations"):
                assert int(rules.get("count")) == len(rules)
    workbook: Any = opened(path)
    for sheet in workbook.worksheets:
        for table in sheet.tables.values():
            left, top, right, _ = bounds(table.ref)
            headings = [sheet.cell(top, column).value for column in range(left, right + 1)]
            assert headings == [column.name for column in table.tableColumns]
            assert len({column.id for column in table.tableColumns}) == len(headings)


def in_order(root: Any, order: tuple[str, ...]) -> bool:
    names = [etree.QName(child).localname for child in root.iterchildren(tag=etree.Element)]
    places = [order.index(name) for name in names if name in order]
    return places == sorted(places)


def test_a_workbook_by_excel_keeps_every_other_part(excel: Path) -> None:
    new = upgraded(excel)
    before, after = parts_of(excel), parts_of(new)
    ours = {sheet_part(excel, title) for title in ("Klanten", "Instellingen")}
    different = {name for name in before if after[name] != before[name]}
    assert {name for name in different if not name.startswith("xl/tables/")} <= ours | set(MAY_CHANGE)
    assert len([name for name in different if name.startswith("xl/tables/")]) == 2
    lacks_nothing_and_says_the_same(excel, new)
    is_well_formed(new)


def test_new_columns_come_behind_those_of_the_baker(excel: Path) -> None:
    new: Any = opened(upgraded(excel))
    (table,) = new["Klanten"].tables.values()
    names = [column.name for column in table.tableColumns]
    later = [CUSTOMERS.column(key).nl for key in LATER]
    assert names[-6:] == ["Eigen kolom", *later]
    (settings,) = new["Instellingen"].tables.values()
    assert [column.name for column in settings.tableColumns][-1] == "Eigen kolom"


def test_a_table_with_totals_keeps_them_below(tmp_path: Path) -> None:
    book = a_book(tmp_path / "boek.xlsx")
    older(book, columns=titles(INVOICES, ("due", "total"), Language.NL))
    excel = by_excel(book, tmp_path / "excel.xlsx", totals=True)
    new = upgraded(excel)
    sheet: Any = opened(new)["Facturen"]
    (table,) = sheet.tables.values()
    left, top, right, end = bounds(table.ref)
    headings = [sheet.cell(top, column).value for column in range(left, right + 1)]
    assert headings[-3:] == ["Eigen kolom", "Vervaldatum", "Totaal"]
    assert sheet.cell(end, 1).value == "Totaal"
    assert [sheet.cell(end, right - 1).value, sheet.cell(end, right).value] == [None, None]
    assert str(sheet.cell(end - 1, right).value).startswith("=IF(")
    assert sheet.cell(end - 1, right - 1).number_format == FORMATS[Type.DATE]
    assert sheet.cell(end - 1, right).number_format == FORMATS[Type.MONEY]
    assert sheet.cell(top + 1, 2).number_format == "dd-mm-yyyy hh:mm"
    lacks_nothing_and_says_the_same(excel, new)


@pytest.mark.libreoffice
def test_a_workbook_by_libreoffice_keeps_its_columns_and_their_widths(
    tmp_path: Path, calc: Callable[[Path], Path]
) -> None:
    libre = calc(by_excel(of_an_earlier_version(tmp_path / "boek.xlsx"), tmp_path / "excel.xlsx"))
    new = upgraded(libre)
    lacks_nothing_and_says_the_same(libre, new)
    is_well_formed(new)
    again = calc(new)
    assert old_book(again).gaps == Gaps()


@pytest.mark.libreoffice
def test_libreoffice_opens_what_was_upgraded_and_keeps_all_of_it(excel: Path, calc: Callable[[Path], Path]) -> None:
    again: Any = opened(calc(upgraded(excel)))
    assert len(again["Facturen"]._charts) == 1
    (table,) = again["Klanten"].tables.values()
    assert [column.name for column in table.tableColumns][-1] == "Notities"


def test_macros_stay(excel: Path) -> None:
    parts = parts_of(excel)
    kind = "application/vnd.ms-office.vbaProject"
    override = f'<Override PartName="/xl/vbaProject.bin" ContentType="{kind}"/>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override + b"</Types>")
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macro's"
    book = written_anew(excel.with_suffix(".xlsm"), parts)
    new = upgraded(book)
    assert new.suffix == ".xlsm"
    assert parts_of(new)["xl/vbaProject.bin"] == parts["xl/vbaProject.bin"]
    assert override in parts_of(new)["[Content_Types].xml"]


def test_tables_and_headings_that_a_baker_renamed_are_named_so_in_formulas(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), columns=titles(LINES, ("net", "vat_applied"), Language.NL))
    source: Any = opened(book)
    sheet = source["Factuurregels"]
    (table,) = sheet.tables.values()
    del sheet.tables[table.name]
    table.name = table.displayName = "Regels_van_mij"
    sheet.add_table(table)
    cell = next(cell for cell in sheet[2] if cell.value == "Aantal")
    cell.value = table.tableColumns[cell.column - 1].name = "Aantal:"
    source["Artikelen"].title = "products"
    source.save(book)
    formula = str(opened(upgraded(book))["Factuurregels"]["J3"].value)
    assert "Regels_van_mij[[#This Row],[Aantal:]]" in formula
    assert "Artikelen[Prijs excl. btw]" in formula


def test_dropdowns_look_where_the_column_stands(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), columns=titles(CUSTOMERS, ("bill_to",), Language.NL))
    source: Any = opened(book)
    sheet = source["Klanten"]
    first, second = sheet["A2"].value, sheet["B2"].value
    (table,) = sheet.tables.values()
    for row in range(2, sheet.max_row + 1):
        here, there = sheet.cell(row, 1), sheet.cell(row, 2)
        here.value, there.value = there.value, here.value
    table.tableColumns[0].name, table.tableColumns[1].name = second, first
    source["Klanten"].title = "CUSTOMERS"
    source.save(book)
    new: Any = opened(upgraded(book))["CUSTOMERS"]
    (rule,) = [rule for rule in new.data_validations.dataValidation if "V3" in rule.sqref]
    assert "CUSTOMERS!$B$3:$B$5000" in rule.formula1


@pytest.mark.parametrize("form", ["prefixed", "strict"])
def test_other_forms_of_xml_are_the_same_workbook(tmp_path: Path, form: str) -> None:
    book = of_an_earlier_version(tmp_path / "boek.xlsx")
    parts = parts_of(book)
    if form == "strict":
        pairs = (
            (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
            (
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        )
        for name, data in parts.items():
            for old, new in pairs:
                data = data.replace(old.encode(), new.encode())
            parts[name] = data
        book = written_anew(tmp_path / "strikt.xlsx", parts)
    else:
        for title in ("Klanten", "Instellingen"):
            changed(book, title, prefixed)
    new_book = upgraded(book)
    lacks_nothing_and_says_the_same(book, new_book)
    for name, data in parts_of(new_book).items():
        if form == "strict" and name.endswith((".xml", ".rels")):
            assert MAIN.encode() not in data, name
            assert b"openxmlformats.org/officeDocument/2006/relationships" not in data, name


def prefixed(xml: str) -> str:
    """The same sheet with a prefix before every name of the main namespace."""
    xml = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])(?!\?)", r"<\1x:", xml)
    return xml.replace("xmlns=", "xmlns:x=", 1)


def test_a_table_of_the_baker_with_our_name_keeps_it(excel: Path) -> None:
    parts = parts_of(excel)
    names = parts["xl/workbook.xml"]
    own = b'<definedNames><definedName name="kolomindelingen">Omzet!$A$1</definedName>'
    parts["xl/workbook.xml"] = (
        names.replace(b"<definedNames>", own)
        if b"<definedNames>" in names
        else names.replace(b"</sheets>", b"</sheets>" + own + b"</definedNames>")
    )
    new: Any = opened(upgraded(written_anew(excel, parts)))
    assert [table.displayName for table in new[IMPORT.nl].tables.values()] == ["Kolomindelingen2"]


def test_a_rule_of_the_baker_stays_the_only_one(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), columns=titles(CUSTOMERS, ("period",), Language.NL))
    own = '<dataValidation type="list" sqref="V3:V90"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
    changed(book, "Klanten", lambda xml: xml.replace("</dataValidations>", own))
    sheet: Any = opened(upgraded(book))["Klanten"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation if "V3" in rule.sqref] == ["V3:V90"]


def test_settings_that_were_moved_and_regrouped_are_neither_lost_nor_doubled(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), settings=LATER_SETTINGS)
    source: Any = opened(book)
    sheet = source[SETTINGS.nl]
    rows = [[cell.value for cell in row] for row in sheet["A3:D40"]]
    for cells, values in zip(sheet["A3:D40"], reversed(rows), strict=True):
        for cell, value in zip(cells, values, strict=True):
            cell.value = value
    source.save(book)
    new = upgraded(book)
    lacks_nothing_and_says_the_same(book, new)
    names = [(row[0].value, row[1].value) for row in opened(new)[SETTINGS.nl].iter_rows(min_row=3) if row[1].value]
    assert len(names) == len(set(names))


def test_of_a_workbook_from_the_time_of_the_werkboek_the_names_are_known(tmp_path: Path) -> None:
    book = of_an_earlier_version(tmp_path / "boek.xlsx")
    before = read_ledger(book).identity
    source: Any = opened(book)
    for row in source[SETTINGS.nl].iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("Werkmap", "Werkboek")
    source.save(book)
    assert read_ledger(book).identity == before
    lacks_nothing_and_says_the_same(book, upgraded(book))
