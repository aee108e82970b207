"""The built add-in, read back by programs that know the formats and not us."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import olefile
import xlwings
from lxml import etree
from pyopenvba import ExcelFile
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from factuurbode.assets import asset
from factuurbode.domain.model import Language
from factuurbode.install.addin_file import addin_bytes
from factuurbode.install.configuration import configuration
from factuurbode.install.vba_project import Module
from factuurbode.install.vba_sources import own_modules
from factuurbode.install.xlwings_parts import CONFIGURATION_SHEET, xlwings_modules
from factuurbode.texts import texts_in
from support.olevba import VBA_Parser, decompress_stream


def sources() -> dict[str, Module]:
    return {module.name: module for module in (*own_modules(asset("addin", "vba")), *xlwings_modules())}


def opened(addin: Path) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(addin.read_bytes()))


def sheet_rows(addin: Path, name: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in opened(addin).get_sheet_by_name(name).to_python()]


# --- the file ---
def test_it_is_byte_identical_each_time_it_is_built(tmp_path: Path) -> None:
    elsewhere = tmp_path / "once more.xlam"
    subprocess.run(
        [sys.executable, "-m", "factuurbode.install", str(elsewhere)],
        check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANG": "nl_NL.UTF-8"},
    )

    assert addin_bytes() == addin_bytes() == elsewhere.read_bytes()


def test_every_part_is_well_formed_and_every_relation_leads_somewhere(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        trees = {name: etree.fromstring(package.read(name)) for name in names if not name.endswith(".bin")}

    for name in (name for name in names if name.endswith(".rels")):
        folder = Path(name).parent.parent
        assert {(folder / str(relation.get("Target"))).as_posix() for relation in trees[name]} <= names
    types = trees["[Content_Types].xml"]
    assert {str(part.get("PartName")).lstrip("/") for part in types if part.get("PartName")} <= names


def test_excel_takes_it_for_an_add_in(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package:
        assert b"application/vnd.ms-excel.addin.macroEnabled.main+xml" in package.read("[Content_Types].xml")


# --- its VBA ---
def test_olevba_reads_back_exactly_the_sources(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package, olefile.OleFileIO(io.BytesIO(package.read("xl/vbaProject.bin"))) as project:
        assert not project.parsing_issues
        streams = {
            name: bytes(decompress_stream(bytearray(project.openstream(f"VBA/{name}").read()))).decode("cp1252")
            for name in sources()
        }
        kept = {path[-1] for path in project.listdir()}
    listed = [Path(file).stem for _, _, file, _ in VBA_Parser(str(addin)).extract_all_macros()]

    assert streams == {name: module.source for name, module in sources().items()}
    assert listed == list(sources())
    assert kept == {*sources(), "dir", "_VBA_PROJECT", "PROJECT", "PROJECTwm"}


def test_pyopenvba_reads_back_exactly_the_sources(addin: Path) -> None:
    def without_attributes(source: str) -> str:
        lines = re.sub(r"\r\n?", "\n", source).split("\n")
        start = next(number for number, line in enumerate(lines) if not line.startswith("Attribute VB_"))
        return "\n".join(lines[start:]).strip()

    with ExcelFile(addin) as project:
        assert sorted(project.module_names()) == sorted(sources())
        for name, module in sources().items():
            assert without_attributes(project.get_module(name)) == without_attributes(module.source), name
        assert [reference.name for reference in project.references()] == ["stdole", "Office"]


def test_our_vba_is_ascii_with_windows_line_ends_and_declares_what_it_uses(addin: Path) -> None:
    for module in own_modules(asset("addin", "vba")):
        assert module.source.isascii()
        assert not re.search(r"(?<!\r)\n|\r(?!\n)", module.source), module.name
        assert "\r\nOption Explicit\r\n" in module.source
        assert all(len(line) < 1023 for line in module.source.splitlines()), module.name  # the editor's limit


def test_xlwings_is_what_is_installed_but_for_our_name_and_four_places() -> None:
    wheel = (Path(xlwings.__file__).parent / "xlwings_custom_addin.bas").read_text("ascii").splitlines()
    built = xlwings_modules()[0].source.splitlines()

    changed = [(old, new) for old, new in zip(wheel, built, strict=True) if old != new]

    assert len(changed) == 4
    assert any(new.strip() == "RunEnded" for _, new in changed)
    assert 'Public Const PROJECT_NAME As String = "factuurbode"' in built
    assert [new for _, new in changed if "MsgBox" in new] == []


# --- its sheets ---
def test_the_configuration_sheet_answers_everything_that_xlwings_asks(addin: Path) -> None:
    asked = set(re.findall(r'GetConfig\("([^"]+)"', xlwings_modules()[0].source))

    rows = sheet_rows(addin, CONFIGURATION_SHEET)

    assert {row[0] for row in rows} == asked == set(configuration())
    told = {row[0]: row[1] for row in rows}
    assert (told["ADD_WORKBOOK_TO_PYTHONPATH"], told["SHOW CONSOLE"], told["USE UDF SERVER"]) == ("false", False, False)


def test_the_texts_sheet_has_every_text_of_the_tab_in_both_languages(addin: Path) -> None:
    rows = {row[0]: row[1:3] for row in sheet_rows(addin, "texts")}
    dutch, english = texts_in(Language.NL), texts_in(Language.EN)
    keys = {key for key in dutch.keys() if key.startswith("ribbon_tab.")}  # noqa: SIM118 - not a mapping

    assert {f"ribbon_tab.{key}" for key in rows if not str(key).startswith("sheet.")} == keys
    assert rows["label.check"] == (dutch("ribbon_tab.label.check"), english("ribbon_tab.label.check"))
    assert rows["sheet.invoices"] == ("Facturen", "Invoices")
    assert rows["sheet.settings"] == ("Instellingen", "Settings")


def test_every_text_that_the_vba_asks_for_is_on_the_sheet_and_no_other(addin: Path) -> None:
    vba = "".join(module.source for module in own_modules(asset("addin", "vba")))
    asked = set(re.findall(r'"((?:said|sheet)\.[a-z_]+)"', vba))
    there = {str(row[0]) for row in sheet_rows(addin, "texts")}

    assert asked == {key for key in there if key.startswith(("said.", "sheet."))}


def test_the_licences_of_what_it_holds_are_in_it(addin: Path) -> None:
    text = "\n".join(str(row[0] or "") for row in sheet_rows(addin, "licences"))

    assert "Zoomer Analytics" in text
    assert "BSD 3-clause" in text
    assert "Tim Hall" in text
    assert "WITHOUT WARRANTY OF ANY KIND" in text


def test_nobody_sees_the_sheets(addin: Path) -> None:
    seen = {sheet.name for sheet in opened(addin).sheets_metadata if sheet.visible is SheetVisibleEnum.Visible}

    assert seen == {CONFIGURATION_SHEET}  # one has to be; Excel shows no window for an add-in
