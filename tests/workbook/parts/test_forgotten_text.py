"""A password that was in a cell is in no part of the file any more, and nothing else has changed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from factuurbode.domain.model import Place
from factuurbode.errors import BookNotWritable
from factuurbode.workbook.closed import ClosedBook
from support.passwords import SECRET, as_excel_keeps_texts, password_beside_server, password_in_settings
from support.workbooks import small_book


def parts(book: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book) as package:
        return {name: package.read(name) for name in package.namelist()}


def where(book: Path, text: str = SECRET) -> set[str]:
    return {name for name, content in parts(book).items() if text.encode() in content}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx")


def test_a_password_leaves_the_sheet_and_the_shared_strings(book: Path) -> None:
    place = password_in_settings(book)
    as_excel_keeps_texts(book)
    before = parts(book)
    assert where(book) == {"xl/sharedStrings.xml"}
    ClosedBook(book).fill({place: None})
    assert where(book) == set()
    changed = {name for name, content in parts(book).items() if content != before[name]}
    assert len(changed) == 2
    assert "xl/sharedStrings.xml" in changed


def test_all_other_cells_show_what_they_showed(book: Path) -> None:
    place = password_in_settings(book)
    as_excel_keeps_texts(book)
    texts = [
        [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in openpyxl.load_workbook(book).worksheets
    ]
    ClosedBook(book).fill({place: None})
    now = [
        [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in openpyxl.load_workbook(book).worksheets
    ]
    differences = [
        (a, b)
        for s, t in zip(texts, now, strict=True)
        for r, q in zip(s, t, strict=True)
        for a, b in zip(r, q, strict=True)
        if a != b
    ]
    assert differences == [(SECRET, None)]


def test_a_text_that_another_cell_shows_as_well_stays_there(book: Path) -> None:
    place = password_in_settings(book, secret="Meelstad")
    as_excel_keeps_texts(book)
    ClosedBook(book).fill({place: None})
    assert ClosedBook(book).read().settings.company.city == "Meelstad"


def test_emptying_several_at_once(book: Path) -> None:
    one, other = password_in_settings(book), password_beside_server(book, "smtp.ziggo.nl", "ander-geheim")
    as_excel_keeps_texts(book)
    ClosedBook(book).fill({one: None, other: None})
    assert where(book) | where(book, "ander-geheim") == set()


def test_no_other_file_is_left_behind(book: Path) -> None:
    place = password_in_settings(book)
    ClosedBook(book).fill({place: None})
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_workbook_that_is_open_elsewhere_is_left_alone(book: Path) -> None:
    place = password_in_settings(book)
    before = book.read_bytes()
    book.with_name(f"~${book.name}").touch()
    with pytest.raises(BookNotWritable):
        ClosedBook(book).fill({place: None})
    assert book.read_bytes() == before


def test_a_formula_beside_the_name_is_read_by_its_value(book: Path) -> None:
    place = password_in_settings(book)
    workbook = openpyxl.load_workbook(book)
    workbook[place.sheet][place.cell] = '="a"&"b"'
    workbook.save(book)
    assert all(isinstance(one.place, Place) for one in ClosedBook(book).passwords())


def test_other_passwords_are_not_ours(book: Path) -> None:
    password_in_settings(book, name="Wachtwoord alarm")
    password_in_settings(book, name="Kassawachtwoord")
    assert ClosedBook(book).passwords() == ()
