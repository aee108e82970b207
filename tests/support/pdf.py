"""Reading a PDF back: its words and where they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def lies_in(self, other: Box) -> bool:
        """Whether no part of it is outside *other*."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


def text_of(pdf: bytes) -> str:
    """All text, pages and lines separated by line ends, with ordinary spaces only."""
    return "\n".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, with ordinary spaces only, and words that were broken at a hyphen whole."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [text.replace("\r\n", "\n").replace("\u00a0", " ").replace("\x02", "-") for text in texts]


def words_of(pdf: bytes) -> str:
    """All text with every run of white space as one space: for sentences that may be broken over lines."""
    return " ".join(text_of(pdf).split())


def box_of(pdf: bytes, words: str, page: int = 0) -> Box:
    """Where *words* first stand on a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        height = document[page].get_height()
        textpage = document[page].get_textpage()
        found = textpage.search(words, match_case=True).get_next()
        assert found, f"{words!r} is not on page {page + 1}"
        first, count = found
        boxes = [textpage.get_charbox(index) for index in range(first, first + count)]
    finally:
        document.close()
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return Box(*(value * MM_PER_POINT for value in (left, height - top, right, height - bottom)))


def everything_in(pdf: bytes) -> Iterator[bytes]:
    """Every text and every stream in *pdf*, the streams unpacked, and the file itself."""
    yield pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        things: list[object] = [document.trailer, *document.objects]
        while things:
            thing = things.pop()
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_bytes()
            if isinstance(thing, pikepdf.String):
                yield bytes(thing) + str(thing).encode()
            if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
                things += [value for _, value in thing.items() if not getattr(value, "is_indirect", False)]
            if isinstance(thing, pikepdf.Array):
                things += [value for value in thing if not getattr(value, "is_indirect", False)]
