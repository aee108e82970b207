"""Word templates of a baker's own: good ones with a fault put in, and small ones of a few paragraphs."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document as WordDocument

from factuurbode.assets import asset
from support.documents import with_members

SHIPPED = asset("templates", "invoice.nl.docx")


def a_template(path: Path, *paragraphs: str, footer: str = "") -> Path:
    """A Word document at *path* with these paragraphs."""
    document = WordDocument()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    document.save(str(path))
    return path


def changed_template(path: Path, old: str, new: str) -> Path:
    """The shipped Dutch template at *path*, with *old* in the XML of any of its parts replaced by *new*."""
    with zipfile.ZipFile(SHIPPED) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    changed = {name: xml.replace(old, new).encode() for name, xml in parts.items() if old in xml}
    assert changed
    path.write_bytes(with_members(SHIPPED.read_bytes(), changed))
    return path
