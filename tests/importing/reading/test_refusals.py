"""Files that cannot be imported are refused before they do harm, with the reason and what to do."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from factuurbode.domain.model import Language
from factuurbode.errors import ImportColumnsMissing, ImportColumnsUnknown, ImportFault, ImportMissing, ImportUnreadable
from factuurbode.importing.proposal import ImportKind
from factuurbode.texts import error_sentence, texts_in
from support.import_bakery import Bakery

HEADER = "Bonnr;Leverdatum;Klantnr;Artikelnr;Aantal\n"


def refused(bakery: Bakery, path: Path) -> str:
    with pytest.raises(ImportUnreadable) as found:
        bakery.propose(path)
    for language in (Language.NL, Language.EN):
        assert "unreadable." not in error_sentence(texts_in(language), found.value)
    return found.value.facts["detail"]


@pytest.mark.parametrize("name", ["weg.csv", "weg.xlsx", "weg.ods", "weg.pdf"])
def test_a_file_that_is_not_there(bakery: Bakery, name: str) -> None:
    with pytest.raises(ImportMissing):
        bakery.propose(bakery.folder / name)


def test_a_folder(bakery: Bakery) -> None:
    folder = bakery.folder / "map.csv"
    folder.mkdir()

    assert refused(bakery, folder) == "unreadable.no_file"


def test_a_text_file_of_a_gigabyte_is_refused_unread(bakery: Bakery) -> None:
    path = bakery.folder / "groot.csv"
    with path.open("wb") as file:
        file.write(HEADER.encode())
        file.truncate(2**30)

    tracemalloc.start()
    try:
        assert refused(bakery, path) == "unreadable.too_large"
        assert tracemalloc.get_traced_memory()[1] < 2**27
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("start", "detail"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "unreadable.binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "unreadable.binary"),
        (b"Bonnr;Aantal\n1;\x01\x02\x03\n", "unreadable.binary"),
        (b"\x7fELF" + bytes(range(32)) * 9, "unreadable.binary"),
        (b"PK\x03\x04" + bytes(40), "unreadable.spreadsheet_as_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "unreadable.spreadsheet_as_text"),
        (b"<html><table><tr><td>Bonnr</td></tr></table></html>", "unreadable.markup"),
        (b"Bonnr;Aantal\n1;\x00\x00\x00\n", "unreadable.encoding"),
        (b"Bonnr;Naam\n1;\x81\x8d\n", "unreadable.encoding"),
        (b"", "unreadable.empty"),
        (b"\xef\xbb\xbf\r\n", "unreadable.empty"),
        (HEADER.encode() + b'1;"02-11-2026;0012;0101;3\n', "unreadable.quotes"),
        (HEADER.encode() + b"1;2\n" + b";" * 600, "unreadable.ragged"),
        (HEADER.encode() + b'1;2-11-2026;"0012;0101;3\n2;2-11-2026;"0012";0101;3\n', "unreadable.swallowed"),
        (
            HEADER.encode().replace(b"\n", b"\r") + b'1;2-11-2026;0012;0101;"3\r2;2-11-2026;0012;0101;"3"\r',
            "unreadable.swallowed",
        ),
        (b"Bonnr,Datum,Klantnr,Artikelnr,Aantal,Prijs\n" + b"1,2-11-2026,0012,0101,3,2,35\n" * 3, "unreadable.shifted"),
    ],
)
def test_a_text_file_that_is_none(bakery: Bakery, start: bytes, detail: str) -> None:
    path = bakery.folder / "raar.csv"
    path.write_bytes(start)

    assert refused(bakery, path) == detail


@pytest.mark.parametrize("encoding", ["klingon", "undefined", "idna", "rot13", "ascii"])
def test_an_encoding_that_does_not_exist_or_fit(bakery: Bakery, encoding: str) -> None:
    path = bakery.write(HEADER + "1;2-11-2026;0012;0101;é")

    with pytest.raises(ImportUnreadable) as found:
        bakery.propose(path, encoding=encoding)

    assert found.value.facts["detail"] == "unreadable.encoding_asked"


def test_a_person_who_says_what_stands_between_the_cells_is_believed(bakery: Bakery) -> None:
    path = bakery.write("Bonnr,Datum,Klantnr,Artikelnr,Aantal\n" + "1,2-11-2026,0012,0101,3,let op\n")

    proposal = bakery.propose(path, delimiter=",")

    assert (len(proposal.drafts), proposal.detected[0].unknown_columns) == (1, ("(F)",))


def test_a_description_may_have_lines_and_semicolons(bakery: Bakery) -> None:
    path = bakery.write(HEADER.replace("Artikelnr", "Omschrijving") + '1;2-11-2026;0012;"a;b\nc;d";3\n')

    (rejected,) = bakery.propose(path).rejected

    assert rejected.cells[3] == "a;b\nc;d"


@pytest.mark.parametrize(
    ("name", "detail"),
    [("brief.docx", "unreadable.other_kind"), ("naamloos", "unreadable.other_kind")],
)
def test_files_of_another_kind(bakery: Bakery, name: str, detail: str) -> None:
    (bakery.folder / name).write_bytes(b"x")

    assert refused(bakery, bakery.folder / name) == detail


@pytest.mark.parametrize("name", ["map", "map.xls", "map.ods"])
def test_a_folder_whatever_it_is_called(bakery: Bakery, name: str) -> None:
    (bakery.folder / name).mkdir()

    assert refused(bakery, bakery.folder / name) == "unreadable.no_file"


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "unreadable.old_xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "unreadable.password"),
        (b"<html><body><table><tr><td>Bonnr</td></tr></table></body></html>", "unreadable.markup"),
        (b'<?xml version="1.0"?><Workbook/>', "unreadable.markup"),
        (b"", "unreadable.empty"),
    ],
)
def test_an_xls_is_told_for_what_it_is(bakery: Bakery, content: bytes, detail: str) -> None:
    (bakery.folder / "export.xls").write_bytes(content)

    assert refused(bakery, bakery.folder / "export.xls") == detail


def test_text_that_is_called_xls_is_read(bakery: Bakery) -> None:
    path = bakery.write((HEADER + "1;2-11-2026;0012;0101;3\n").replace(";", "\t"), "export.xls", "utf-16")

    assert len(bakery.propose(path).drafts) == 1


def test_an_empty_sheet_is_told_as_one(bakery: Bakery) -> None:
    with xlsxwriter.Workbook(bakery.folder / "leeg.xlsx") as book:
        book.add_worksheet("Blad1")

    assert refused(bakery, bakery.folder / "leeg.xlsx") == "unreadable.empty"


@pytest.mark.parametrize("name", ["bom.xlsx", "bom.ods", "bom.xlsb"])
def test_a_zip_bomb_is_not_unpacked(bakery: Bakery, name: str) -> None:
    path = bakery.folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("content.xml", "w") as part:
            for _ in range(300):
                part.write(bytes(2**20))
        with package.open("xl/workbook.bin", "w") as part:
            for _ in range(300):
                part.write(bytes(2**20))
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(300):
                part.write(bytes(2**20))

    assert path.stat().st_size < 2**20
    assert refused(bakery, path) == "unreadable.bomb"


@pytest.mark.parametrize("name", ["stuk.xlsx", "stuk.xlsm", "stuk.xlsb", "stuk.ods"])
@pytest.mark.parametrize("content", [b"", b"Bonnr;Aantal\n", b"PK\x03\x04" + bytes(100)])
def test_a_spreadsheet_that_is_none(bakery: Bakery, name: str, content: bytes) -> None:
    (bakery.folder / name).write_bytes(content)

    assert refused(bakery, bakery.folder / name) == "unreadable.no_spreadsheet"


@pytest.mark.parametrize("name", ["slot.xlsx", "slot.xlsb"])
def test_a_spreadsheet_with_a_password(bakery: Bakery, name: str) -> None:
    path = bakery.folder / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))

    assert refused(bakery, path) == "unreadable.password"


def test_an_ods_with_a_password(bakery: Bakery) -> None:
    path = bakery.folder / "slot.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", b"\x93\x01\x77 not xml any more")
        entry = '<manifest:encryption-data xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        package.writestr("META-INF/manifest.xml", entry)

    assert refused(bakery, path) == "unreadable.password"


def test_a_sheet_with_one_cell_at_its_far_end_is_not_filled_up(bakery: Bakery) -> None:
    path = bakery.folder / "ver.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(1_048_575, 16_383, "x")

    assert refused(bakery, path) == "unreadable.too_large"


def test_columns_that_say_nothing_are_named(bakery: Bakery) -> None:
    with pytest.raises(ImportColumnsUnknown) as found:
        bakery.propose(bakery.write("Merk;Kleur;Maat\nA;rood;3\n"))

    assert found.value.facts["columns"] == "Merk, Kleur, Maat"


def test_every_refusal_says_what_to_do() -> None:
    assert all("remedy." + kind.code in texts_in(Language.NL) for kind in ImportFault.__subclasses__())


def test_a_file_with_a_header_and_no_rows_proposes_nothing(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(HEADER))

    assert proposal.empty
    assert proposal.detected[0].rows == 0


def test_columns_that_are_not_enough_are_told_with_what_they_lack(bakery: Bakery) -> None:
    with pytest.raises(ImportColumnsMissing) as found:
        bakery.propose(
            bakery.write("Bonnr;Leverdatum;Klantnr;Kleur\n1;2-11-2026;0012;rood\n"), kind=ImportKind.DELIVERIES
        )

    assert found.value.facts["missing"] == "Artikelnr / Omschrijving; Aantal / Bedrag excl. btw / Bedrag incl. btw"
    assert "voor leveringen" in error_sentence(texts_in(Language.NL), found.value)
