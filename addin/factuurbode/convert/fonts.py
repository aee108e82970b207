"""Which fonts does a Word document ask for that its PDF does not have? Another font may move lines to another page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STORY = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_SUBSET = re.compile(r"^/?[A-Z]{6}\+")

# Made to be as wide, letter for letter: with these in their place nothing moves.
_AS_WIDE = {
    "calibri": ("carlito",),
    "cambria": ("caladea",),
    "arial": ("liberationsans", "arimo"),
    "helvetica": ("liberationsans", "arimo", "nimbussans"),
    "timesnewroman": ("liberationserif", "tinos"),
    "couriernew": ("liberationmono", "cousine"),
}


def replaced_fonts(docx: bytes, pdf: bytes) -> tuple[str, ...]:
    """The fonts in which *docx* sets text and that are not in *pdf*, in alphabetical order.

    A font that is exactly as wide (Carlito for Calibri) counts as the same.
    """
    there = tuple(_bare(name) for name in _embedded(pdf))
    return tuple(sorted(font for font in _asked(docx) if not _is_there(font, there)))


def _is_there(font: str, embedded: tuple[str, ...]) -> bool:
    """Whether *font*, in any weight, or one exactly as wide is among the *embedded* ones."""
    return any(name.startswith((_bare(font), *_AS_WIDE.get(_bare(font), ()))) for name in embedded)


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _embedded(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                yield _SUBSET.sub("", str(thing.get("/BaseFont", "")))


@dataclass(frozen=True, slots=True)
class _Style:
    """A style's own font, '' when it says nothing of it, and the style that it is based on."""

    font: str
    based_on: str | None


def _asked(docx: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.endswith(".xml")}
    theme = _theme(parts)
    styles, paragraph, fallback = _styles(parts, theme)
    asked: set[str] = set()
    for name, content in parts.items():
        if _STORY.fullmatch(name):
            asked |= set(_in_story(_root(content), styles, paragraph, fallback, theme))
    return asked - {""}


def _in_story(
    story: etree._Element, styles: Mapping[str, _Style], usual: str, fallback: str, theme: Mapping[str, str]
) -> Iterator[str]:
    for paragraph in story.iter(f"{_W}p"):
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or usual
        for run in paragraph.iter(f"{_W}r"):
            if "".join(text.text or "" for text in run.iter(f"{_W}t")).strip():
                character = _value(run.find(f"{_W}rPr/{_W}rStyle"))
                own = _font(run.find(f"{_W}rPr/{_W}rFonts"), theme)
                yield own or _of_style(character, styles) or _of_style(style, styles) or fallback


def _styles(parts: Mapping[str, bytes], theme: Mapping[str, str]) -> tuple[dict[str, _Style], str, str]:
    """The styles by name, the usual paragraph style, and the font where none says anything."""
    if "word/styles.xml" not in parts:
        return {}, "", ""
    root = _root(parts["word/styles.xml"])
    styles: dict[str, _Style] = {}
    usual = ""
    for style in root.iter(f"{_W}style"):
        name = str(style.get(f"{_W}styleId", ""))
        based_on = _value(style.find(f"{_W}basedOn"))
        styles[name] = _Style(_font(style.find(f"{_W}rPr/{_W}rFonts"), theme), based_on)
        if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
            usual = name
    return styles, usual, _font(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}rFonts"), theme)


def _of_style(name: str | None, styles: Mapping[str, _Style]) -> str:
    passed: set[str] = set()
    while name is not None and name not in passed and (style := styles.get(name)):
        if style.font:
            return style.font
        passed.add(name)
        name = style.based_on
    return ""


def _font(fonts: etree._Element | None, theme: Mapping[str, str]) -> str:
    if fonts is None:
        return ""
    named = fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")
    themed = str(fonts.get(f"{_W}asciiTheme") or fonts.get(f"{_W}hAnsiTheme") or "")
    return theme.get(themed[:5], "") if themed else str(named or "")


def _theme(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The fonts of the theme, for headings (`major`) and text (`minor`)."""
    themes = [content for name, content in sorted(parts.items()) if name.startswith("word/theme/")]
    if not themes:
        return {}
    root = _root(themes[0])
    found = {kind: root.find(f".//{_A}{kind}Font/{_A}latin") for kind in ("major", "minor")}
    return {kind: str(latin.get("typeface", "")) for kind, latin in found.items() if latin is not None}


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else str(element.get(f"{_W}val", ""))


def _root(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
