"""Writing outcomes into workbooks as Excel and LibreOffice write them: only the parts that may change do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.ports import LogRow, Outcome, StatusRow
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.reader import read_ledger
from support.foreign_books import by_excel, changed, opened, parts_of, sheet_part
from support.workbooks import INVOICE, small_book

Calc = Callable[[Path], Path]
NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
SENT = Outcome(Channel.MAIL, State.SENT, recipients=("a@x.example",))
SECOND = {**INVOICE, "number": "2026-0002"}
OURS = ("Facturen", "Logboek", "Instellingen")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx", invoices=[INVOICE, SECOND], spare=1)


def told(path: Path, run: str = "run-1", events: int = 2) -> dict[str, bytes]:
    """Write an outcome into *path*; the parts that changed, as they were before."""
    before = parts_of(path)
    log = [LogRow(NOW, run, "2026-0001", SENT)] * events
    ClosedBook(path).write([StatusRow("2026-0001", (SENT,), NOW, None, "d1")], log, run)
    after = parts_of(path)
    assert list(after) == list(before)
    return {name: data for name, data in before.items() if after[name] != data}


def may_change(path: Path) -> set[str]:
    """The sheets that are ours, the tables on them, the calculation chain, and where calculating is asked for."""
    sheets = {sheet_part(path, title) for title in OURS}
    tables = {name for name in parts_of(path) if name.startswith("xl/tables/")}
    return sheets | tables | {"xl/calcChain.xml", "xl/workbook.xml"}


def cells(path: Path, title: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in opened(path, values=True)[title].iter_rows()]


def column(path: Path, title: str, heading: str) -> list[object]:
    """What stands under a heading."""
    rows = cells(path, title)
    header = next(index for index, row in enumerate(rows) if heading in row)
    return [row[rows[header].index(heading)] for row in rows[header + 1 :]]


def shown(path: Path) -> None:
    """The new values stand in their places."""
    first, second = read_ledger(path).invoices
    assert (first.recorded.states, second.recorded.states) == ({Channel.MAIL: State.SENT}, {})
    assert read_ledger(path).identity.last_run == "run-1"
    assert [value for value in column(path, "Logboek", "Verzendronde") if value] == ["run-1", "run-1"]
    assert NOW.replace(tzinfo=None) in column(path, "Facturen", "Bijgewerkt")


@pytest.mark.libreoffice
@pytest.mark.parametrize("from_1904", [False, True], ids=["1900", "1904"])
def test_a_workbook_by_excel_keeps_everything_else(book: Path, tmp_path: Path, from_1904: bool, calc: Calc) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx", from_1904=from_1904)
    lost = told(excel).keys()
    assert lost <= may_change(excel)
    shown(excel)
    again = calc(excel)
    shown(again)
    charts: Any = opened(again)
    assert [len(charts[title]._charts) for title in ("Facturen", "Logboek")] == [1, 1]


@pytest.mark.libreoffice
def test_a_workbook_by_libreoffice_keeps_everything_else(book: Path, tmp_path: Path, calc: Calc) -> None:
    libre = calc(by_excel(book, tmp_path / "excel.xlsx"))
    assert told(libre).keys() <= may_change(libre)
    shown(libre)
    shown(calc(libre))


def test_in_the_sheets_that_change_only_the_cells_do(book: Path, tmp_path: Path) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx")
    before = told(excel)
    for title in OURS:
        part = sheet_part(excel, title)
        frames = [
            re.sub(rb"<sheetData>.*</sheetData>|<dimension[^>]*>|<\?xml[^>]*>\s*", b"", parts[part], flags=re.DOTALL)
            for parts in (before, parts_of(excel))
        ]
        assert etree.canonicalize(frames[0].decode()) == etree.canonicalize(frames[1].decode())
    rows = column(excel, "Facturen", "Eigen kolom")
    assert rows[:2] == [0, 0]
    assert opened(excel)["Facturen"].row_dimensions[9].hidden


@pytest.mark.libreoffice
@pytest.mark.parametrize("events", [1, 3])
def test_a_totals_row_of_the_log_moves_down_and_stays_the_last(
    book: Path, tmp_path: Path, events: int, calc: Calc
) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx", totals=True)
    for run in ("run-1", "run-2"):
        told(excel, run, events)
    rows = [row[0] for row in cells(excel, "Logboek")]
    runs = [value for value in column(excel, "Logboek", "Verzendronde") if value in ("run-1", "run-2")]
    assert runs == ["run-1"] * events + ["run-2"] * events
    assert rows.count("Totaal") == 1
    assert rows[-1] == "Totaal"
    (table,) = opened(excel)["Logboek"].tables.values()
    assert table.totalsRowCount == 1
    assert int(table.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == len(rows)
    assert int(table.autoFilter.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == len(rows) - 1
    assert [row[0] for row in cells(calc(excel), "Logboek")][len(rows) - 1] == "Totaal"


def test_a_totals_row_of_the_invoices_is_no_invoice(book: Path, tmp_path: Path) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx", totals=True)
    assert [invoice.number for invoice in read_ledger(excel).invoices] == ["2026-0001", "2026-0002"]
    told(excel)
    shown(excel)
    assert "Totaal" in column(excel, "Facturen", "Factuurnr")


@pytest.mark.parametrize("place", ["A", "H"])
def test_what_stands_under_a_table_is_neither_overwritten_nor_taken_into_it(
    book: Path, tmp_path: Path, place: str
) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx", totals=True)
    extra = f'<row r="12"><c r="{place}12" t="inlineStr"><is><t>eigen notitie</t></is></c></row></sheetData>'
    changed(excel, "Logboek", lambda xml: xml.replace("</sheetData>", extra))
    before = cells(excel, "Logboek")
    told(excel, events=9)
    after = cells(excel, "Logboek")
    assert after[3 : len(before)] == before[3:]  # from the totals row on
    assert len([value for value in column(excel, "Logboek", "Verzendronde") if value == "run-1"]) == 9


def test_what_stands_beside_a_table_does_not_move_with_its_totals(book: Path, tmp_path: Path) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx", totals=True)
    beside = '<c r="T4"><v>7</v></c></row><row r="5"'
    changed(excel, "Logboek", lambda xml: xml.replace('</row><row r="5"', beside, 1))
    told(excel, events=3)
    sheet = opened(excel)["Logboek"]
    assert (sheet["T4"].value, sheet["A6"].value) == (7, "Totaal")


def prefixed(xml: str) -> str:
    """The same sheet with a prefix before every name of the main namespace."""
    xml = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])(?!\?)", r"<\1x:", xml)
    return xml.replace("xmlns=", "xmlns:x=", 1)


def without_names(xml: str) -> str:
    """Rows and cells that do not say where they are: by the standard they follow each other."""

    def bare(found: re.Match[str]) -> str:
        attributes = re.sub(r'\s(r|spans)="[^"]*"', "", found[2])
        return f"<{found[1]}{attributes}"

    return re.sub(r"<(row|c)\b([^>]*)", bare, gapless(xml))


def gapless(xml: str) -> str:
    """Every row, and every cell of a row up to its last, is there."""
    root: Any = etree.fromstring(xml.encode())
    ns = etree.QName(root).namespace
    data = root.find(f"{{{ns}}}sheetData")
    rows = {int(row.get("r")): row for row in data}
    for row in list(data):
        data.remove(row)
    for number in range(1, max(rows) + 1):
        row = rows.get(number)
        if row is None:
            row = etree.Element(f"{{{ns}}}row", r=str(number))
        given = {re.sub(r"\d", "", cell.get("r")): cell for cell in row}
        for cell in list(row):
            row.remove(cell)
        last = max((_number(letters) for letters in given), default=0)
        for index in range(1, last + 1):
            letters = get_column_letter(index)
            row.append(given.get(letters, etree.Element(f"{{{ns}}}c", r=f"{letters}{number}")))
        data.append(row)
    return str(etree.tostring(root, encoding="unicode"))


def _number(letters: str) -> int:
    return column_index_from_string(letters)


def with_comments(xml: str) -> str:
    """Notes and extensions between rows and cells, as the standard allows."""
    xml = xml.replace("<row ", "<!-- bakker --><row ", 3)
    return re.sub(r"(<row [^>]*>)(.*?)</row>", r"\1<!-- cel -->\2<extLst><ext uri='x'/></extLst></row>", xml, count=9)


@pytest.mark.libreoffice
@pytest.mark.parametrize("form", [prefixed, without_names, with_comments])
def test_sheets_in_another_form_of_xml_are_the_same_sheets(
    book: Path, tmp_path: Path, form: Callable[[str], str], calc: Calc
) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx")
    for title in OURS:
        changed(excel, title, form)
    assert told(excel).keys() <= may_change(excel)
    shown(excel)
    shown(calc(excel))


def test_ranges_of_the_log_grow_with_its_table(book: Path, tmp_path: Path) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx")
    (table,) = opened(excel)["Logboek"].tables.values()
    last = int(table.ref.rpartition("H")[2])
    ranges = f"C{last}:C{last} A1 G{last}:G{last + 4}"
    formats = f'<conditionalFormatting sqref="{ranges}"><cfRule type="duplicateValues" priority="9"/>'
    changed(excel, "Logboek", lambda xml: xml.replace("<cond", f"{formats}</conditionalFormatting><cond", 1))
    told(excel)
    grown = parts_of(excel)[sheet_part(excel, "Logboek")].decode()
    assert f'sqref="C{last}:C{last + 1} A1 G{last}:G{last + 4}"' in grown


def test_a_moment_in_a_cell_without_a_date_format_is_readable_text(book: Path, tmp_path: Path) -> None:
    excel = by_excel(book, tmp_path / "excel.xlsx", dates="General")
    told(excel)
    assert column(excel, "Facturen", "Bijgewerkt")[0] == "2026-10-06 09:30"
    assert "2026-10-06 09:30" in column(excel, "Logboek", "Wanneer")
