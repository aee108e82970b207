"""Putting the add-in into made-up computers of Windows and macOS, and taking it out."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from factuurbode.cli import main
from factuurbode.errors import AddInInUse, ExcelNotHere, PythonPathUnusable
from factuurbode.install.installing import Deed, install, uninstall
from factuurbode.install.places import Places, places
from factuurbode.install.xlwings_parts import CONFIGURATION_SHEET, applescript

PEOPLE = ["jan", "Jan & Zoë de Vries", "Åsa 日本"]
WINDOWS_PYTHON = Path(r"C:\Users\Zoë de Vries\AppData\Local\Programs\factuurbode\python\Scripts\python.exe")
MAC_PYTHON = Path("/Users/zoë/Library/Application Support/factuurbode/bin/python")


@pytest.fixture(params=PEOPLE)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "Users" / str(request.param)
    folder.mkdir(parents=True)
    return folder


def windows(home: Path) -> Places:
    variables = {"APPDATA": str(home / "AppData" / "Roaming"), "LOCALAPPDATA": str(home / "AppData" / "Local")}
    return places("win32", variables, home)


def mac(home: Path) -> Places:
    return places("darwin", {}, home)


def told(addin: Path) -> dict[str, object]:
    """The add-in's configuration sheet."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(addin.read_bytes())).get_sheet_by_name(CONFIGURATION_SHEET)
    return {str(row[0]): row[1] for row in sheet.to_python()}


def files(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}


# --- where ---
def test_on_windows_it_goes_into_the_startup_folder_with_this_python(home: Path) -> None:
    done = install(windows(home), WINDOWS_PYTHON)

    addin = home / "AppData/Roaming/Microsoft/Excel/XLSTART/factuurbode.xlam"
    assert [(one.deed, one.path) for one in done] == [(Deed.PLACED, addin)]
    assert told(addin)["INTERPRETER_WIN"] == str(WINDOWS_PYTHON)
    assert files(home) == {addin.relative_to(home).as_posix(), "AppData/Local/factuurbode/installed.json"}


def test_on_a_mac_the_script_of_xlwings_goes_with_it(home: Path) -> None:
    install(mac(home), MAC_PYTHON)

    name, script = applescript()
    office = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    assert files(home) == {
        f"{office}/factuurbode.xlam",
        f"Library/Application Scripts/com.microsoft.Excel/{name}",
        "Library/Application Support/factuurbode/installed.json",
    }
    assert (home / "Library/Application Scripts/com.microsoft.Excel" / name).read_bytes() == script
    assert told(home / office / "factuurbode.xlam")["INTERPRETER_MAC"] == (
        "/Users/zoë/Library/'Application Support'/factuurbode/bin/python"
    )


def test_windows_without_its_variables_has_the_usual_folders(tmp_path: Path) -> None:
    assert places("win32", {}, tmp_path).startup == tmp_path / "AppData/Roaming/Microsoft/Excel/XLSTART"


@pytest.mark.parametrize("platform", ["linux", "freebsd14", "cygwin"])
def test_elsewhere_there_is_no_excel(platform: str, tmp_path: Path) -> None:
    with pytest.raises(ExcelNotHere):
        places(platform, {}, tmp_path)


# --- again, and away ---
@pytest.mark.parametrize("computer", [windows, mac])
def test_doing_it_again_changes_nothing(computer: type, home: Path) -> None:
    first = install(computer(home), MAC_PYTHON)
    before = {name: ((home / name).read_bytes(), (home / name).stat().st_ino) for name in files(home)}

    again = install(computer(home), MAC_PYTHON)

    assert {one.deed for one in first} == {Deed.PLACED}
    assert {one.deed for one in again} == {Deed.SAME}
    assert {name: (home / name).read_bytes() for name in files(home)} == {name: old[0] for name, old in before.items()}
    assert all((home / name).stat().st_ino == old[1] for name, old in before.items() if not name.endswith(".json"))


