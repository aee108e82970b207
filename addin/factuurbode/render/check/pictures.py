"""Pictures that hold more than a printer shows, and make every mail heavier than it needs to be."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree
from PIL import Image, UnidentifiedImageError

from ...domain.problems import Severity
from ..logo import DOTS_PER_INCH
from .finding import Finding
from .stories import Story

EMU_PER_INCH = 914_400
TOLERANCE = 1.1
MOST_BYTES = 300_000

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_CROP = "{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_THOUSANDTHS_OF_A_PERCENT = 100_000


def heavy_pictures(content: bytes, story: Story) -> Iterator[Finding]:
    """A warning for each picture of *story* that is finer than 300 dots an inch as printed, or large as a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for drawing in story.root.iter(f"{_DRAWING}inline", f"{_DRAWING}anchor"):
            extent, blip = drawing.find(f"{_DRAWING}extent"), next(drawing.iter(_BLIP), None)
            name = _target(package, story.name, str(blip.get(_EMBED, ""))) if blip is not None else ""
            if extent is None or name not in package.namelist():
                continue
            picture = package.read(name)
            dots = _dots_an_inch(picture, drawing, int(extent.get("cx", "0")))
            facts = {"picture": posixpath.basename(name), "size": str(round(len(picture) / 1000)), "dots": str(dots)}
            if dots > DOTS_PER_INCH * TOLERANCE:
                yield Finding("picture_fine", facts, Severity.WARNING)
            elif len(picture) > MOST_BYTES:
                yield Finding("picture_heavy", facts, Severity.WARNING)


def _target(package: zipfile.ZipFile, story: str, relationship: str) -> str:
    """The name in the package of the picture that *story* means by *relationship*; '' when there is none."""
    folder, file = posixpath.split(story)
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in package.namelist():
        return ""
    for one in etree.fromstring(package.read(rels)):
        if one.get("Id") == relationship:
            return posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
    return ""


def _dots_an_inch(picture: bytes, drawing: etree._Element, width: int) -> int:
    """How fine the shown part of *picture* is when it is *width* EMU wide; 0 for a drawing that has no dots."""
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            dots = opened.width
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return 0
    crop = next(drawing.iter(_CROP), None)
    cut = 0 if crop is None else int(crop.get("l", "0")) + int(crop.get("r", "0"))
    shown = dots * max(0, _THOUSANDTHS_OF_A_PERCENT - cut) / _THOUSANDTHS_OF_A_PERCENT
    return round(shown / (width / EMU_PER_INCH)) if width > 0 else 0
