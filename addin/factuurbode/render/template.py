"""The baker's Word template, compiled once and filled many times.

docxtpl defines the dialect and does the hard part: its `patch_xml` turns Word's XML into a Jinja template. It would
parse and compile the whole package for every invoice (16 ms); here that happens once, the parts without tags are
kept compressed, and an invoice costs about a millisecond. A test holds both ways to the same XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile, ZipInfo

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.parts.story import StoryPart
from docxtpl import DocxTemplate
from jinja2 import DictLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from ..errors import TemplateFault, TemplateRefused
from ..template_faults import EXPRESSION_ERRORS, told
from .cleaning import cleaned
from .logo import Logo, prepared
from .package import NO_WORD_DOCUMENT, checked
from .patching import around_body, has_tags, may_hold_tags, patched, place_of

_COLUMNS_VARY = re.compile(r"\{[{%]tc |\{%\s*(colspan|hm)\b")
_NAMESPACE = re.compile(r'xmlns:\w+="[^"]*"')
_PICTURE_ID = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile(f"{_UNPRINTABLE.pattern}|{_SURROGATE.pattern}")
FIRST_PICTURE_ID = 1001


def printable(value: object) -> object:
    """*value* for a Word document: of a text, what XML cannot hold is left out and line ends are a single \\n."""
    if type(value) is not str or not _SPECIAL.search(value):
        return value
    text = _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return _SURROGATE.sub("\ufffd", text)


def environment() -> SandboxedEnvironment:
    """Where the tags of a template are worked out: escaped, in a sandbox, and no name may be unknown.

    Without the filter `safe`, which would let what a customer typed become part of the document's XML, and without any
    other template to include.
    """
    sandbox = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=printable, loader=DictLoader({})
    )
    del sandbox.filters["safe"]
    return sandbox


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the package that holds tags: what stands before and after the templated XML, and that XML."""

    name: str
    head: str
    template: Template
    source: str
    tail: str
    logo: Markup
    pictures: bool
    columns_vary: bool


