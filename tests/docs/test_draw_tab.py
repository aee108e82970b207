"""The drawing of the tab shows what the tab has."""

from __future__ import annotations

import importlib.util
import re
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest

from factuurbode.domain.model import Language
from factuurbode.texts import texts_in
from support.addin import controls

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_tab", DOCS / "draw_tab.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_every_button_is_drawn_with_its_label_in_the_order_of_the_tab(drawing: ModuleType, language: Language) -> None:
    shown = re.findall(r"</svg><span>([^<]*)</span>", drawing.page(language))
    in_the_menu = {"internal_copies_printer", "internal_copies_screen"}
    wanted = [
        texts_in(language)(f"ribbon_tab.label.{name}")
        for name, element in controls().items()
        if "imageMso" in element.attrib and name not in in_the_menu
    ]

    assert [unescape(label) for label in shown] == wanted


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pictures_are_there(language: str) -> None:
    assert (DOCS / "pictures" / f"tab.{language}.png").read_bytes().startswith(b"\x89PNG")
