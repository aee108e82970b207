"""The parts of a Word document that may hold tags, as XML and as the template that docxtpl makes of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from docxtpl import DocxTemplate
from lxml import etree

from ..patching import around_body, may_hold_tags, patched, place_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHITE = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}


@dataclass(frozen=True, slots=True)
class Story:
    """A part by its name in the package. `place` is the key of what a person calls it."""

    name: str
    root: etree._Element
    source: str

    @property
    def place(self) -> str:
        """`template_place.body` and so on."""
        return place_of(self.name)

    def paragraphs(self) -> Iterator[str]:
        """The text of each paragraph as Word shows it, whatever pieces Word has cut it into."""
        for paragraph in self.root.iter(f"{W}p"):
            yield "".join(_shown(paragraph))


def stories_of(content: bytes) -> tuple[Story, ...]:
    """The stories of the checked Word document *content*."""
    docxtpl = DocxTemplate(io.BytesIO(content))
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if may_hold_tags(name):
                root = etree.fromstring(package.read(name))
                source = patched(docxtpl, around_body(etree.tostring(root, encoding="unicode"))[1])
                found.append(Story(name, root, source))
    return tuple(found)


def _shown(paragraph: etree._Element) -> Iterator[str]:
    """Its texts in order; not those of a text box within, which has paragraphs of its own."""
    for child in paragraph:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _WHITE:
            yield _WHITE[str(child.tag)]
        elif child.tag != f"{W}p":
            yield from _shown(child)
