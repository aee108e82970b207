"""What is no workbook of ours, or would hurt to open, is refused with its reason."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from factuurbode.domain.model import Language
from factuurbode.errors import BookMissing, BookUnreadable
from factuurbode.texts import texts_in
from factuurbode.workbook import source
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.reader import read_ledger
from support.workbooks import small_book

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
Edit = Callable[[bytes], bytes]


def refusal(path: Path) -> str:
    with pytest.raises(BookUnreadable) as caught:
        read_ledger(path)
    detail = caught.value.facts["detail"]
    assert detail in texts_in(Language.NL)
    return detail.removeprefix("unreadable.")


def with_part(book: Path, part: str, edit: Edit) -> Path:
    """*book* with one part of its package changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(book) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in package.namelist():
            data = package.read(name)
            target.writestr(name, edit(data) if name == part else data)
    book.write_bytes(out.getvalue())
    return book


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BookMissing):
        read_ledger(tmp_path / "weg.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "no_file"


@pytest.mark.parametrize("data", [b"", b"Klantnr;Naam\r\n1;Test\r\n", b"PK\x03\x04 bijna een zip"])
def test_a_file_of_another_kind(data: bytes, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(data)
    assert refusal(book) == "no_workbook"


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    with zipfile.ZipFile(book, "w") as package:
        package.writestr("hallo.txt", "hallo")
    assert refusal(book) == "no_workbook"


def test_an_old_xls_and_a_workbook_with_a_password(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(OLE + bytes(600))
    assert refusal(book) == "old_xls"
    book.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(book) == "password"


def test_a_workbook_that_was_cut_off(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx")
    book.write_bytes(book.read_bytes()[:-2000])
    assert refusal(book) == "no_workbook"


def test_a_sheet_that_is_not_xml(tmp_path: Path) -> None:
    book = with_part(small_book(tmp_path / "book.xlsx"), "xl/worksheets/sheet2.xml", lambda xml: xml[: len(xml) // 2])
    assert refusal(book) == "damaged"


def test_a_workbook_part_that_is_not_xml(tmp_path: Path) -> None:
    book = with_part(small_book(tmp_path / "book.xlsx"), "xl/workbook.xml", lambda _: b"<workbook")
    assert refusal(book) == "damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    book = with_part(small_book(tmp_path / "book.xlsx"), "xl/worksheets/sheet2.xml", lambda xml: xml + b" " * 2**25)
    assert refusal(book) == "bomb"


def test_a_workbook_that_became_a_bomb_since_it_was_read_is_refused_when_it_is_written(tmp_path: Path) -> None:
    path = small_book(tmp_path / "book.xlsx")
    book = ClosedBook(path)
    book.read()
    with_part(path, "xl/worksheets/sheet1.xml", lambda data: data + b" " * 60_000_000)

    with pytest.raises(BookUnreadable) as caught:
        book.write([], [], "run")

    assert caught.value.facts["detail"] == "unreadable.bomb"


def test_many_parts_that_are_large_together_are_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = small_book(tmp_path / "book.xlsx")
    monkeypatch.setattr(source, "MAX_UNPACKED", 50_000)
    assert refusal(book) == "bomb"


def test_a_part_that_is_larger_than_it_says_never_reaches_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = small_book(tmp_path / "book.xlsx")
    monkeypatch.setattr(source, "CalamineWorkbook", None)
    package = bytearray(book.read_bytes())
    name = b"xl/worksheets/sheet2.xml"
    central = package.rfind(name) - 46
    (size,) = struct.unpack_from("<I", package, central + 24)
    struct.pack_into("<I", package, central + 24, size - 100)
    book.write_bytes(package)
    assert refusal(book) == "damaged"


def test_a_part_with_a_broken_stream_is_refused(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx")
    with zipfile.ZipFile(book) as package:
        entry = package.getinfo("xl/worksheets/sheet2.xml")
    data = bytearray(book.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename)
    data[start : start + 8] = b"\xff" * 8
    book.write_bytes(data)
    with pytest.raises(zlib.error):
        zlib.decompressobj(-15).decompress(bytes(data[start : start + entry.compress_size]))
    assert refusal(book) == "damaged"


def test_two_parts_of_the_same_name_are_refused(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx")
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(book, "a") as package:
        package.writestr("xl/workbook.xml", b"<other/>")
    assert refusal(book) == "damaged"


def test_one_stray_cell_at_the_far_corner_does_not_take_all_memory(tmp_path: Path) -> None:
    def stray(xml: bytes) -> bytes:
        row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        return xml.replace(b"</sheetData>", row + b"</sheetData>")

    assert refusal(with_part(small_book(tmp_path / "book.xlsx"), "xl/worksheets/sheet2.xml", stray)) == "too_large"


def test_a_stray_space_far_down_is_read_past(tmp_path: Path) -> None:
    def stray(xml: bytes) -> bytes:
        row = b'<row r="300000"><c r="A300000" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
        return xml.replace(b"</sheetData>", row + b"</sheetData>")

    book = with_part(small_book(tmp_path / "book.xlsx"), "xl/worksheets/sheet2.xml", stray)
    assert len(read_ledger(book).invoices) == 1


def test_an_entity_in_the_workbook_part_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Klanten")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()

    def plant(xml: bytes) -> bytes:
        head, mark, rest = xml.partition(b"<workbook")
        return head + doctype + mark + rest.replace(b"</workbook>", b"<x>&e;</x></workbook>")

    book = with_part(small_book(tmp_path / "book.xlsx"), "xl/workbook.xml", plant)
    try:
        ledger = read_ledger(book)
    except BookUnreadable:
        return
    assert "Klanten" not in str(ledger.problems)
