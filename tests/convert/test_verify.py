"""Only a PDF that is the invoice it claims to be goes out."""

from __future__ import annotations

import io

import pikepdf
import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.verify import verify
from factuurbode.errors import ConversionRefused
from factuurbode.ports import Document
from support.documents import an_invoice_docx

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def pdf(libreoffice: LibreOffice) -> bytes:
    [conversion] = libreoffice.convert([Document("2026-0007", an_invoice_docx("2026-0007", lines=40))])
    return conversion.pdf


def changed(pdf: bytes, change: str) -> bytes:
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if change == "pages":
            del document.pages[:]
        else:
            for thing in document.objects:
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                    del thing["/FontFile2"]
                    break
        document.save(result)
    return result.getvalue()


def test_the_pages_are_counted(pdf: bytes) -> None:
    assert verify(pdf, "2026-0007") == 2


def test_another_invoices_pdf_is_refused(pdf: bytes) -> None:
    with pytest.raises(ConversionRefused) as raised:
        verify(pdf, "2026-0008")

    assert raised.value.facts["document"] == "2026-0008"
    assert "2026-0008 is not in its text" in raised.value.facts["detail"]


@pytest.mark.parametrize(
    "number", ["2026-0007", "F 2026/0007-lang-nummer-dat-niet-op-een-regel-past-00000000000000000001"]
)
def test_a_number_broken_over_lines_is_found(libreoffice: LibreOffice, number: str) -> None:
    [conversion] = libreoffice.convert([Document(number, an_invoice_docx(number))])

    assert verify(conversion.pdf, number) == 1


def test_a_font_that_is_not_in_the_file_is_refused(pdf: bytes) -> None:
    with pytest.raises(ConversionRefused, match=r"not embedded: [A-Z]{6}\+Carlito"):
        verify(changed(pdf, "font"), "2026-0007")


def test_a_pdf_without_pages_is_refused(pdf: bytes) -> None:
    with pytest.raises(ConversionRefused):
        verify(changed(pdf, "pages"), "2026-0007")


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n"], ids=["empty", "text", "only a beginning"])
def test_what_is_not_a_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ConversionRefused, match="not a PDF"):
        verify(content, "2026-0007")


def test_a_pdf_cut_short_is_refused_or_whole(pdf: bytes) -> None:
    with pytest.raises(ConversionRefused):
        verify(pdf[: len(pdf) // 2], "2026-0007")


def test_a_pdf_with_a_password_is_refused(pdf: bytes) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="geheim", user="geheim"))

    with pytest.raises(ConversionRefused):
        verify(locked.getvalue(), "2026-0007")
