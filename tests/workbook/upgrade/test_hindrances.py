"""What keeps a workbook from being upgraded is said, with the place; then nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.protection import WorkbookProtection

from factuurbode.errors import (
    BookError,
    BookIncomplete,
    BookNewer,
    NoRoomBelow,
    NoRoomBeside,
    SheetNameTaken,
    SheetProtected,
    StructureProtected,
    TableMissing,
)
from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.settings.rows import SCHEMA, SETTINGS_TABLE
from factuurbode.workbook.upgrade.old import old_book
from support.foreign_books import changed
from support.older_books import a_book, of_an_earlier_version, older, upgraded


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return of_an_earlier_version(tmp_path / "boek.xlsx")


def edited(book: Path, edit: Callable[[Any], None]) -> Path:
    source = openpyxl.load_workbook(book)
    edit(source)
    source.save(book)
    return book


def refused(book: Path) -> BookError:
    """Why it cannot be upgraded."""
    before = sorted(path.name for path in book.parent.iterdir())
    with pytest.raises(BookError) as caught:
        upgraded(book)
    assert sorted(path.name for path in book.parent.iterdir()) == before
    return caught.value


def protect(source: Any, title: str) -> None:
    source[title].protection.sheet = True


@pytest.mark.parametrize("title", ["Klanten", "Instellingen"])
def test_a_protected_sheet(book: Path, title: str) -> None:
    error = refused(edited(book, lambda source: protect(source, title)))
    assert isinstance(error, SheetProtected)
    assert error.facts["sheet"] == title


def test_a_protected_sheet_that_lacks_nothing_is_no_hindrance(book: Path) -> None:
    edited(book, lambda source: protect(source, "Facturen"))
    assert upgraded(book).exists()


def test_a_protection_that_was_lifted_is_no_hindrance(book: Path) -> None:
    lifted = '<sheetProtection sheet="0" objects="1"/>'
    changed(book, "Klanten", lambda xml: xml.replace("</sheetData>", f"</sheetData>{lifted}"))
    assert upgraded(book).exists()


def test_a_protected_structure(book: Path) -> None:
    def lock(source: Any) -> None:
        source.security = WorkbookProtection(lockStructure=True)

    assert isinstance(refused(edited(book, lock)), StructureProtected)


@pytest.mark.parametrize("title", ["Klanten", "Instellingen"])
def test_data_without_a_table(book: Path, title: str) -> None:
    error = refused(edited(book, lambda source: source[title].tables.clear()))
    assert isinstance(error, TableMissing)
    assert error.facts["sheet"] == title


def test_a_formula_that_needs_a_table_which_is_gone(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), columns={"Facturen": ["Naam"]})
    error = refused(edited(book, lambda source: source["Klanten"].tables.clear()))
    assert isinstance(error, TableMissing)


def test_something_beside_the_table(book: Path) -> None:
    def write(source: Any) -> None:
        source["Klanten"]["S7"] = "niet vergeten"

    error = refused(edited(book, write))
    assert isinstance(error, NoRoomBeside)
    assert (error.facts["sheet"], error.facts["cell"], error.facts["count"]) == ("Klanten", "S7", "5")


def test_merged_cells_beside_the_table(book: Path) -> None:
    error = refused(edited(book, lambda source: source["Klanten"].merge_cells("U4:V5")))
    assert isinstance(error, NoRoomBeside)
    assert error.facts["cell"] == "U4:V5"


@pytest.mark.parametrize("cell", ["X7", "S500", "S1"])
def test_what_stands_further_off_is_no_hindrance_and_stays(book: Path, cell: str) -> None:
    def write(source: Any) -> None:
        source["Klanten"][cell] = "niet vergeten"

    new = openpyxl.load_workbook(upgraded(edited(book, write)))
    assert new["Klanten"][cell].value == "niet vergeten"


def test_something_below_the_settings(book: Path) -> None:
    def write(source: Any) -> None:
        sheet = source["Instellingen"]
        sheet.cell(sheet.max_row + 2, 2, "eigen notitie")

    error = refused(edited(book, write))
    assert isinstance(error, NoRoomBelow)
    assert error.facts["sheet"] == "Instellingen"


def test_a_sheet_of_the_baker_with_the_name_of_ours(book: Path) -> None:
    error = refused(edited(book, lambda source: source.create_sheet("IMPORT")))
    assert isinstance(error, SheetNameTaken)
    assert error.facts["sheet"] == "IMPORT"


def test_a_column_that_no_workbook_can_do_without(tmp_path: Path) -> None:
    def rename(source: Any) -> None:
        source["Klanten"]["B2"] = "Bedrijf"
        source["Klanten"].tables["Klanten"].tableColumns[1].name = "Bedrijf"

    book = edited(a_book(tmp_path / "boek.xlsx"), rename)
    assert isinstance(refused(book), BookIncomplete)


def with_version(book: Path, version: object) -> Path:
    place = read_ledger(book).settings_places["workbook.schema"]

    def write(source: Any) -> None:
        source[place.sheet][place.cell] = version

    return edited(book, write)


def test_a_workbook_of_a_later_version_is_not_read(tmp_path: Path) -> None:
    book = with_version(a_book(tmp_path / "boek.xlsx"), SCHEMA + 1)
    with pytest.raises(BookNewer) as caught:
        read_ledger(book)
    assert (caught.value.facts["schema"], caught.value.facts["known"]) == (f"{SCHEMA + 1}", f"{SCHEMA}")


@pytest.mark.parametrize("version", [None, "1", 1.0])
def test_a_version_that_is_lost_or_text_is_an_early_one(book: Path, version: object) -> None:
    with_version(book, version)
    assert read_ledger(book).older
    new = upgraded(book)
    place = read_ledger(new).settings_places["workbook.schema"]
    assert openpyxl.load_workbook(new)[place.sheet][place.cell].value == SCHEMA


def test_a_version_that_is_no_number_is_a_problem_of_its_cell(tmp_path: Path) -> None:
    ledger = read_ledger(with_version(a_book(tmp_path / "boek.xlsx"), "nieuwste"))
    assert [str(problem.place) for problem in ledger.problems] == [f"{ledger.settings_places['workbook.schema']}"]


def test_a_lost_row_with_the_version_comes_back(tmp_path: Path) -> None:
    (row,) = [one for one in SETTINGS_TABLE if one.key == "workbook.schema"]
    book = older(a_book(tmp_path / "boek.xlsx"), settings=[row], schema=None)
    assert old_book(book).gaps.settings == (row,)
    new = upgraded(book)
    place = read_ledger(new).settings_places["workbook.schema"]
    assert openpyxl.load_workbook(new)[place.sheet][place.cell].value == SCHEMA
