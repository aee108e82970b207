"""The tab: what Excel allows on it, icons that Excel has, callbacks that the VBA has, commands that Python has."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from factuurbode.assets import asset
from factuurbode.domain.model import Language
from factuurbode.texts import texts_in
from support.addin import NAMESPACE, controls

COMMANDS = {
    "check", "preview", "test_run", "customer_copies", "internal_copies", "internal_copies_printer",
    "internal_copies_screen", "bounces", "import_file", "new_invoice", "new_workbook", "test_mail", "settings",
    "password", "last_report", "help", "about",
}  # fmt: skip

# From the schema in [MS-CUSTOMUI2] 2.3: what may stand in what, and the attributes of each that the tab uses.
CHILDREN = {
    "customUI": ["ribbon"],
    "ribbon": ["tabs"],
    "tabs": ["tab"],
    "tab": ["group"],
    "group": ["button", "splitButton"],
    "splitButton": ["button", "menu"],  # exactly one button, then one menu
    "menu": ["button"],
    "button": [],
}
TEXTS = {"id", "tag", "keytip", "getLabel", "getScreentip", "getSupertip"}
ATTRIBUTES = {
    "customUI": {"onLoad"},
    "ribbon": set(),
    "tabs": set(),
    "tab": {"id", "insertAfterMso", "getLabel", "keytip"},
    "group": {"id", "getLabel"},
    "splitButton": {"id", "tag", "size", "keytip", "getEnabled"},
    "menu": {"id", "itemSize"},
    "button": TEXTS | {"size", "imageMso", "getEnabled", "onAction"},
}
# [MS-CUSTOMUI2] 3.2: the parameters of each callback in VBA.
SIGNATURES = {
    "onLoad": "ribbon As IRibbonUI",
    "onAction": "control As IRibbonControl",
    "getLabel": "control As IRibbonControl, ByRef returnedVal",
    "getScreentip": "control As IRibbonControl, ByRef returnedVal",
    "getSupertip": "control As IRibbonControl, ByRef returnedVal",
    "getEnabled": "control As IRibbonControl, ByRef returnedVal",
}
ICONS = set((Path(__file__).parent / "imagemso.txt").read_text("utf-8").split("\n\n", 1)[1].split())


@pytest.fixture(scope="module")
def tab() -> etree._Element:
    return etree.fromstring(asset("addin", "ribbon/customUI14.xml").read_bytes())


def kind(element: etree._Element) -> str:
    return str(element.tag).removeprefix(NAMESPACE)


def elements(tab: etree._Element) -> list[etree._Element]:
    return [element for element in tab.iter() if isinstance(element.tag, str)]


def test_everything_on_it_is_allowed_where_it_stands(tab: etree._Element) -> None:
    for element in elements(tab):
        assert {kind(child) for child in element} <= set(CHILDREN[kind(element)])
        assert set(map(str, element.attrib)) <= ATTRIBUTES[kind(element)]
        assert element.get("size") in (None, "large")
    [split] = tab.iter(f"{NAMESPACE}splitButton")
    assert [kind(child) for child in split] == ["button", "menu"]
    for button in split.iter(f"{NAMESPACE}button"):
        assert "size" not in button.attrib  # a button in a split button or a menu has the size of that


def test_every_icon_and_place_is_one_of_excels(tab: etree._Element) -> None:
    used = [value for element in elements(tab) for name, value in element.attrib.items() if str(name).endswith("Mso")]

    assert set(map(str, used)) <= ICONS
    assert Counter(map(str, used)).most_common(1)[0][1] == 1  # no two buttons look the same


def test_ids_are_unique_and_short(tab: etree._Element) -> None:
    ids = [str(element.get("id")) for element in elements(tab) if element.get("id")]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z_]{0,60}", name) for name in ids)


def test_keytips_are_unique_where_they_are_shown_together(tab: etree._Element) -> None:
    [menu] = tab.iter(f"{NAMESPACE}menu")
    in_menu = [str(button.get("keytip")) for button in menu]
    on_tab = [
        str(element.get("keytip"))
        for element in elements(tab)
        if element.get("keytip") and element.getparent() is not menu and kind(element) != "tab"
    ]

    for shown in (in_menu, on_tab):
        assert len(shown) == len(set(shown))
        assert all(re.fullmatch(r"[A-Z0-9]{1,3}", tip) for tip in shown)
    assert len(on_tab) + len(in_menu) == len(COMMANDS)


def test_every_button_has_a_command_and_every_command_a_button() -> None:
    tags = [element.attrib["tag"] for element in controls().values() if kind(element) == "button"]

    assert sorted(map(str, tags)) == sorted(COMMANDS)
    assert all(re.fullmatch("[a-z_]+", str(tag)) for tag in tags)


def test_python_knows_exactly_these_commands() -> None:
    known = COMMANDS
    if importlib.util.find_spec("factuurbode.ribbon.commands"):
        known = set(importlib.import_module("factuurbode.ribbon.commands").COMMANDS)

    assert known == COMMANDS


def test_the_vba_and_python_agree_on_what_works_without_a_workbook_of_ours() -> None:
    vba = asset("addin", "vba/Ribbon.bas").read_text("ascii")
    anywhere = set(re.findall(r'command <> "([a-z_]+)"', vba))

    assert anywhere == {"new_workbook", "help", "about"}
    if importlib.util.find_spec("factuurbode.ribbon.commands"):
        assert anywhere == importlib.import_module("factuurbode.ribbon.commands").ANYWHERE


def test_every_callback_is_in_the_vba_with_the_parameters_that_excel_gives(tab: etree._Element) -> None:
    vba = asset("addin", "vba/Ribbon.bas").read_text("ascii")
    used = {
        (str(name), str(value))
        for element in elements(tab)
        for name, value in element.attrib.items()
        if str(name).startswith(("get", "on"))
    }

    assert {name for name, _ in used} == set(SIGNATURES)
    for name, procedure in used:
        assert re.search(rf"^Public Sub {procedure}\({re.escape(SIGNATURES[name])}\)$", vba, re.M), name


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_everything_on_it_has_its_texts(language: Language) -> None:
    texts = texts_in(language)
    wanted = {
        f"ribbon_tab.{name.removeprefix('get').lower()}.{control}"
        for control, element in controls().items()
        for name in map(str, element.attrib)
        if name in ("getLabel", "getScreentip", "getSupertip")
    }
    kept = {
        key
        for key in texts.keys()  # noqa: SIM118 - not a mapping
        if key.startswith("ribbon_tab.") and not key.startswith("ribbon_tab.said.")
    }

    assert kept == wanted
    for key in wanted:
        assert len(texts.raw(key)) <= (1024 if ".supertip." in key else 60), key
        assert "{" not in texts.raw(key)