@pytest.mark.parametrize("computer", [windows, mac])
def test_uninstalling_removes_what_was_placed_and_nothing_else(computer: type, home: Path) -> None:
    where = computer(home)
    where.startup.mkdir(parents=True)
    (where.startup / "PERSONAL.XLSB").write_bytes(b"the person's own")
    install(where, MAC_PYTHON)

    done = uninstall(where)

    assert {one.deed for one in done} == {Deed.REMOVED}
    assert files(home) == {(where.startup / "PERSONAL.XLSB").relative_to(home).as_posix()}
    assert uninstall(where) == ()


def test_a_script_that_xlwings_itself_had_placed_stays(home: Path) -> None:
    where, (name, script) = mac(home), applescript()
    assert where.scripts
    where.scripts.mkdir(parents=True)
    (where.scripts / name).write_bytes(script)

    install(where, MAC_PYTHON)
    install(where, MAC_PYTHON)
    uninstall(where)

    assert files(home) == {(where.scripts / name).relative_to(home).as_posix()}


def test_an_update_takes_the_script_of_the_version_before_away(home: Path) -> None:
    where = mac(home)
    assert where.scripts
    where.scripts.mkdir(parents=True)
    old = where.scripts / "xlwings-0.1.0.applescript"
    old.write_text("old")
    where.receipt.parent.mkdir(parents=True)
    where.receipt.write_text(json.dumps({"files": [str(old)]}))

    done = install(where, MAC_PYTHON)

    assert (Deed.REMOVED, old) in [(one.deed, one.path) for one in done]
    assert not old.exists()


@pytest.mark.parametrize("receipt", ["", "{", "[]", '{"files": 3}', '{"files": [7]}'])
def test_a_damaged_receipt_removes_nothing(receipt: str, tmp_path: Path) -> None:
    where = windows(tmp_path)
    where.receipt.parent.mkdir(parents=True)
    where.receipt.write_text(receipt)

    assert uninstall(where) == ()


def test_a_receipt_cannot_name_a_file_of_somebody_else(tmp_path: Path) -> None:
    where, letter = windows(tmp_path), tmp_path / "letter.docx"
    letter.write_text("dear")
    where.receipt.parent.mkdir(parents=True)
    where.receipt.write_text(json.dumps({"files": [str(letter)]}))

    assert uninstall(where) == ()
    assert letter.exists()


# --- what can go wrong ---
def test_an_add_in_that_excel_has_open_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = windows(tmp_path)
    install(where, WINDOWS_PYTHON)
    addin = where.startup / "factuurbode.xlam"
    before = addin.read_bytes()

    def in_use(self: Path, *others: Path, **_: object) -> None:
        """As Windows answers for an open file; no other system does."""
        if addin in (self, *others):
            raise PermissionError(13, "The process cannot access the file", str(self))

    monkeypatch.setattr(Path, "replace", in_use)
    monkeypatch.setattr(Path, "unlink", in_use)
    with pytest.raises(AddInInUse):
        install(where, Path(r"D:\other\python.exe"))
    with pytest.raises(AddInInUse):
        uninstall(where)
    assert addin.read_bytes() == before


@pytest.mark.parametrize("name", ["100% Python", 'Jan "de" Vries'])
def test_a_python_that_windows_could_not_start_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PythonPathUnusable):
        install(windows(tmp_path), Path(rf"C:\{name}\python.exe"))
    assert files(tmp_path) == set()


@pytest.mark.parametrize("name", ["it's", "a|b", "$(id)", "a;b", "`id`", 'a"b', "a\\b"])
def test_a_python_that_a_mac_could_not_start_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PythonPathUnusable):
        install(mac(tmp_path), Path(f"/Users/{name}/python"))
    assert files(tmp_path) == set()


# --- the command ---
def test_where_there_is_no_excel_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "nl", "install"]) == 2
    assert "Op deze computer is geen Excel" in capsys.readouterr().err


def test_the_add_in_can_be_made_in_a_folder_anywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "een map"

    assert main(["--lang", "nl", "install", "--folder", str(folder)]) == 0
    assert f"Geplaatst: {folder / 'factuurbode.xlam'}" in capsys.readouterr().out
    assert zipfile.is_zipfile(folder / "factuurbode.xlam")
    assert main(["--lang", "en", "install", "--folder", str(folder)]) == 0
    assert "Was there already" in capsys.readouterr().out
