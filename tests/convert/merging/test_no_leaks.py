"""Nothing of one customer's invoice is in another's PDF: every object of every PDF is looked through."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from factuurbode.convert.merging.merging import Merging
from factuurbode.domain.settings import Settings
from factuurbode.ports import Document
from support.batches import documents_of
from support.documents import a_bakery, a_customer, a_logo, an_invoice, some_lines, with_members
from support.pdf import everything_in, text_of
from support.watched_office import WatchedOffice

pytestmark = pytest.mark.libreoffice

COUNT = 24
LETTERS = "ΓΔΘΛΞΠΣΦΨΩБГДЖЗИЛПФЦЧШЫЮ"  # each customer has one that no other has


def marked_documents(settings: Settings | None = None) -> list[Document]:
    """Invoices with a word and a letter of their own in every place that a customer's data reach."""
    return documents_of(
        (
            an_invoice(
                f"2026-{index:04}",
                lines=some_lines(30, description=f"{LETTERS[index] * 2}merk{index:04}"),
                customer=a_customer(name=f"Klant {LETTERS[index]}", street=f"merk{index:04}", number=f"merk{index:04}"),
                reference=f"merk{index:04}",
                remark=f"merk{index:04}",
            )
            for index in range(COUNT)
        ),
        settings,
    )


def meanings(pdf: bytes) -> str:
    """Every letter that a font of *pdf* says it can draw."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        maps = [
            thing.ToUnicode.read_bytes().decode("ascii")
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        ]
    letters = re.findall(r"<[0-9A-F]{2}> <((?:[0-9A-F]{4})+)>", " ".join(maps))
    return "".join(bytes.fromhex(letter).decode("utf-16-be") for letter in letters)


def shapes(pdf: bytes) -> dict[str, int]:
    """How many letters each font of *pdf* has a shape for."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(thing.BaseFont): sum(int(width) > 0 for width in thing.Widths)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        }


def font_bytes(pdf: bytes) -> int:
    """How large the font files in *pdf* are."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Stream)]
        return sum(len(thing.read_bytes()) for thing in things if "/Length1" in thing)


def test_no_word_number_or_letter_of_another_customer_is_in_a_pdf(
    merging: Merging, office: WatchedOffice, tmp_path: Path
) -> None:
    settings = a_bakery(logo=a_logo(tmp_path / "logo.png"))
    conversions = list(merging.convert(marked_documents(settings)))

    assert office.together >= 3
    assert len(office.singly) == 4
    for index, conversion in enumerate(conversions):
        others = [other for other in range(COUNT) if other != index]
        texts = [text_of(conversion.pdf).encode(), *everything_in(conversion.pdf)]
        strange = [f"{word}{other:04}".encode() for other in others for word in ("merk", "2026-")]
        assert not [word for word in strange if any(word in text for text in texts)]
        assert f"merk{index:04}" in text_of(conversion.pdf)
        known = meanings(conversion.pdf)
        assert LETTERS[index] in known
        assert not [LETTERS[other] for other in others if LETTERS[other] in known]


def test_fonts_have_the_letters_that_they_have_in_a_pdf_made_alone(merging: Merging, office: WatchedOffice) -> None:
    documents = marked_documents()
    together = list(merging.convert(documents))[10]
    [alone] = office.convert([documents[10]])

    assert sorted(shapes(together.pdf).values()) == sorted(shapes(alone.pdf).values())
    assert font_bytes(together.pdf) < font_bytes(alone.pdf) * 1.05


def test_each_pdf_has_its_own_title_and_no_bookmark_link_or_attachment(merging: Merging) -> None:
    for conversion in merging.convert(marked_documents()):
        with pikepdf.open(io.BytesIO(conversion.pdf)) as document:
            assert conversion.name in str(document.docinfo["/Title"])
            assert set(document.Root.keys()) <= {"/Type", "/Pages", "/Lang", "/OpenAction", "/ViewerPreferences"}
            assert not any("/Annots" in page.obj for page in document.pages)
            kinds = [thing.get("/Type") for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
            assert kinds.count(pikepdf.Name.Page) == len(document.pages)


def picture(index: int) -> bytes:
    png = io.BytesIO()
    Image.new("RGB", (60, 60), (index * 9, 255 - index * 9, 90)).save(png, "PNG")
    return png.getvalue()


def test_invoices_with_pictures_of_their_own_have_no_company(
    merging: Merging, office: WatchedOffice, tmp_path: Path
) -> None:
    settings = a_bakery(logo=a_logo(tmp_path / "logo.png"))
    documents = [
        Document(document.name, with_members(document.docx, {"word/media/image1.png": picture(index)}))
        for index, document in enumerate(marked_documents(settings)[:12])
    ]
    conversions = list(merging.convert(documents))

    assert office.together == 0
    for index, conversion in enumerate(conversions):
        with pikepdf.open(io.BytesIO(conversion.pdf)) as document:
            [image] = [
                thing for thing in document.objects if isinstance(thing, pikepdf.Stream) and "/ColorSpace" in thing
            ]
            assert pikepdf.PdfImage(image).as_pil_image().getpixel((5, 5)) == (index * 9, 255 - index * 9, 90)
