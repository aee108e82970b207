"""Internal copies carry a stamp; previews are pictures of a first page."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.picture import first_page_png
from factuurbode.convert.stamp import stamp
from factuurbode.errors import ConversionRefused
from factuurbode.ports import Document
from support.documents import an_invoice_docx
from support.pdf import box_of, pages_of

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def pdf(libreoffice: LibreOffice) -> bytes:
    [conversion] = libreoffice.convert([Document("2026-0007", an_invoice_docx("2026-0007", lines=40))])
    return conversion.pdf


def test_every_page_is_stamped_and_nothing_else_changes(pdf: bytes) -> None:
    before, after = pages_of(pdf), pages_of(stamp(pdf, "INTERN EXEMPLAAR"))

    assert len(after) == len(before) == 2
    for old, new in zip(before, after, strict=True):
        assert new.count("INTERN EXEMPLAAR") == 1
        assert sorted(new.replace("INTERN EXEMPLAAR", "").split()) == sorted(old.split())


def test_the_stamp_stands_in_the_middle_of_the_top_margin(pdf: bytes) -> None:
    box = box_of(stamp(pdf, "INTERN EXEMPLAAR"), "INTERN EXEMPLAAR")

    assert box.bottom < 10
    assert (box.left + box.right) / 2 == pytest.approx(105, abs=2)


@pytest.mark.parametrize("text", ["(haakje \\ open", "50% > 10 <b>", "copie réservée €"])
def test_a_stamp_may_say_anything(pdf: bytes, text: str) -> None:
    assert text in pages_of(stamp(pdf, text))[0]


def test_only_a_pdf_can_be_stamped() -> None:
    with pytest.raises(ConversionRefused):
        stamp(b"hello", "X")


def test_the_first_page_is_as_wide_as_asked(pdf: bytes) -> None:
    picture = Image.open(io.BytesIO(first_page_png(pdf, 300)))

    assert picture.format == "PNG"
    assert picture.width == 300
    assert picture.height == pytest.approx(424, abs=1)
    assert len(picture.convert("L").getcolors(256) or []) > 10


def test_only_a_pdf_has_a_picture() -> None:
    with pytest.raises(ConversionRefused):
        first_page_png(b"hello", 300)
