"""One Word document of many: a section for each, with its own headers and footers and its own page numbers.

The number of pages of all (NUMPAGES) becomes the page on which this one ends (PAGEREF to a bookmark at the end of its
last paragraph), which is the number of its pages, because its page numbers begin at 1.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Sequence

from lxml import etree

from .doubt import Doubt
from .pieces import DOCUMENT, RELATIONSHIPS, STORY_TYPE, Pieces, story_names
from .vocabulary import R, W

BEGINS, ENDS = "begins", "ends"
CONTENT_TYPES = "[Content_Types].xml"
_NUMPAGES = re.compile(r"\s*NUMPAGES\b")


def bookmark(edge: str, number: int) -> str:
    """The name of the bookmark where document *number* `BEGINS` or `ENDS`, of letters and digits.

    LibreOffice writes all others differently.
    """
    return f"factuurbode{edge}{number}"


def merged(docx: bytes, documents: Sequence[Pieces]) -> bytes:
    """The Word document of all *documents*, which have one form; *docx*, one of them, gives the parts they share.

    Raises Doubt.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    stories = _Stories(parts)
    bodies: list[bytes] = []
    heads: set[bytes] = set()
    for number, pieces in enumerate(documents):
        _number_of_pages(pieces, number)
        body = pieces.document[0]
        _bookmarked(body, number)
        section = body[-1]
        for reference in section.iter(f"{W}headerReference", f"{W}footerReference"):
            identifier = str(reference.get(f"{R}id"))
            reference.set(f"{R}id", stories.add(identifier, pieces.stories[identifier], number))
        _numbered_from_one(section)
        if number < len(documents) - 1:
            _properties(body[-2]).append(section)
        head, within, tail = _around_body(_xml(pieces.document))
        heads.add(head + tail)
        bodies.append(within)
    if len(heads) > 1:
        raise Doubt("documents that begin in another way")
    parts[DOCUMENT] = b"".join((head, *bodies, tail))
    return _zipped(parts | stories.parts())


def _around_body(xml: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before, in and after the body. It is put together as text: moving elements costs five times as much.

    lxml has just written it, so that no < or > stands anywhere but around the name of an element.
    """
    begins, ends = xml.find(b">", xml.find(b"<w:body")) + 1, xml.rfind(b"</w:body>")
    if ends < begins or begins < len(b"<w:body>"):
        raise Doubt("a document with other prefixes")
    return xml[:begins], xml[begins:ends], xml[ends:]


class _Stories:
    """The headers and footers of all documents; those of the one whose *parts* are used are taken out of them."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._names = story_names(parts[RELATIONSHIPS])
        self._pictures = {name: parts.pop(_relationships(name), b"") for name in self._names.values()}
        self._relationships = etree.fromstring(parts[RELATIONSHIPS])
        self._types = etree.fromstring(parts[CONTENT_TYPES])
        self._templates = {
            str(one.get("Id")): one for one in self._relationships if STORY_TYPE.search(str(one.get("Type")))
        }
        self._kinds = {str(one.get("PartName")).lstrip("/"): one for one in self._types if one.get("PartName")}
        self._added: dict[str, bytes] = {}
        for one in self._templates.values():
            self._relationships.remove(one)
        for name in self._names.values():
            del parts[name]
            self._types.remove(self._kinds[name])

    def add(self, identifier: str, story: etree._Element, number: int) -> str:
        """Keep *story* of document *number* and return the relationship that leads to it."""
        name = self._names[identifier]
        own, own_name = f"{identifier}_{number}", name.replace(".xml", f"_{number}.xml")
        self._added[own_name] = _xml(story)
        if self._pictures[name]:
            self._added[_relationships(own_name)] = self._pictures[name]
        for parent, like, changes in (
            (self._relationships, self._templates[identifier], {"Id": own, "Target": f"/{own_name}"}),
            (self._types, self._kinds[name], {"PartName": f"/{own_name}"}),
        ):
            added = etree.SubElement(parent, like.tag)
            added.attrib.update(like.attrib)
            for attribute, value in changes.items():
                added.set(attribute, value)
        return own

    def parts(self) -> dict[str, bytes]:
        """All that was kept, and the parts that say so."""
        return self._added | {RELATIONSHIPS: _xml(self._relationships), CONTENT_TYPES: _xml(self._types)}


def _number_of_pages(pieces: Pieces, number: int) -> None:
    page = f" PAGEREF {bookmark(ENDS, number)} "
    for root in (pieces.document, *pieces.stories.values()):
        for field in root.iter(f"{W}instrText"):
            if _NUMPAGES.match(field.text or ""):
                field.text = page
        for field in root.iter(f"{W}fldSimple"):
            if _NUMPAGES.match(str(field.get(f"{W}instr"))):
                field.set(f"{W}instr", page)


def _bookmarked(body: etree._Element, number: int) -> None:
    """Bookmarks in the first and the last paragraph, in place of all others: no field asks for those."""
    for old in list(body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        parent = old.getparent()
        assert parent is not None  # noqa: S101 - a bookmark stands in something
        parent.remove(old)
    first = next(body.iter(f"{W}p"))
    place = _after_properties(first)
    first[place:place] = _bookmark(BEGINS, number)
    body[-2].extend(_bookmark(ENDS, number))


def _bookmark(edge: str, number: int) -> list[etree._Element]:
    identifier = str(2 * number + (edge == ENDS) + 1)
    return [
        etree.Element(f"{W}bookmarkStart", {f"{W}id": identifier, f"{W}name": bookmark(edge, number)}),
        etree.Element(f"{W}bookmarkEnd", {f"{W}id": identifier}),
    ]


def _numbered_from_one(section: etree._Element) -> None:
    for numbering in section.findall(f"{W}pgNumType"):
        section.remove(numbering)
    margins = section.find(f"{W}pgMar")
    place = section.index(margins) + 1 if margins is not None else len(section)
    section.insert(place, etree.Element(f"{W}pgNumType", {f"{W}start": "1"}))


def _properties(paragraph: etree._Element) -> etree._Element:
    if not _after_properties(paragraph):
        paragraph.insert(0, etree.Element(f"{W}pPr"))
    return paragraph[0]


def _after_properties(paragraph: etree._Element) -> int:
    return int(len(paragraph) > 0 and paragraph[0].tag == f"{W}pPr")


def _relationships(name: str) -> str:
    folder, file = posixpath.split(name)
    return f"{folder}/_rels/{file}.rels"


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _zipped(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return whole.getvalue()
