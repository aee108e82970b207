"""The add-in's own VBA, compiled and run by LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode.assets import asset
from factuurbode.domain.model import Language
from factuurbode.install.addin_file import FILE_NAME, addin_bytes
from factuurbode.texts import texts_in
from support.addin import AddinInCalc, addin_in_calc, controls, xlwings_command_line

pytestmark = pytest.mark.libreoffice

DUTCH, ENGLISH = texts_in(Language.NL), texts_in(Language.EN)
BUTTONS = [name for name, element in controls().items() if "onAction" in element.attrib]


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AddinInCalc]:
    folder = tmp_path_factory.mktemp("calc")
    addin = folder / FILE_NAME
    addin.write_bytes(addin_bytes())
    with addin_in_calc(addin, folder) as running:
        yield running


@pytest.fixture(autouse=True)
def forget(calc: AddinInCalc) -> None:
    calc.function("Ribbon.RunEnded")
    for what in ("command", "said", "status", "fault", "dutch", "mac", "start"):
        calc.set(what, "")


@pytest.fixture
def book(calc: AddinInCalc, tmp_path: Path) -> Iterator[Path]:
    """A workbook of ours, in front."""
    path = Path(shutil.copy(asset("workbooks", "demo.xlsx"), tmp_path / "Mijn facturen & één.xlsx"))
    calc.open(path)
    yield path
    calc.close(path)


# --- compiling ---
@pytest.mark.parametrize("module", ["Books", "Boundary", "ExcelEvents", "Host", "Ribbon", "Texts"])
def test_the_module_compiles(calc: AddinInCalc, module: str) -> None:
    assert calc.ask("compiles", module) == ""


def test_a_module_with_a_mistake_would_be_noticed(calc: AddinInCalc) -> None:
    calc.ask("damage", "Texts", "End Function", "End Sub")

    assert calc.ask("compiles", "Texts") != ""
    calc.ask("damage", "Texts", "", "")


# --- pressing ---
@pytest.mark.parametrize("button", BUTTONS)
def test_a_press_gives_python_the_command_of_the_button(calc: AddinInCalc, book: Path, button: str) -> None:
    calc.press(button)

    assert calc.recorded("command") == f"import factuurbode.ribbon; factuurbode.ribbon.run('{button}')"
    assert (calc.recorded("said"), calc.recorded("status")) == ("", "")


@pytest.mark.parametrize("fault", ["raise", "-1"])
def test_when_python_does_not_start_there_is_one_sentence_and_the_buttons_go_on_again(
    calc: AddinInCalc, book: Path, fault: str
) -> None:
    calc.set("fault", fault)
    calc.set("dutch", "yes")

    calc.press("check")

    assert calc.recorded("said") == f"Factuurbode: {DUTCH('ribbon_tab.said.failed')}"
    assert calc.recorded("status") == ""
    assert calc.press("check", "getEnabled") is True


@pytest.mark.parametrize("tag", ["", "Check", "x'); import os", "check ", "a-b", "é"])
def test_only_the_name_of_a_command_reaches_python(calc: AddinInCalc, book: Path, tag: str) -> None:
    calc.ask("call", "Press.Press", "RibbonAction", "check", tag)

    assert calc.recorded("command") == ""
    assert calc.recorded("said") == f"Factuurbode: {ENGLISH('ribbon_tab.said.failed')}"


def test_a_press_starts_python_with_the_command_line_of_xlwings(calc: AddinInCalc, book: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    done = calc.starts(prelude=f"import json, sys; open({str(seen)!r}, 'w').write(json.dumps(sys.argv)); sys.exit(0)")

    calc.press("help")

    ended = json.loads(wait_for(done))
    assert ended["exit"] == 0, ended["said"]
    assert json.loads(seen.read_text("utf-8")) == ["-c", f"--wb={book.name}", "--from_xl=1", "--app=Excel", "--hwnd=0"]
    assert ended["argv"][3].startswith('import xlwings.utils;xlwings.utils.prepare_sys_path("false;')
    assert ended["argv"][3].endswith("import factuurbode.ribbon; factuurbode.ribbon.run('help')")


def wait_for(path: Path) -> str:
    """What is in *path*, once it is there."""
    subprocess.run(["sh", "-c", 'until [ -e "$0" ]; do sleep 0.05; done', str(path)], check=True)
    return path.read_text(encoding="utf-8")


# --- on or off ---
def test_buttons_are_off_where_the_workbook_is_not_ours_and_say_why(calc: AddinInCalc) -> None:
    name = calc.new()

    on = {
        button for button in BUTTONS if "getEnabled" in controls()[button].attrib and calc.press(button, "getEnabled")
    }
    assert on == {"new_workbook", "help", "about"}
    assert calc.press("check", "getSupertip") == ENGLISH("ribbon_tab.said.not_ours")
    assert "New workbook" in calc.press("settings", "getSupertip")
    assert calc.press("help", "getSupertip") == ENGLISH("ribbon_tab.supertip.help")
    calc.press("check")
    assert calc.recorded("command") == ""
    calc.press("new_workbook")
    assert "run('new_workbook')" in calc.recorded("command")
    calc.ask("close", name)


def test_a_workbook_in_english_is_ours_too(calc: AddinInCalc) -> None:
    name = calc.new()
    calc.ask("add_sheets", name, ["Invoices", "Settings"])

    assert calc.press("check", "getEnabled") is True
    calc.ask("close", name)


def test_the_sheets_of_two_programs_do_not_make_a_workbook_ours(calc: AddinInCalc) -> None:
    name = calc.new()
    calc.ask("add_sheets", name, ["Invoices", "Invoices 2"])

    assert calc.press("check", "getEnabled") is False
    calc.ask("close", name)


def test_every_button_is_on_in_a_workbook_of_ours(calc: AddinInCalc, book: Path) -> None:
    asked = [name for name, element in controls().items() if "getEnabled" in element.attrib]

    assert [name for name in asked if not calc.press(name, "getEnabled")] == []


def test_while_a_run_is_going_every_button_is_off_and_says_so(calc: AddinInCalc, book: Path) -> None:
    calc.set("mac", "yes")  # there Python goes on by itself; on Windows Excel waits for it

    calc.press("check")

    on = {
        button for button in BUTTONS if "getEnabled" in controls()[button].attrib and calc.press(button, "getEnabled")
    }
    assert on == set()
    assert calc.recorded("status") == "Factuurbode"
    assert calc.press("help", "getSupertip") == ENGLISH("ribbon_tab.said.busy")
    calc.set("command", "")
    calc.press("help")
    assert calc.recorded("command") == ""
    calc.function("Ribbon.RunEnded")
    assert calc.press("check", "getEnabled") is True
    assert calc.recorded("status") == ""


def test_a_python_that_died_does_not_keep_the_buttons_off(calc: AddinInCalc, book: Path) -> None:
    calc.set("mac", "yes")
    calc.press("check")
    assert calc.press("check", "getEnabled") is False

    calc.set("status", "")  # Excel has its status bar back, as after xlwings told an error

    assert calc.press("check", "getEnabled") is True


# --- speaking ---
@pytest.mark.parametrize(("dutch", "texts"), [("yes", DUTCH), ("", ENGLISH)])
def test_labels_and_tips_are_in_the_language_of_excel(calc: AddinInCalc, book: Path, dutch: str, texts: object) -> None:
    assert callable(texts)
    calc.set("dutch", dutch)

    for name, element in controls().items():
        for callback in ("getLabel", "getScreentip", "getSupertip"):
            if callback in element.attrib:
                key = f"ribbon_tab.{callback.removeprefix('get').lower()}.{name}"
                assert calc.press(name, callback) == texts(key)


# --- strange workbooks ---
@pytest.mark.parametrize("sheet", ["factuurbode.conf", "xlwings.conf", "X.CONF", "evil.py"])
def test_a_workbook_that_brings_settings_or_code_for_xlwings_is_refused(
    calc: AddinInCalc, book: Path, sheet: str
) -> None:
    calc.ask("add_sheets", book.as_uri(), [sheet])

    calc.press("check")

    assert calc.recorded("command") == ""
    assert calc.recorded("said") == f"Factuurbode: {ENGLISH('ribbon_tab.said.config_sheet')}"


HANDLED = ["a.xlsx", "Jan & Piet.xlsx", "'t Stoepje.xlsx", "café (2).xlsx", "100%.xlsx", "a%20b%20c.xlsx",
           "x --from_xl.xlsx", "--wb.xlsx", "Map1", "日本.xlsx"]  # fmt: skip
REFUSED = ["Jan=2026.xlsx", 'x".xlsx', "a^&calc&.xlsx", "a;b.xlsx", "%PATH%.xlsx", "%path:~0,3%.xlsx", "$PATH.xlsx",
           "${HOME}.xlsx", " a.xlsx", "`id`.xlsx", "a|b.xlsx", "a\nb.xlsx", ""]  # fmt: skip


@pytest.mark.parametrize("name", HANDLED)
@pytest.mark.parametrize("mac", [True, False])
def test_names_that_reach_python_whole_are_handled(calc: AddinInCalc, name: str, mac: bool) -> None:
    folder = "/Users/jan/" if mac else "C:\\Users\\jan\\"

    assert calc.function("Boundary.IsSafeBook", name, folder + name, mac) is True
    argv = xlwings_command_line("python", "pass", folder + name, "add-in", name)
    assert next(word for word in argv if word.startswith("--wb=")).split("=")[1].strip() == name


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("mac", [True, False])
def test_names_that_could_start_or_mean_something_else_are_refused(calc: AddinInCalc, name: str, mac: bool) -> None:
    folder = "/Users/jan/" if mac else "C:\\Users\\jan\\"

    assert calc.function("Boundary.IsSafeBook", name, folder + name, mac) is False


@pytest.mark.parametrize(
    ("folder", "mac", "safe"),
    [
        ("\\\\server\\klant$\\", False, True),
        ("https://d.docs.live.net/1a2b/Mijn%20map%20hier/", False, True),
        ("C:\\a;;;;;\\evil\\b;\\", False, False),
        ("C:\\%TEMP%\\", False, False),
        ("C:\\x^&calc\\", False, False),
        ("/Users/jan/$(id)/", True, False),
        ("/Users/jan/a\\b/", True, False),
        ("/Volumes/Schijf van Jan/", True, True),
    ],
)
def test_the_folder_counts_too(calc: AddinInCalc, folder: str, mac: bool, safe: bool) -> None:
    assert calc.function("Boundary.IsSafeBook", "boek.xlsx", folder + "boek.xlsx", mac) is safe


def test_a_workbook_with_such_a_name_is_told_so(calc: AddinInCalc, tmp_path: Path) -> None:
    path = Path(shutil.copy(asset("workbooks", "demo.xlsx"), tmp_path / "Jan=2026.xlsx"))
    calc.open(path)

    calc.press("check")

    assert calc.recorded("command") == ""
    assert calc.recorded("said") == f"Factuurbode: {ENGLISH('ribbon_tab.said.unsafe_name')}"
    calc.close(path)
