"""What a page of LibreOffice's draws: which letters of which font, which pictures, and which words.

This reads no PDF but those that LibreOffice writes here: letters as hexadecimal strings between BT and ET, now and then
in a span that says which text they stand for. Anything else is a reason for doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .doubt import Doubt

# The usual text: a place, a font, and letters, some moved a little: BT 476 790.1 Td /F1 9.5 Tf[<01>2<02>-1<03>]TJ ET
_USUAL = re.compile(
    rb"\bBT\n[-\d. ]+ T[dm] /(\w+) [\d.]+ Tf\s?(?:\[((?:<[0-9A-F]+>|-?[\d.]+)+)\]TJ|(<[0-9A-F]+>)Tj)\nET\b"
)
_MOVED = re.compile(rb">-?[\d.]+<")
_TEXT = re.compile(rb"\bBT\n(.*?)\bET\b", re.DOTALL)
_IN_TEXT = re.compile(
    rb"/(?P<font>\w+) [\d.]+ Tf"
    rb"|/Span<</ActualText<FEFF(?P<actual>[0-9A-F]*)>>>\s*BDC\b"
    rb"|\b(?P<end>EMC)\b"
    rb"|<(?P<codes>[0-9A-F]+)>"
)
_PICTURE = re.compile(rb"/(\w+) Do\b")
_STATE = re.compile(rb"/(\w+) gs\b")
_NOT_KNOWN = re.compile(rb"[(<%]|\b(BI|BMC|BDC|DP|MP|sh|scn|SCN)\b")


class Letters(NamedTuple):
    """The codes of some letters of a font, and the text for which they stand if that is said: '' for a span's rest."""

    font: str
    codes: bytes
    actual: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything that a page names: the pieces of text, the pictures, the graphic states."""

    texts: frozenset[tuple[Letters, ...]]
    pictures: frozenset[str]
    states: frozenset[str]

    def codes(self) -> dict[str, set[int]]:
        """The codes of all letters, by their font."""
        codes: dict[str, set[int]] = {}
        for text in self.texts:
            for letters in text:
                codes.setdefault(letters.font, set()).update(letters.codes)
        return codes


def drawn(content: bytes) -> Drawn:
    """What the page with *content* draws. Raises Doubt."""
    parts = _USUAL.split(content)
    usual = _letters_of_usual(parts[1::4], parts[2::4], parts[3::4])
    others = _TEXT.split(b"\n".join(parts[0::4]))
    rest = b"\n".join(others[0::2])
    if _NOT_KNOWN.search(rest):
        raise Doubt("a page that is written in another way")
    return Drawn(
        frozenset((*usual, *(tuple(_letters(block)) for block in others[1::2]))),
        frozenset(name.decode() for name in _PICTURE.findall(rest)),
        frozenset(name.decode() for name in _STATE.findall(rest)),
    )


def _letters_of_usual(fonts: list[bytes], moved: list[bytes], others: list[bytes]) -> Iterator[tuple[Letters]]:
    """Each text's letters; where some were moved, that is left out, of all texts at once."""
    strings = _MOVED.sub(b"", b"\n".join(one or other for one, other in zip(moved, others, strict=True))).split(b"\n")
    for font, string in zip(fonts, strings, strict=False):
        yield (Letters(font.decode(), bytes.fromhex(string[1:-1].decode()), None),)


def _letters(block: bytes) -> Iterator[Letters]:
    font: str | None = None
    actual: str | None = None
    if b"(" in block or block.count(b"<<") != block.count(b"/ActualText") or block.count(b"BDC") != block.count(b"<<"):
        raise Doubt("text that is written in another way")
    for token in _IN_TEXT.finditer(_MOVED.sub(b"", block)):
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
