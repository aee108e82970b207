"""A Word document taken apart: what it has in common with others of its template, and what is its own.

The documents of one template share all parts but the text, the headers and footers, and the title: the checksums in
the zip directory say so without any part being read. (They are no proof against someone who wants two parts to look
alike; the shared parts come from the baker's own template, and the words of each PDF are compared afterwards anyway.)
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .doubt import Doubt
from .vocabulary import KNOWN, SETTINGS_NOT_KNOWN, STYLES_NOT_KNOWN, W

DOCUMENT = "word/document.xml"
RELATIONSHIPS = "word/_rels/document.xml.rels"
CORE = "docProps/core.xml"
STORY = re.compile(r"word/(header|footer)\d*\.xml")
STORY_TYPE = re.compile(r"/(header|footer)$")
TITLE = re.compile(rb"(?<=<dc:title>)[^<]*(?=</dc:title>)")
_PAGE_FIELD = re.compile(r"\s*(PAGE|NUMPAGES)\s*(\\\*\s*(MERGEFORMAT|Arabic)\s*)*")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class Own:
    """What a PDF may tell of its document: the title and the words."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document's text, and its headers and footers by the relationship that leads to them.

    Documents with the same `form` can go together. `size` is that of the text's XML in bytes. Merging changes
    `document` and `stories`: they can be merged once.
    """

    form: str
    document: etree._Element
    stories: Mapping[str, etree._Element]
    own: Own
    size: int


class Reader:
    """Takes documents apart. What documents share is looked at once."""

    def __init__(self) -> None:
        self._shared: dict[str, Mapping[str, str] | Doubt] = {}

    def pieces(self, docx: bytes) -> Pieces:
        """The pieces of *docx*. Raises Doubt when something in it could come out differently in company."""
        try:
            with zipfile.ZipFile(io.BytesIO(docx)) as package:
                return self._pieces(package)
        except (zipfile.BadZipFile, NotImplementedError, KeyError, ValueError, etree.XMLSyntaxError) as error:
            raise Doubt(f"not readable: {type(error).__name__}") from error

    def _pieces(self, package: zipfile.ZipFile) -> Pieces:
        shared = "\n".join(
            f"{member.filename} {member.CRC:08x} {member.file_size}"
            for member in package.infolist()
            if member.filename not in (DOCUMENT, CORE) and not STORY.fullmatch(member.filename)
        )
        if shared not in self._shared:
            self._shared[shared] = _looked_at(package)
        names = self._shared[shared]
        if isinstance(names, Doubt):
            raise names
        content = package.read(DOCUMENT)
        document = _known(content)
        section = _only_section(document)
        stories = {identifier: _known(package.read(name)) for identifier, name in names.items()}
        words = "\n".join(_words(root) for root in (document, *stories.values()))
        if _RIGHT_TO_LEFT.search(words):
            raise Doubt("text from right to left")
        core = package.read(CORE) if CORE in package.NameToInfo else b""
        title = TITLE.search(core)
        return Pieces(
            form="\n".join([shared, section, TITLE.sub(b"", core).decode()]),
            document=document,
            stories=stories,
            own=Own(_plain(title[0]) if title else "", words),
            size=len(content),
        )


def story_names(relationships: bytes) -> dict[str, str]:
    """The headers and footers: the name of each part by the relationship that leads to it."""
    return {
        str(one.get("Id")): posixpath.normpath(posixpath.join("/word", str(one.get("Target")))).lstrip("/")
        for one in etree.fromstring(relationships, _PARSER)
        if STORY_TYPE.search(str(one.get("Type", "")))
    }


def _looked_at(package: zipfile.ZipFile) -> Mapping[str, str] | Doubt:
    """The headers and footers of a template, or what of its shared parts works beyond one paragraph."""
    if len(package.NameToInfo) < len(package.infolist()):
        return Doubt("a part is there twice")
    for name, unknown in (("word/styles.xml", STYLES_NOT_KNOWN), ("word/settings.xml", SETTINGS_NOT_KNOWN)):
        content = package.read(name) if name in package.NameToInfo else b""
        for word in unknown:
            if word in content:
                return Doubt(f"{name}: {word.decode()}")
    names = story_names(package.read(RELATIONSHIPS))
    if not all(STORY.fullmatch(name) for name in names.values()):
        return Doubt("a header or footer under another name")
    return names


def _known(content: bytes) -> etree._Element:
    """The XML of a text in which everything is known."""
    root = etree.fromstring(content, _PARSER)
    strange = {str(element.tag) for element in root.iter()} - KNOWN
    if strange:
        raise Doubt(f"element {min(strange).rpartition('}')[2]}")
    fields = [run.text or "" for run in root.iter(f"{W}instrText")]
    fields += [str(field.get(f"{W}instr")) for field in root.iter(f"{W}fldSimple")]
    if not all(_PAGE_FIELD.fullmatch(field) for field in fields):
        raise Doubt("a field other than PAGE and NUMPAGES")
    return root


def _only_section(document: etree._Element) -> str:
    """The one section of *document* as text: documents with another one, or with other headers, are not alike."""
    *others, section = document.iter(f"{W}sectPr")
    before = section.getprevious()
    parent = section.getparent()
    if others or parent is None or parent.tag != f"{W}body" or section.getnext() is not None:
        raise Doubt("more than one section")
    if before is None or before.tag != f"{W}p":
        raise Doubt("no paragraph at the end")
    usual = {"pgNumType": ("start", "1"), "type": ("val", "nextPage")}
    for word, allowed in usual.items():
        for found in section.iter(f"{W}{word}"):
            if {str(name): value for name, value in found.items()} != {f"{W}{allowed[0]}": allowed[1]}:
                raise Doubt(f"a section with {word}")
    if any(columns.get(f"{W}num", "1") != "1" for columns in section.iter(f"{W}cols")):
        raise Doubt("columns")
    if any(reference.get(f"{W}type") == "even" for reference in section):
        raise Doubt("even pages of their own")
    return etree.tostring(section, encoding="unicode")


def _words(root: etree._Element) -> str:
    return "".join(text.text or "" for text in root.iter(f"{W}t"))


def _plain(xml: bytes) -> str:
    return etree.fromstring(b"<t>" + xml + b"</t>", _PARSER).text or ""
