"""The stamp on an internal copy: the customer's PDF with a discreet note at the top of every page (R18)."""

from __future__ import annotations

import io

import pikepdf

from ..errors import ConversionRefused

SIZE = 8
FROM_TOP = 20
RED = "0.72 0.20 0.16"
PADDING = 4


def stamp(pdf: bytes, text: str) -> bytes:
    """*pdf* with *text*, framed and in the middle, at the top of every page.

    Helvetica is one of the fonts that every PDF program has, so it is named and not embedded. Letters outside
    Western European ones become question marks. Raises ConversionRefused when *pdf* cannot be opened.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            font = document.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
            )
            for page in document.pages:
                name = page.add_resource(font, pikepdf.Name.Font)
                page.contents_add(b"q", prepend=True)
                page.contents_add(b"Q " + _drawing(page, str(name), text))
            stamped = io.BytesIO()
            document.save(stamped)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ConversionRefused(document="", detail=f"cannot be stamped ({error})") from error
    return stamped.getvalue()


def _drawing(page: pikepdf.Page, font: str, text: str) -> bytes:
    left, _, right, top = (float(edge) for edge in page.mediabox)
    encoded = text.encode("cp1252", "replace")
    width = _width(encoded)
    x, y = (left + right - width) / 2, top - FROM_TOP
    literal = b"<" + encoded.hex().encode() + b">"
    frame = f"{x - PADDING:.1f} {y - PADDING:.1f} {width + 2 * PADDING:.1f} {SIZE + PADDING + 2:.1f} re S"
    words = f"BT /{font.lstrip('/')} {SIZE} Tf {x:.1f} {y:.1f} Td ".encode() + literal + b" Tj ET"
    return f"q {RED} RG {RED} rg 0.6 w {frame} ".encode() + words + b" Q"


def _width(encoded: bytes) -> float:
    """How wide the words are, near enough to stand in the middle: Helvetica's capitals average 0.67 em."""
    return sum(0.28 if byte == 0x20 else 0.67 for byte in encoded) * SIZE
