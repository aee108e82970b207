"""Files that mean harm, and workbooks that change at the wrong moment: refused, or taken in as plain text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from factuurbode import intake
from factuurbode.bootstrap import open_office
from factuurbode.cli import main
from factuurbode.errors import BookChanged, ImportFault
from factuurbode.importing.wishes import Wishes
from factuurbode.workbook.reader import read_ledger
from support.workbooks import CUSTOMER, INVOICE, small_book

HEADER = "Klantnr;Datum;Omschrijving;Aantal;Prijs;Btw\n"
HOSTILE = [
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://kwaad.example","klik")',
    "+SUM(A1:A9)",
    "-2+3+cmd",
    "@SUM(1)",
    "\t=1+1",
    "<script>alert(1)</script>",
    "]]>&amp;<!--",
    "{{ 7*7 }}",
    "'; DROP TABLE import_row; --",
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx", customers=[{**CUSTOMER, "period": "month"}])


def a_file(book: Path, text: str, name: str = "lev.csv") -> Path:
    path = book.with_name(name)
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def test_text_that_excel_would_run_stays_text(book: Path) -> None:
    rows = "".join(f'0001;02-11-2026;"{text.replace(chr(34), chr(34) * 2)}";1;2,50;9%\n' for text in HOSTILE)
    main(["import", str(book), str(a_file(book, rows)), "--yes"])
    lines = read_ledger(book).invoices[-1].lines
    assert [line.description for line in lines] == [text.strip() for text in HOSTILE]
    sheet = openpyxl.load_workbook(book)["Factuurregels"]
    cells = [cell for (cell,) in sheet.iter_rows(min_col=4, max_col=4, min_row=3) if cell.value]
    assert all(cell.data_type == "s" for cell in cells)
    with zipfile.ZipFile(book) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_a_cell_without_end_or_with_signs_that_nobody_sees_harms_nothing(book: Path) -> None:
    rows = f"0001;02-11-2026;{'x' * 40_000};1;2,50;9%\n0001;03-11-2026;a\x00b\x1b[31m\x07c;1;2,50;9%\n"
    main(["import", str(book), str(a_file(book, rows)), "--yes"])
    for invoice in read_ledger(book).invoices:
        for line in invoice.lines:
            assert len(line.description) <= 32_767
            assert line.description.isprintable()


def test_a_terminal_is_never_told_what_to_do(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "\x1b[2J0001;02-11-2026;\x1b]0;kwaad\x07;een;2,50;9%\n"
    main(["import", str(book), str(a_file(book, rows)), "--preview"])
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "\x07" not in told.out + told.err


@pytest.mark.parametrize("name", ["lev [bold].csv", "lev;rm -rf.csv", "..lev.csv", "l\u202eve.csv", "=lev.csv"])
def test_a_file_may_be_called_anything(book: Path, name: str) -> None:
    rows = "0001;02-11-2026;Volkoren;1;2,50;9%\n0001;31-02-2026;Volkoren;1;2,50;9%\n"
    assert main(["import", str(book), str(a_file(book, rows, name)), "--yes", "--page", str(book) + ".html"]) == 1
    assert len(read_ledger(book).invoices) == 2
    assert any("afgekeurd" in path.name for path in book.parent.iterdir())


@pytest.mark.parametrize("data", [b"\x7fELF" + bytes(range(256)) * 40, b"", b"\xff\xfe\x00", b"PK\x03\x04kapot"])
def test_what_is_no_table_is_refused_in_one_sentence(
    book: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book.with_name("lev.csv")
    path.write_bytes(data)
    before = book.read_bytes()
    assert main(["import", str(book), str(path), "--yes"]) in (1, 2)
    assert book.read_bytes() == before
    assert "Traceback" not in capsys.readouterr().err


def test_a_workbook_that_changed_meanwhile_is_left_alone(book: Path) -> None:
    source = a_file(book, "0001;02-11-2026;Volkoren;1;2,50;9%\n")
    with open_office(book) as office:
        found = intake.propose_import(office, [source], Wishes())
        small_book(book, customers=[CUSTOMER], invoices=[INVOICE, {**INVOICE, "number": "2026-0002"}])
        before = book.read_bytes()
        with pytest.raises(BookChanged):
            intake.apply_import(office, found)
        assert book.read_bytes() == before
        assert intake.imports(office) == ()


def test_a_directory_is_no_file(book: Path) -> None:
    with open_office(book) as office, pytest.raises(ImportFault):
        intake.propose_import(office, [book.parent], Wishes())
