"""Hidden text (w:vanish, ECMA-376 part 1, 17.3.2.41): no customer reads it, but its commands still work.

A baker may hide a line that holds nothing but `{%p if %}`. So what a hidden run prints is taken out, and what it
commands stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..package import WORDPROCESSING as W
from ..patching import HIDDEN
from .private import removed

_MAY_BE_A_TAG = re.compile("[{}%#]")
_KEPT = frozenset((f"{W}rPr", f"{W}fldChar", f"{W}instrText"))
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class HiddenStyles:
    """The styles whose text is hidden, by their ids; `usual` is the style of a paragraph that names none."""

    styles: frozenset[str] = frozenset()
    usual: str = ""
    all: bool = False


def hidden_styles(styles: etree._Element | None) -> HiddenStyles:
    """What the part with *styles* hides."""
    if styles is None:
        return HiddenStyles()
    known = {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")}
    usual = [
        name
        for name, style in known.items()
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") not in (None, *_OFF)
    ]
    found = frozenset(name for name in known if _inherited(name, known))
    defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    return HiddenStyles(found, usual[0] if usual else "", bool(_said(defaults)))


def hidden_runs(story: etree._Element, styles: HiddenStyles) -> Iterator[etree._Element]:
    """The runs of *story* that are hidden, by their own word, their style or their paragraph's."""
    for paragraph in story.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = styles.usual if style is None else str(style.get(f"{W}val"))
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p")) is paragraph and _is_hidden(run, name, styles):
                yield run


def hide(story: etree._Element, styles: HiddenStyles, *, tags: bool) -> None:
    """Take what hidden runs of *story* show out of them.

    Where it has *tags*, a run that may hold a piece of one is marked for `patched`, which keeps its commands.
    """
    for run in list(hidden_runs(story, styles)):
        if tags and _MAY_BE_A_TAG.search("".join(text.text or "" for text in run.iter(f"{W}t"))):
            run.set(*HIDDEN)
            continue
        for child in [child for child in run if child.tag not in _KEPT]:
            run.remove(child)
        if all(child.tag == f"{W}rPr" for child in run):
            removed(run)


def _is_hidden(run: etree._Element, paragraph_style: str, styles: HiddenStyles) -> bool:
    """Its own word holds; of the two styles, one hides and a second one shows again (17.7.3)."""
    own = run.find(f"{W}rPr")
    said = _said(own)
    if said is not None:
        return said
    style = None if own is None else own.find(f"{W}rStyle")
    name = "" if style is None else str(style.get(f"{W}val"))
    return styles.all or ((paragraph_style in styles.styles) != (name in styles.styles))


def _inherited(name: str | None, known: dict[str, etree._Element]) -> bool:
    passed: set[str] = set()
    while name is not None and name in known and name not in passed:
        said = _said(known[name].find(f"{W}rPr"))
        if said is not None:
            return said
        passed.add(name)
        based = known[name].find(f"{W}basedOn")
        name = None if based is None else str(based.get(f"{W}val"))
    return False


def _said(properties: etree._Element | None) -> bool | None:
    """Whether *properties* hide text; None when they say nothing of it."""
    vanish = None if properties is None else properties.find(f"{W}vanish")
    return None if vanish is None else vanish.get(f"{W}val", "1") not in _OFF
