"""Folders with names that trip up programs, and folders that are elsewhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest

from factuurbode import bootstrap
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from support.bakery import Bakery
from support.workbooks import CUSTOMER

pytestmark = pytest.mark.libreoffice
SENT = {"2026-0001": {Channel.MAIL: State.SENT}}


def pdf_cell(book: Path) -> object:
    """What stands in the PDF column of the first invoice."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(book)["Facturen"].iter_rows()]
    header = next(index for index, row in enumerate(rows) if "Factuurnr" in row)
    return rows[header + 1][rows[header].index("PDF")]


@pytest.mark.parametrize(
    "name",
    [
        "mijn facturen",
        "bakkerij #1",
        "100% brood",
        "50%20korting",
        "a&b <c>",
        'l\'été "ü" 🥖',
        "x" * 200,
        "?a=b;c",
        "-o",
    ],
)
def test_a_folder_of_any_name_works_from_beginning_to_end(
    bakery: Bakery, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bakery.book.parent / name
    folder.mkdir()
    bakery.book = folder / f"{name}.xlsx"
    temporary = bakery.book.parent / f"tmp {name[:20]}"
    temporary.mkdir()
    bakery.opens()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr(bootstrap, "chosen_converter", lambda: LibreOffice(workers=1))
    assert bakery.sends().code == 0
    assert bakery.shown == SENT
    assert (folder / "facturen" / "Factuur 2026-0001 Café De Proef.pdf").is_file()
    assert str(pdf_cell(bakery.book)).startswith('=HYPERLINK("facturen/Factuur 2026-0001')
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("customer", ["Brood #1", "20%25 meer"])
def test_a_pdf_that_a_link_would_misread_is_named_as_text(bakery: Bakery, customer: str) -> None:
    bakery.opens(customers=[{**CUSTOMER, "name": customer}])
    assert bakery.sends().code == 0
    assert pdf_cell(bakery.book) == f"facturen/Factuur 2026-0001 {customer}.pdf"


def test_a_name_that_leaves_no_room_for_the_journal_is_said(bakery: Bakery) -> None:
    bakery.book = bakery.book.with_name(f"{'x' * 245}.xlsx")
    bakery.opens()
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "de naam is te lang" in told.words


def test_a_name_that_no_disk_takes_is_said(bakery: Bakery) -> None:
    bakery.book = bakery.book.with_name(f"{'x' * 300}.xlsx")
    told = bakery.types("check")
    assert told.code == 2
    assert "de naam is te lang" in told.words


def test_links_that_lead_round_in_a_circle_are_said(bakery: Bakery) -> None:
    bakery.book.unlink()
    other = bakery.book.with_name("ander.xlsx")
    bakery.book.symlink_to(other)
    other.symlink_to(bakery.book)
    told = bakery.types("check")
    assert told.code == 2
    assert "Er is geen werkmap" in told.words or "in een kring" in told.words


def test_through_a_linked_folder_it_is_the_same_workbook(bakery: Bakery, tmp_path: Path) -> None:
    real = bakery.book
    (tmp_path / "netwerkmap").symlink_to(real.parent)
    bakery.book = tmp_path / "netwerkmap" / "boek.xlsx"
    assert bakery.sends().code == 0
    bakery.book = real
    assert bakery.sends().code == 0
    assert (bakery.mails, bakery.shown) == (1, SENT)


def test_on_another_file_system_than_the_temporary_files(bakery: Bakery) -> None:
    memory = Path("/dev/shm")  # where there is none, the disk itself will do
    elsewhere = memory if os.access(memory, os.W_OK) else bakery.book.parent
    folder = Path(tempfile.mkdtemp(prefix="factuurbode-", dir=elsewhere))
    try:
        bakery.book = Path(shutil.move(bakery.book, folder / "boek.xlsx"))
        assert bakery.sends().code == 0
        assert bakery.shown == SENT
    finally:
        shutil.rmtree(folder)


def test_an_archive_and_a_pdf_folder_on_a_path_that_is_a_file(bakery: Bakery) -> None:
    for key, name in (("general.archive", "archief"), ("general.file_location", "facturen")):
        (bakery.book.parent / "bestand").touch()
        bakery.settings = {key: f"bestand/{name}"}
        bakery.opens()
        told = bakery.sends()
        assert (told.code, bakery.mails) == (2, 0)
        assert "het bestand of de map is er niet" in told.words
    bakery.settings = {}
    bakery.opens()
    assert bakery.sends().code == 0


def test_a_new_workbook_where_the_temporary_files_cannot_be_is_refused_in_words(
    bakery: Bakery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bakery.book = bakery.book.with_name("nieuw.xlsx")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "weg"))
    told = bakery.types("new")
    assert told.code == 2
    assert "het bestand of de map is er niet" in told.words
    assert not bakery.book.exists()
