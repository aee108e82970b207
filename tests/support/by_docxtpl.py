"""A template filled by docxtpl's own path, and comparing that with ours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx.shared import Emu
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from factuurbode.render.logo import prepared
from factuurbode.render.template import environment


def by_docxtpl(path: Path, values: Mapping[str, object], logo: Path | None = None) -> bytes:
    """The Word document that docxtpl makes."""
    template = DocxTemplate(path)
    template.init_docx()
    picture: object = ""
    if logo:
        ready = prepared(logo)
        picture = InlineImage(template, io.BytesIO(ready.png), Emu(ready.width), Emu(ready.height))
    template.render({**values, "logo": picture}, environment(), autoescape=True)
    result = io.BytesIO()
    template.save(result)
    return result.getvalue()


def part(docx: bytes, name: str = "word/document.xml") -> bytes:
    """One part of a Word document."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(name)


def canonical(xml: bytes) -> str:
    """*xml* without what makes no difference: names declared twice, space between elements, LibreOffice's hint."""
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    for inline in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"):
        for side in "TBLR":
            inline.attrib.pop(f"dist{side}", "")
    return etree.tostring(root, method="c14n").decode()
