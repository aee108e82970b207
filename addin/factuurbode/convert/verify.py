"""Is this PDF the invoice that it claims to be? Asked of every PDF before it goes anywhere."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2

from ..domain.letters import with_code
from ..errors import ConversionRefused, LetterUnprintable
from .boxes import boxes

_SPACING = re.compile(r"[\s\u00ad\u200b]+")
_HYPHEN_AT_LINE_END = re.compile("[\x02\ufffe]")  # how pdfium gives back a hyphen and the line end after it


def verify(pdf: bytes, number: str) -> int:
    """The number of pages of *pdf*, which shows the invoice *number* and has all its fonts in it.

    Raises ConversionRefused (facts: document, detail) when it is not a PDF, is empty, lacks the number in its text
    (broken over lines or not), or when a font is not embedded, and LetterUnprintable when a letter came out as a box.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            pages = len(document.pages)
            missing = sorted(set(_fonts_outside(document)))
            unprinted = boxes(document)
        shown = _shows(pdf, number)
    except (pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError) as error:
        raise ConversionRefused(document=number, detail=f"not a PDF that opens ({error})") from error
    if pages < 1:
        raise ConversionRefused(document=number, detail="no pages")
    if not shown:
        raise ConversionRefused(document=number, detail=f"{number} is not in its text")
    if missing:
        raise ConversionRefused(document=number, detail=f"fonts are not embedded: {', '.join(missing)}")
    if unprinted:
        raise LetterUnprintable(document=number, letters=" ".join(map(with_code, unprinted)))
    return pages


def _shows(pdf: bytes, number: str) -> bool:
    wanted = _SPACING.sub("", number)
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = (_HYPHEN_AT_LINE_END.sub("-", page.get_textpage().get_text_bounded()) for page in document)
        return any(wanted in _SPACING.sub("", text) for text in texts)
    finally:
        document.close()


def _fonts_outside(document: pikepdf.Pdf) -> Iterator[str]:
    """The names of the fonts whose program is not in the file. A Type 3 font draws itself and needs none."""
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        if thing.get("/Subtype") in ("/Type0", "/Type3"):  # a composite font's descendant is an object of its own
            continue
        descriptor = thing.get("/FontDescriptor")
        if descriptor is None or not any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3")):
            yield str(thing.get("/BaseFont", "?")).lstrip("/")
