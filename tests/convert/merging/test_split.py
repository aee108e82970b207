"""A merged PDF is taken apart only when every page and every word on it has one owner."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from factuurbode.convert.libreoffice import LibreOffice, Task
from factuurbode.convert.merging.doubt import Doubt
from factuurbode.convert.merging.glyphs import with_only
from factuurbode.convert.merging.merge import merged
from factuurbode.convert.merging.pieces import Own, Reader
from factuurbode.convert.merging.split import split
from factuurbode.ports import Document
from support.batches import some_documents
from support.pdf import text_of

pytestmark = pytest.mark.libreoffice

COUNT = 5


@pytest.fixture(scope="module")
def whole(libreoffice: LibreOffice) -> tuple[bytes, list[Own]]:
    """The PDF of some invoices together, of one page and of two, and what is each one's own."""
    documents, reader = some_documents(COUNT), Reader()
    pieces = [reader.pieces(document.docx) for document in documents]
    own = [one.own for one in pieces]
    docx = merged(documents[0].docx, pieces)
    [conversion] = libreoffice.done([Task(Document("together", docx), merged=True)])
    return conversion.pdf, own


def test_each_gets_its_pages(whole: tuple[bytes, list[Own]]) -> None:
    pdfs = split(*whole)
    assert ["2026-000" + str(index + 1) in text_of(pdf) for index, pdf in enumerate(pdfs)] == [True] * COUNT
    with pikepdf.open(io.BytesIO(whole[0])) as together:
        pages = len(together.pages)
    assert sum(len(pypdfium2.PdfDocument(pdf)) for pdf in pdfs) == pages > COUNT


def edited(pdf: bytes, **dests: int) -> bytes:
    """*pdf* with named places moved by so many pages."""
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [page.obj for page in document.pages]
        for name, moved in dests.items():
            dest = document.Root.Dests[f"/factuurbode{name}"]
            dest[0] = pages[[page.objgen for page in pages].index(dest[0].objgen) + moved]
        document.save(result)
    return result.getvalue()


@pytest.mark.parametrize(
    "moves", [{"begins0": 1}, {"begins2": 1}, {"begins2": -1}, {"ends1": 1}, {"ends4": -1}, {"begins1": 1, "ends0": 1}]
)
def test_a_page_without_one_owner_is_refused(whole: tuple[bytes, list[Own]], moves: dict[str, int]) -> None:
    pdf, own = whole
    with pytest.raises(Doubt):
        split(edited(pdf, **moves), own)


def test_a_page_more_than_there_are_bookmarks_for_is_refused(whole: tuple[bytes, list[Own]]) -> None:
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole[0])) as document:
        document.add_blank_page()
        document.save(result)
    with pytest.raises(Doubt, match="accounted"):
        split(result.getvalue(), whole[1])


@pytest.mark.parametrize("order", [(1, 0, 2, 3, 4), (0, 1, 2, 4, 3)])
def test_words_that_are_not_the_documents_own_are_refused(whole: tuple[bytes, list[Own]], order: Sequence[int]) -> None:
    pdf, own = whole
    with pytest.raises(Doubt, match="text that is not"):
        split(pdf, [own[index] for index in order])


def content_with(pdf: bytes, addition: bytes) -> bytes:
    """*pdf* with something more drawn on its last page."""
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[-1]
        page.Contents = document.make_stream(page.Contents.read_bytes() + addition)
        document.save(result)
    return result.getvalue()


@pytest.mark.parametrize(
    "addition",
    [
        b"\nBT\n10 10 Td /F1 9 Tf(ander)Tj\nET\n",
        b"\n(ander) Tj\n",
        b"\n<0102> Tj\n",
        b"\nBI /W 1 /H 1 ID x EI\n",
        b"\n/Span <</MCID 0>> BDC EMC\n",
        b"\nBT\n10 10 Td <0102>Tj\nET\n",
        b"\nBT\n10 10 Td /F99 9 Tf<0102>Tj\nET\n",
        b"\nBT\n10 10 Td /F1 9 Tf<0102030405060708090A0B>Tj\nET\n",
    ],
)
def test_a_page_that_draws_in_an_unknown_way_is_refused(whole: tuple[bytes, list[Own]], addition: bytes) -> None:
    pdf, own = whole
    with pytest.raises(Doubt):
        split(content_with(pdf, addition), own)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Doubt):
        split(b"%PDF-1.6 torn", [])


def font_of(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return next(iter(document.pages[0].Resources.Font.values())).FontDescriptor.FontFile2.read_bytes()


def table(font: bytes, tag: bytes) -> bytes:
    place = font.index(tag)
    offset, length = struct.unpack_from(">II", font, place + 8)
    return font[offset : offset + length]


def drawn_letters(font: bytes) -> set[int]:
    """The numbers of the letters of *font* that have a shape or a width."""
    (count,) = struct.unpack_from(">H", table(font, b"maxp"), 4)
    offsets = struct.unpack(f">{count + 1}H", table(font, b"loca")[: 2 * count + 2])
    widths = struct.unpack(f">{2 * count}h", table(font, b"hmtx")[: 4 * count])
    shaped = {number for number, (begin, end) in enumerate(pairwise(offsets)) if begin < end}
    return shaped | {number for number, width in enumerate(widths[::2]) if width}


def test_a_font_loses_the_shapes_and_widths_of_letters_that_are_not_drawn(whole: tuple[bytes, list[Own]]) -> None:
    font = font_of(whole[0])
    assert len(drawn_letters(font)) > 30
    assert drawn_letters(with_only(font, {3, 5})) == {0, 3, 5}
    assert len(with_only(font, {3, 5})) < len(font)


def test_a_font_is_a_whole_font_afterwards(whole: tuple[bytes, list[Own]]) -> None:
    font = with_only(font_of(whole[0]), {3, 5})
    padded = font + bytes(-len(font) % 4)
    assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == 0xB1B0AFBA


@pytest.mark.parametrize("damage", [lambda font: font[:40], lambda font: font.replace(b"glyf", b"CFF ", 1)])
def test_a_font_of_another_kind_is_refused(whole: tuple[bytes, list[Own]], damage: object) -> None:
    with pytest.raises(Doubt):
        with_only(damage(font_of(whole[0])), {3})  # type: ignore[operator]
