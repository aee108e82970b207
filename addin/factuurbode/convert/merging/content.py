"""What a page of LibreOffice's draws: which letters of which font, which pictures, and which words.

This reads no PDF but those that LibreOffice writes here: letters as hexadecimal strings between BT and ET, now and then
in a span that says which text they stand for. Anything else is a reason for doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .doubt import Doubt

_TEXT = re.compile(rb"\bBT\n(.*?)\bET\b", re.DOTALL)
_IN_TEXT = re.compile(
    rb"/(?P<font>\w+) [\d.]+ Tf"
    rb"|/Span<</ActualText<FEFF(?P<actual>[0-9A-F]*)>>>\s*BDC\b"
    rb"|\b(?P<end>EMC)\b"
    rb"|<(?P<codes>[0-9A-F]+)>"
)
_KERNING = re.compile(rb"(?<=[0-9A-F])>-?[\d.]+<(?=[0-9A-F])")  # between two letters: <41>-12<42>
_CODES = re.compile(rb"<[0-9A-F]+>")
_PICTURE = re.compile(rb"/(\w+) Do\b")
_STATE = re.compile(rb"/(\w+) gs\b")
_NOT_KNOWN = re.compile(rb"\b(BI|BMC|DP|MP|sh|scn|SCN)\b")


@dataclass(frozen=True, slots=True)
class Letters:
    """The codes of some letters of a font, and the text for which they stand if that is said: '' for a span's rest."""

    font: str
    codes: bytes
    actual: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything that a page names: the pieces of text, the pictures, the graphic states."""

    texts: tuple[tuple[Letters, ...], ...]
    pictures: frozenset[str]
    states: frozenset[str]

    def letters(self) -> Iterator[Letters]:
        """Those of all texts."""
        for text in self.texts:
            yield from text


def drawn(content: bytes) -> Drawn:
    """What the page with *content* draws. Raises Doubt."""
    content = _KERNING.sub(b"", content)
    blocks = _TEXT.findall(content)
    spans = sum(block.count(b"/Span<</ActualText<FEFF") for block in blocks)
    strange = b"(" in content or b"%" in content or _NOT_KNOWN.search(_TEXT.sub(b"", content))
    if strange or content.count(b"<<") != spans or content.count(b"BDC") != spans:
        raise Doubt("a page that is written in another way")
    texts = tuple(tuple(_letters(block)) for block in blocks)
    if sum(len(text) for text in texts) + spans != len(_CODES.findall(content)):
        raise Doubt("letters outside a text")
    return Drawn(
        texts,
        frozenset(name.decode() for name in _PICTURE.findall(content)),
        frozenset(name.decode() for name in _STATE.findall(content)),
    )


def _letters(block: bytes) -> Iterator[Letters]:
    font: str | None = None
    actual: str | None = None
    for token in _IN_TEXT.finditer(block):
        match token.lastgroup:
            case "font":
                font = token["font"].decode()
            case "actual":
                actual = bytes.fromhex(token["actual"].decode()).decode("utf-16-be")
            case "end":
                actual = None
            case _:
                if font is None:
                    raise Doubt("letters without a font")
                yield Letters(font, bytes.fromhex(token["codes"].decode()), actual)
                actual = None if actual is None else ""
