"""A baker's template with words in every place of a Word file that is the baker's own business."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from support.documents import with_members
from support.word import SHIPPED

SECRET = "Geheimpje"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WRITTEN = 'w:author="Geheimpje" w:date="2026-01-01T00:00:00Z"'
_BY = f'w:id="90" {_WRITTEN}'
_TEXT = """
<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Met dank.</w:t></w:r><w:commentRangeEnd w:id="0"/>
<w:r><w:commentReference w:id="0"/></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Graag betalen </w:t></w:r>
<w:del {by}><w:r><w:delText xml:space="preserve">Geheimpje geschrapt </w:delText></w:r></w:del>
<w:ins {by}><w:r><w:t>voor de vervaldag.</w:t></w:r></w:ins></w:p>
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Geheimpje verborgen</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Verstopt"/></w:pPr><w:r><w:t>Geheimpje door een stijl {{{{ number }}}}</w:t></w:r></w:p>
"""
_COMMENT = f"""<w:comments {_NAMES}><w:comment w:id="0" {_WRITTEN} w:initials="G"><w:p><w:r>
<w:t>Geheimpje: te duur?</w:t></w:r></w:p></w:comment></w:comments>"""
_STYLE = """<w:style w:type="paragraph" w:styleId="Verstopt"><w:name w:val="Verstopt"/>
<w:rPr><w:vanish/></w:rPr></w:style>"""
_CORE = """<dc:subject>Geheimpje onderwerp</dc:subject><cp:keywords>Geheimpje woorden</cp:keywords>
<dc:description>Geheimpje toelichting</dc:description><cp:lastModifiedBy>Geheimpje Jansen</cp:lastModifiedBy>
<cp:category>Geheimpje soort</cp:category>"""
_APP = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Manager>Geheimpje</Manager><Company>Geheimpje BV</Company></Properties>"""
_CUSTOM = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Geheimpje"><vt:lpwstr>Geheimpje</vt:lpwstr>
</property></Properties>"""
_TYPES = {
    "word/comments.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


def with_private_words(path: Path) -> Path:
    """The shipped Dutch template at *path*, with `SECRET` wherever no customer should read it."""
    with zipfile.ZipFile(SHIPPED) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    text = _TEXT.format(by=_BY)
    document, section, end = parts["word/document.xml"].rpartition("<w:sectPr")
    parts["word/document.xml"] = f"{document}{text}{section}{end}"
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("</w:styles>", f"{_STYLE}</w:styles>")
    parts["docProps/core.xml"] = re.sub(r"(?=</cp:coreProperties>)", _CORE, parts["docProps/core.xml"])
    settings = parts["word/settings.xml"]
    parts["word/settings.xml"] = settings.replace("</w:settings>", "<w:trackRevisions/></w:settings>")
    parts |= {"word/comments.xml": _COMMENT, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM}
    parts["customXml/item1.xml"] = "<g>Geheimpje</g>"
    _relate(
        parts, "word/_rels/document.xml.rels", ("comments", "comments.xml"), ("customXml", "../customXml/item1.xml")
    )
    _relate(
        parts,
        "_rels/.rels",
        ("extended-properties", "docProps/app.xml"),
        ("custom-properties", "docProps/custom.xml"),
    )
    types = parts["[Content_Types].xml"]
    for name, kind in _TYPES.items():
        if f"/{name}" not in types:
            types = types.replace("</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')
    parts["[Content_Types].xml"] = types
    path.write_bytes(with_members(SHIPPED.read_bytes(), {name: xml.encode() for name, xml in parts.items()}))
    return path


def _relate(parts: dict[str, str], rels: str, *leads: tuple[str, str]) -> None:
    for number, (kind, target) in enumerate(leads):
        if f'/{kind}"' not in parts[rels]:
            extra = f'<Relationship Id="rIdG{number}" Type="{_KINDS}/{kind}" Target="{target}"/></Relationships>'
            parts[rels] = parts[rels].replace("</Relationships>", extra)


def holds(docx: bytes, word: str = SECRET) -> list[str]:
    """The parts of *docx* in which *word* stands."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return [name for name in package.namelist() if word.encode() in package.read(name)]
