"""The logo, made ready for print once: no larger than it is printed and no finer than a printer shows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from ..errors import LogoFault

WIDEST_MM = 65
HIGHEST_MM = 24
DOTS_PER_INCH = 300
MOST_PIXELS = 100_000_000
EMU_PER_MM = 36_000
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG and its printed size in EMU, the unit of DrawingML (36,000 to the millimetre)."""

    png: bytes
    width: int
    height: int


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise LogoFault(path=path, reason="logo_fault.too_large", detail=f"{opened.width} × {opened.height}")
            yield opened
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoFault(path=path, reason="logo_fault.no_picture", detail=path.name) from error
    except FileNotFoundError as error:
        raise LogoFault(path=path, reason="logo_fault.missing", detail=path.name) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise LogoFault(path=path, reason="logo_fault.unreadable", detail=error) from error


def look_at(path: Path) -> None:
    """Nothing, when there is a picture at *path*; raises LogoFault as `prepared` does. It is not read to its end."""
    with _opened(path):
        pass


def prepared(path: Path) -> Logo:
    """The picture at *path*, as large as fits in 65 × 24 mm and at most 300 dots an inch.

    Raises LogoFault with that path when it is missing or not a picture.
    """
    with _opened(path) as opened:
        picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    scale = min(WIDEST_MM / picture.width, HIGHEST_MM / picture.height)
    width_mm, height_mm = picture.width * scale, picture.height * scale
    finest = max(1, round(width_mm / MM_PER_INCH * DOTS_PER_INCH))
    if picture.width > finest:
        height = max(1, round(picture.height * finest / picture.width))
        picture = picture.resize((finest, height), Image.Resampling.LANCZOS)
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return Logo(png.getvalue(), round(width_mm * EMU_PER_MM), round(height_mm * EMU_PER_MM))
