"""Changes are accepted as Word accepts them, hidden text goes and its commands stay, properties say what was meant."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docx import Document as WordDocument

from factuurbode.render.cleaning import cleaned
from factuurbode.render.template import InvoiceTemplate
from support.by_docxtpl import part
from support.documents import with_members

BY = 'w:id="9" w:author="Jan"'
DELETED_END = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"


def a_document(body: str, styles: str = "") -> bytes:
    """A Word document whose body is *body*, with the XML of more *styles*."""
    empty = io.BytesIO()
    WordDocument().save(empty)
    docx = empty.getvalue()
    document = re.sub(r"(<w:body>).*(<w:sectPr)", rf"\1{body}\2", part(docx).decode(), flags=re.DOTALL)
    sheet = part(docx, "word/styles.xml").decode().replace("</w:styles>", f"{styles}</w:styles>")
    return with_members(docx, {"word/document.xml": document.encode(), "word/styles.xml": sheet.encode()})


def words(docx: bytes) -> list[str]:
    """The paragraphs of a Word document, those in tables too."""
    document = WordDocument(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def rendered(tmp_path: Path, docx: bytes, **fields: object) -> list[str]:
    """The paragraphs of the invoice that the template *docx* makes."""
    (tmp_path / "own.docx").write_bytes(docx)
    return words(InvoiceTemplate(tmp_path / "own.docx").render(fields))


def run(text: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        (f"<w:p>{run('a')}<w:ins {BY}>{run('b')}</w:ins><w:del {BY}>{run('c', tag='delText')}</w:del></w:p>", ["ab"]),
        (
            f"<w:p>{DELETED_END}<w:del {BY}>{run('a', tag='delText')}</w:del></w:p>"
            f"<w:tbl><w:tblPr/><w:tr><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl><w:p/>",
            ["", "b"],
        ),
        (
            f"<w:p>{run('a')}</w:p><w:tbl><w:tblPr/><w:tr><w:trPr><w:del {BY}/></w:trPr>"
            "<w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>",
            ["a", ""],
        ),
        (
            f"<w:p><w:moveFrom {BY}>{run('a')}</w:moveFrom>{run('b')}</w:p>"
            f"<w:p><w:moveTo {BY}>{run('a')}</w:moveTo></w:p>",
            ["b", "a"],
        ),
        (
            f"<w:p>{DELETED_END}{run('a')}</w:p><w:p>{run('b')}</w:p><w:p>{run('c')}</w:p>",
            ["ab", "c"],
        ),
        (
            f"<w:p>{DELETED_END}{run('a')}</w:p><w:p>{DELETED_END}{run('b')}</w:p><w:p>{run('c')}</w:p>",
            ["abc"],
        ),
        (f"<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>{run('a')}</w:p><w:p>{run('b')}</w:p>", ["a", "b"]),
        (
            f"<w:p>{run('a', f'<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>')}</w:p>",
            ["a"],
        ),
        (
            f"<w:p/><w:tbl><w:tblPr/><w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc><w:p>{run('a')}</w:p></w:tc></w:tr>"
            f"<w:tr><w:trPr><w:ins {BY}/></w:trPr><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl><w:p/>",
            ["", "", "b"],
        ),
    ],
    ids=[
        "come and gone",
        "before a table",
        "a whole table",
        "moved",
        "joined",
        "three joined",
        "a new paragraph",
        "formatted",
        "rows",
    ],
)
def test_changes_are_accepted(body: str, accepted: list[str]) -> None:
    docx = cleaned(a_document(body))

    assert words(docx) == accepted
    assert BY.encode() not in part(docx)


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="OokWeg"><w:basedOn w:val="Weg"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Terug"><w:basedOn w:val="Weg"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Stil"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph", "properties", "shown"),
    [
        ("", "<w:vanish/>", ""),
        ("", '<w:vanish w:val="false"/>', "a"),
        ("", "<w:webHidden/>", "a"),
        ("", '<w:rStyle w:val="Stil"/>', ""),
        ("Weg", "", ""),
        ("OokWeg", "", ""),
        ("Terug", "", "a"),
        ("Weg", '<w:vanish w:val="0"/>', "a"),
        ("Weg", '<w:rStyle w:val="Stil"/>', "a"),
    ],
)
def test_hidden_text_is_gone(tmp_path: Path, paragraph: str, properties: str, shown: str) -> None:
    style = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
    body = f"<w:p>{style}{run('a', properties)}</w:p>"

    assert words(cleaned(a_document(body, STYLES))) == [shown]

    tagged = f"<w:p>{style}{run('{{ name }}', properties)}</w:p>"
    assert rendered(tmp_path, a_document(tagged, STYLES), name="a") == [shown]


def test_a_hidden_command_works(tmp_path: Path) -> None:
    hide = "<w:vanish/>"
    inline = f"<w:p>{run('x{% if name %}y', hide)}{run('Beste {{ name }}')}{run('{% endif %}', hide)}</w:p>"
    lines = (
        f"<w:p>{run('{%p if name %}', hide)}</w:p><w:p>{run('Tot ziens')}</w:p><w:p>{run('{%p endif %}', hide)}</w:p>"
    )

    for name, printed in (("Jan", ["Beste Jan", "Tot ziens"]), ("", [""])):
        (tmp_path / "own.docx").write_bytes(a_document(inline + lines))
        docx = InvoiceTemplate(tmp_path / "own.docx").render({"name": name})
        assert words(docx) == printed
        assert b"hidden" not in part(docx)


def test_a_hidden_percentage_where_no_tag_is_leaves_no_mark() -> None:
    docx = cleaned(a_document(f"<w:p>{run('100%', '<w:vanish/>')}{run('a')}</w:p>"))

    assert words(docx) == ["a"]
    assert b"hidden" not in part(docx)


def test_properties_stay_that_the_baker_meant_for_the_customer(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("{{ number }}")
    document.core_properties.title = "Factuur {{ number }}"
    document.core_properties.author = "Jan de Vries"
    document.core_properties.comments = "oude versie van Piet"
    document.save(str(tmp_path / "own.docx"))

    docx = InvoiceTemplate(tmp_path / "own.docx").render({"number": "7"})

    properties = WordDocument(io.BytesIO(docx)).core_properties
    assert (properties.title, properties.author, properties.comments) == ("Factuur 7", "", "")


def test_a_content_control_keeps_what_stands_in_it() -> None:
    bound = '<w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/></w:sdtPr>'
    docx = cleaned(a_document(f"<w:p><w:sdt>{bound}<w:sdtContent>{run('a')}</w:sdtContent></w:sdt></w:p>"))

    assert b"dataBinding" not in part(docx)
    assert b">a<" in part(docx)
