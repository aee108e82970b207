"""What a template holds that is the baker's own business reaches no customer, alone or in company."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging.merging import Merging
from factuurbode.convert.verify import verify
from factuurbode.ports import Document
from support.batches import documents_of
from support.documents import a_bakery, a_customer, an_invoice
from support.pdf import everything_in, words_of
from support.private_words import SECRET, holds, with_private_words
from support.watched_office import WatchedOffice


@pytest.fixture
def documents(tmp_path: Path) -> list[Document]:
    """Invoices of a template with private words."""
    settings = a_bakery(template=with_private_words(tmp_path / "own.docx"))
    return documents_of(
        (an_invoice(f"2026-{index:04}", customer=a_customer(name=f"Lunchroom {index}")) for index in range(1, 17)),
        settings,
    )


def test_nothing_private_is_in_the_word_document(documents: list[Document]) -> None:
    assert holds(documents[0].docx) == []


@pytest.mark.libreoffice
def test_nothing_private_is_in_a_pdf_made_alone(documents: list[Document], libreoffice: LibreOffice) -> None:
    [conversion] = libreoffice.convert(documents[:1])

    ensure_private(conversion.pdf)


@pytest.mark.libreoffice
def test_nothing_private_is_in_a_pdf_made_in_company(documents: list[Document]) -> None:
    with WatchedOffice(workers=1) as office:
        pdfs = [conversion.pdf for conversion in Merging(office).convert(documents)]

    assert office.together > 0
    for pdf, document in zip(pdfs, documents, strict=True):
        assert verify(pdf, document.name) == 1
        ensure_private(pdf)


def ensure_private(pdf: bytes) -> None:
    """That *pdf* has no private word in its text, its objects or its properties, and nothing to click on."""
    assert "Met dank. Graag betalen voor de vervaldag." in words_of(pdf)
    for piece in everything_in(pdf):
        assert SECRET.encode() not in piece
        assert SECRET.encode("utf-16-be") not in piece
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert all("/Annots" not in page for page in opened.pages)
        assert str(opened.docinfo["/Author"]) == "Bakkerij De Gouden Korenaar"
