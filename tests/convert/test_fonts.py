"""A font that is not on this computer is told, by its name; one exactly as wide in its place is not."""

from __future__ import annotations

import io

import pytest
from docx import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE

from factuurbode.convert.fonts import replaced_fonts
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.ports import Document
from support.documents import an_invoice_docx

pytestmark = pytest.mark.libreoffice

NOWHERE = "Proefletter Nergens"


def a_letter(*fonts: str, text: str = "Factuur 7") -> bytes:
    """A Word document with a paragraph of *text* in each of *fonts*, set by a style."""
    document = WordDocument()
    for number, font in enumerate(fonts):
        style = document.styles.add_style(f"Eigen{number}", WD_STYLE_TYPE.PARAGRAPH)
        style.font.name = font
        document.add_paragraph(text, style=style)
    return saved(document)


def saved(document: object) -> bytes:
    docx = io.BytesIO()
    document.save(docx)  # type: ignore[attr-defined]  # python-docx has no types
    return docx.getvalue()


def replaced(libreoffice: LibreOffice, docx: bytes) -> tuple[str, ...]:
    [conversion] = libreoffice.convert([Document("7", docx)])
    return replaced_fonts(docx, conversion.pdf)


def test_a_font_that_is_nowhere_is_named(libreoffice: LibreOffice) -> None:
    assert replaced(libreoffice, a_letter(NOWHERE, "Liberation Serif", "Andere Letter")) == ("Andere Letter", NOWHERE)


@pytest.mark.parametrize("font", ["Liberation Sans", "Carlito", "Calibri", "Arial", "Times New Roman", "Courier New"])
def test_a_font_that_is_there_or_one_as_wide_is_not(libreoffice: LibreOffice, font: str) -> None:
    assert replaced(libreoffice, a_letter(font)) == ()


def test_a_font_in_which_nothing_is_written_is_not(libreoffice: LibreOffice) -> None:
    docx = io.BytesIO(a_letter(NOWHERE, text="  "))
    document = WordDocument(docx)
    document.add_paragraph().add_run("Factuur 7").font.name = "Carlito"

    assert replaced(libreoffice, saved(document)) == ()


def test_the_font_of_a_piece_of_text_wins_from_that_of_its_style(libreoffice: LibreOffice) -> None:
    document = WordDocument(io.BytesIO(a_letter("Carlito")))
    document.paragraphs[0].add_run(" en zo").font.name = NOWHERE
    document.sections[0].footer.paragraphs[0].add_run("voet").font.name = "Voetletter"

    assert replaced(libreoffice, saved(document)) == (NOWHERE, "Voetletter")


def test_the_shipped_invoice_has_all_its_fonts(libreoffice: LibreOffice) -> None:
    assert replaced(libreoffice, an_invoice_docx("7")) == ()
