"""An invoice with an empty box where a letter should be does not go out, whether it was made alone or in company."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from docx import Document as WordDocument

from factuurbode.convert.boxes import _numbers, _program, boxes
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging.merging import Merging
from factuurbode.convert.verify import verify
from factuurbode.domain.model import Language
from factuurbode.errors import LetterUnprintable
from factuurbode.ports import Document
from factuurbode.texts import error_sentence, texts_in
from support.batches import documents_of
from support.documents import a_customer, an_invoice
from support.watched_office import WatchedOffice

pytestmark = pytest.mark.libreoffice

NEVER = "\ue000"  # of private use: no font that LibreOffice would take has it
EUROPEAN = "Łódź STRAẞE Cafe\u0301 Ångström Šárka Ωμέγα Хлеб Þórr Işık Ț € ½ „x” – …"


def pdf_of(libreoffice: LibreOffice, text: str, font: str = "Carlito") -> bytes:
    document = WordDocument()
    document.styles["Normal"].font.name = font
    document.add_paragraph(text)
    docx = io.BytesIO()
    document.save(docx)
    [conversion] = libreoffice.convert([Document("x", docx.getvalue())])
    return conversion.pdf


def boxes_in(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return boxes(document)


def as_composite(pdf: bytes, *, ranges: bool) -> bytes:
    """*pdf* with its fonts as composite ones, as Word has them: the codes are the numbers of the shapes."""
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for font in document.objects:
            if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
                continue
            numbers = _numbers(_program(font) or {}, font) or {}
            told = font.ToUnicode.read_bytes().decode()
            for code, meaning in re.findall(r"<(..)> (<[^>]*>)\n", told):
                number = f"<{numbers[int(code, 16)]:04X}>"
                told = told.replace(f"<{code}> {meaning}", f"{number} {number * ranges} {meaning}")
            told = told.replace("bfchar", "bfrange") if ranges else told
            inner = pikepdf.Dictionary(Subtype=pikepdf.Name.CIDFontType2, FontDescriptor=font.FontDescriptor)
            font.Subtype, font.ToUnicode = pikepdf.Name.Type0, document.make_stream(told.encode())
            font.DescendantFonts = pikepdf.Array([document.make_indirect(inner)])
        document.save(result)
    return result.getvalue()


@pytest.mark.parametrize("font", ["Carlito", "Liberation Sans", "Liberation Serif", "DejaVu Sans"])
def test_a_letter_that_no_font_has_is_found(libreoffice: LibreOffice, font: str) -> None:
    assert boxes_in(pdf_of(libreoffice, f"Bakkerij {NEVER} x", font)) == NEVER


@pytest.mark.parametrize("font", ["Carlito", "Liberation Sans", "Liberation Serif", "DejaVu Sans"])
def test_letters_of_europe_are_no_boxes(libreoffice: LibreOffice, font: str) -> None:
    assert boxes_in(pdf_of(libreoffice, EUROPEAN, font)) == ""


def test_what_is_meant_to_show_nothing_or_a_box_is_no_fault(libreoffice: LibreOffice) -> None:
    assert boxes_in(pdf_of(libreoffice, "a\u00a0b\u202fc\u00add\u200be \u25a1 \u2610 \ufffd", "DejaVu Sans")) == ""


@pytest.mark.parametrize("ranges", [False, True], ids=["one by one", "in ranges"])
@pytest.mark.parametrize("text", ["Bakkerij x", f"Bakkerij {NEVER} x"])
def test_a_font_as_word_embeds_it_is_looked_at_as_well(libreoffice: LibreOffice, text: str, ranges: bool) -> None:
    pdf = as_composite(pdf_of(libreoffice, text), ranges=ranges)

    assert boxes_in(pdf) == (NEVER if NEVER in text else "")


def test_such_a_pdf_is_refused_in_words(libreoffice: LibreOffice) -> None:
    pdf = pdf_of(libreoffice, f"Factuur 2026-0001 {NEVER}")

    with pytest.raises(LetterUnprintable) as raised:
        verify(pdf, "2026-0001")

    told = error_sentence(texts_in(Language.NL), raised.value)
    assert told.startswith(f"Op factuur 2026-0001 staat een leeg vakje in plaats van {NEVER} (U+E000); ")


def test_it_is_refused_as_well_when_it_was_made_in_company() -> None:
    documents = documents_of(
        an_invoice(f"2026-{number:04}", customer=a_customer(name=f"Café {NEVER if number % 2 else number}"))
        for number in range(16)
    )
    with WatchedOffice(workers=1) as office:
        pdfs = [conversion.pdf for conversion in Merging(office).convert(documents)]

    assert office.together > 0
    assert [boxes_in(pdf) for pdf in pdfs] == ["", NEVER] * 8