class InvoiceTemplate:
    """A Word document with docxtpl's tags, ready to be filled. `{{ logo }}` is the picture at *logo*, if any.

    Raises TemplateMissing when *path* is not there, TemplateRefused when it is not a Word document or holds what a
    template may not hold, TemplateFault when a tag is not understood, and LogoFault when *logo* is not a picture.
    """

    def __init__(self, path: Path, logo: Path | None = None) -> None:
        self._path = path
        content = checked(path)
        picture = prepared(logo) if logo else None
        try:
            self._docxtpl = DocxTemplate(io.BytesIO(cleaned(content)))
            self._docxtpl.init_docx()
            self._parts, self._fixed = self._split(self._logos(picture))
        except (PackageNotFoundError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
            raise TemplateRefused(path=path, reason=NO_WORD_DOCUMENT, detail=path.name) from error

    def render(self, fields: Mapping[str, object]) -> bytes:
        """The Word document of one invoice. Raises TemplateFault that names the tag for an unknown field."""
        docx = io.BytesIO()
        docx.write(self._fixed)
        with ZipFile(docx, "a") as package:
            for part in self._parts:  # uncompressed: they go no further than the converter, and a third faster
                package.writestr(_member(part.name, zipfile.ZIP_STORED), self._rendered(part, fields))
        return docx.getvalue()

    def _rendered(self, part: _Part, fields: Mapping[str, object]) -> bytes:
        try:
            xml = part.template.render(fields, logo=part.logo)
        except EXPRESSION_ERRORS as error:
            raise TemplateFault(path=self._path, **told(error, part.source, place_of(part.name))) from error
        xml = xml.replace("\n<w:p>", "<w:p>").replace("\n<w:p ", "<w:p ")
        if "\n" in xml or "\t" in xml:
            xml = self._docxtpl.resolve_listing(xml)
        if part.columns_vary:
            xml = etree.tostring(self._docxtpl.fix_tables(xml), encoding="unicode")
        if part.pictures:
            numbers = iter(range(FIRST_PICTURE_ID, FIRST_PICTURE_ID + 1_000_000))
            xml = _PICTURE_ID.sub(lambda found: f"{found[1]}{next(numbers)}", xml)
        whole = f"{part.head}{xml}{part.tail}".encode()
        try:
            ParserCreate().Parse(whole, True)
        except ExpatError as error:
            raise TemplateFault(path=self._path, reason="template_fault.nesting", detail=place_of(part.name)) from error
        return whole

    def _stories(self) -> dict[str, StoryPart]:
        """The document, its headers and its footers, by their name in the zip."""
        document = self._docxtpl.docx.part
        kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        parts = [document, *(rel.target_part for rel in document.rels.values() if rel.reltype in kinds)]
        return {str(part.partname).lstrip("/"): part for part in parts}

    def _logos(self, logo: Logo | None) -> dict[str, Markup]:
        """What `{{ logo }}` stands for in each story; the picture is put into the package here, once."""
        stories = self._stories()
        if logo is None:
            return dict.fromkeys(stories, Markup())
        return {
            name: _inline(part, logo) if "logo" in etree.tostring(part.element, encoding="unicode") else Markup()
            for name, part in stories.items()
        }

    def _split(self, logos: Mapping[str, Markup]) -> tuple[tuple[_Part, ...], bytes]:
        """The parts with tags, compiled, and a zip of all the others."""
        whole, fixed = io.BytesIO(), io.BytesIO()
        self._docxtpl.docx.save(whole)
        parts: list[_Part] = []
        with ZipFile(whole) as package, ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as rest:
            for name in package.namelist():
                content = package.read(name)
                if may_hold_tags(name) and has_tags(text := content.decode()):
                    parts.append(self._compiled(name, text, logos.get(name, Markup())))
                else:
                    rest.writestr(_member(name), content)
        return tuple(parts), fixed.getvalue()

    def _compiled(self, name: str, xml: str, logo: Markup) -> _Part:
        head, templated, tail = around_body(xml)
        columns_vary = False
        if tail:  # docxtpl mends the tables of the body; it parses it alone, with the names that the root declares
            alone = templated.replace("<w:body", " ".join(["<w:body", *_NAMESPACE.findall(head)]), 1)
            columns_vary = self._columns_vary(alone)
            templated = alone if columns_vary else templated
        source = patched(self._docxtpl, templated)
        try:
            template = environment().from_string(source)
        except TemplateError as error:
            raise TemplateFault(path=self._path, **told(error, source, place_of(name))) from error
        pictures = bool(tail) and (bool(logo) or "<wp:docPr" in source)
        return _Part(name, head, template, source, tail, logo, pictures, columns_vary)

    def _columns_vary(self, body: str) -> bool:
        """Whether docxtpl would change the columns of a table, with these tags or as it stands."""
        mended = etree.tostring(self._docxtpl.fix_tables(body))
        return bool(_COLUMNS_VARY.search(body)) or mended != etree.tostring(etree.fromstring(body))


def _inline(part: StoryPart, logo: Logo) -> Markup:
    """The picture in place of the text of its tag, written as docxtpl's InlineImage writes it."""
    drawing = part.new_pic_inline(io.BytesIO(logo.png), logo.width, logo.height)
    for side in "TBLR":  # LibreOffice puts 3 mm beside a picture that does not say that it wants none
        drawing.set(f"dist{side}", "0")
    picture = etree.tostring(drawing, encoding="unicode")
    run = f'</w:t></w:r><w:r><w:drawing>{picture}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    return Markup(run)  # noqa: S704 - nothing in it comes from a workbook


def _member(name: str, compression: int = zipfile.ZIP_DEFLATED) -> ZipInfo:
    """A zip entry with a fixed date, so that equal content makes equal bytes."""
    entry = ZipInfo(name)
    entry.compress_type = compression
    return entry
