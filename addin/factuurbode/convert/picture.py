"""A picture of a PDF's first page, for previews and reports."""

from __future__ import annotations

import io

import pypdfium2

from ..errors import ConversionRefused


def first_page_png(pdf: bytes, width: int) -> bytes:
    """The first page of *pdf* as a PNG of *width* dots. Raises ConversionRefused when there is no such page."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            picture = page.render(scale=width / page.get_width()).to_pil()
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise ConversionRefused(document="", detail=f"no first page to show ({error})") from error
    png = io.BytesIO()
    picture.convert("RGB").save(png, "PNG")
    return png.getvalue()
