"""Is the PDF of a document that was converted in company the same as its PDF of its own?"""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
import pypdfium2

DOTS_PER_INCH = 70
_MADE_AT = frozenset(("/CreationDate", "/ModDate"))


def difference(alone: bytes, in_company: bytes) -> str:
    """What differs between the two, or ''. Compared are pages, text, every dot of the pictures, title and behaviour.

    There is no PDF *alone*, b'', when the document was refused.
    """
    if not alone:
        return "fate"
    if _described(alone) != _described(in_company):
        return "description"
    ones, others = pypdfium2.PdfDocument(alone), pypdfium2.PdfDocument(in_company)
    try:
        if len(ones) != len(others):
            return "number of pages"
        for one, other in zip(ones, others, strict=True):
            if one.get_size() != other.get_size():
                return "size"
            if one.get_textpage().get_text_bounded() != other.get_textpage().get_text_bounded():
                return "text"
            if _dots(one) != _dots(other):
                return "picture"
    finally:
        ones.close()
        others.close()
    return ""


def _dots(page: pypdfium2.PdfPage) -> bytes:
    return bytes(page.render(scale=DOTS_PER_INCH / 72).buffer)


def _described(pdf: bytes) -> tuple[Mapping[str, str], frozenset[str], int, str]:
    """Title and the like, what the file asks of a viewer, the number of links and notes, and the fonts' names."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        info = {key: str(value) for key, value in document.docinfo.items() if key not in _MADE_AT}
        notes = sum(len(page.obj.get("/Annots", ())) for page in document.pages)
        root = document.Root
        return info, frozenset(root.keys()), notes, f"{root.get('/Lang')} {root.get('/ViewerPreferences')}"
