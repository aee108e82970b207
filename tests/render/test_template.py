"""Filling a Word template: docxtpl's dialect, its faults told plainly, and nothing a customer typed is a tag."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from PIL import Image

from factuurbode.assets import asset
from factuurbode.domain.model import VatTreatment
from factuurbode.domain.totals import totals
from factuurbode.errors import TemplateFault, TemplateMissing
from factuurbode.render.check import check_template
from factuurbode.render.fields import invoice_fields
from factuurbode.render.logo import prepared
from factuurbode.render.template import InvoiceTemplate
from support.by_docxtpl import by_docxtpl, canonical, part
from support.documents import a_bakery, a_customer, a_logo, an_invoice, some_lines, with_members

NL = asset("templates", "invoice.nl.docx")
HOSTILE = ("Bakkerij & Zn <b>", "{{ 7*7 }}", "{% raw %}", "{_{ }_} {_% %_}", "{# niets #}", "🥐", "a\nb\tc", "&amp;")


def fields(**changes: Any) -> dict[str, object]:
    invoice = an_invoice(**changes)
    return invoice_fields(invoice, totals(invoice), a_bakery())


def a_template(path: Path, *paragraphs: str, footer: str = "") -> Path:
    document = WordDocument()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    document.save(str(path))
    return path


def words(docx: bytes) -> list[str]:
    return [paragraph.text for paragraph in WordDocument(io.BytesIO(docx)).paragraphs]


@pytest.mark.parametrize("with_logo", [False, True], ids=["without a logo", "with a logo"])
@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_the_document_is_the_one_that_docxtpl_makes(tmp_path: Path, language: str, with_logo: bool) -> None:
    path = asset("templates", f"invoice.{language}.docx")
    logo = a_logo(tmp_path / "logo.png") if with_logo else None
    values = fields(
        lines=some_lines(12), remark="eerste\ntweede\tkolom", customer=a_customer(vat_treatment=VatTreatment.INTRA_EU)
    )

    ours, theirs = InvoiceTemplate(path, logo).render(values), by_docxtpl(path, values, logo)

    for name in ("word/document.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml"):
        assert canonical(part(ours, name)) == canonical(part(theirs, name)), name


def test_columns_that_come_and_go_are_mended_as_docxtpl_does(tmp_path: Path) -> None:
    document = WordDocument()
    table = document.add_table(1, 5)
    for cell, text in zip(
        table.rows[0].cells, ("a", "{%tc if wide %}", "{{ number }}", "{%tc endif %}", "b"), strict=True
    ):
        cell.text = text
    path = tmp_path / "own.docx"
    document.save(str(path))

    for values in ({"wide": True, "number": "7"}, {"wide": False, "number": "7"}):
        ours = InvoiceTemplate(path).render(values)
        assert canonical(part(ours)) == canonical(part(by_docxtpl(path, dict(values))))


def test_a_template_is_filled_many_times_with_equal_bytes_for_equal_fields() -> None:
    template = InvoiceTemplate(NL)

    first = template.render(fields(number="1"))
    second = template.render(fields(number="2"))

    assert first != second
    assert template.render(fields(number="1")) == first


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_customer_typed_is_printed_and_never_worked_out(tmp_path: Path, text: str) -> None:
    path = a_template(tmp_path / "own.docx", "{{ name }}")

    assert words(InvoiceTemplate(path).render({"name": text})) == [text]


@pytest.mark.parametrize(
    ("text", "printed"),
    [("a\x00\x07\x0bb", "ab"), ("een\r\ntwee\rdrie", "een\ntwee\ndrie"), ("x\ud800y", "x\ufffdy"), ("p\uffffq", "pq")],
)
def test_what_xml_cannot_hold_is_left_out(tmp_path: Path, text: str, printed: str) -> None:
    path = a_template(tmp_path / "own.docx", "{{ name }}")

    assert words(InvoiceTemplate(path).render({"name": text})) == [printed]


def test_braces_can_be_written_as_docxtpl_writes_them(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{_{ {{ name }} }_}", "{_% niets %_}")

    assert words(InvoiceTemplate(path).render({"name": "x"})) == ["{{ x }}", "{% niets %}"]


def test_headers_footers_and_properties_hold_tags_too() -> None:
    docx = InvoiceTemplate(NL).render(fields(number="2026-0815"))

    document = WordDocument(io.BytesIO(docx))
    assert document.core_properties.title == "Factuur 2026-0815"
    assert document.core_properties.author == "Bakkerij De Gouden Korenaar"
    assert "2026-0815" in document.sections[0].header.paragraphs[0].text
    assert "KvK 12345678" in document.sections[0].footer.tables[0].rows[0].cells[0].text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Beste {{ naam_van_klant }}", ("unknown_name", "{{ naam_van_klant }}")),
        ("{{ customer.shoe_size }}", ("unknown_name", "{{ customer.shoe_size }}")),
        ("{{ number | vertaal }}", ("unknown_filter", "{{ number | vertaal }}")),
        ("{{ number is mooi }}", ("unknown_filter", "{{ number is mooi }}")),
        ("{% if number %} zonder einde", ("unclosed", "{% endif %}")),
        ("zonder begin {% endif %}", ("misplaced", "{% endif %}")),
        ("{% for r in lines %}{% endif %}{% endfor %}", ("misplaced", "{% endif %}")),
        ("{{ number + }}", ("written", "{{ number + }}")),
        ("{% for x lines %}", ("written", "{% for x lines %}")),
        ("{{ number + 1 }}", ("does_not_fit", "{{ number + 1 }}")),
        ("{{ ''.__class__ }}", ("forbidden", "{{ ''.__class__ }}")),
        ("{{ 1 / 0 }}", ("division", "{{ 1 / 0 }}")),
        ("{{ remark | safe }}", ("unknown_filter", "{{ remark | safe }}")),
        ("{% include 'x.txt' %}", ("missing_file", "{% include 'x.txt' %}")),
    ],
)
def test_a_fault_names_its_kind_and_the_tag(tmp_path: Path, text: str, told: tuple[str, str]) -> None:
    path = a_template(tmp_path / "own.docx", "Eerst een goede: {{ number }}", text, "{{ date }}")

    with pytest.raises(TemplateFault) as raised:
        InvoiceTemplate(path).render(fields())

    assert raised.value.facts["path"] == str(path)
    assert raised.value.facts["reason"] == f"template_fault.{told[0]}"
    assert raised.value.facts["detail"] == told[1]


def test_a_fault_in_the_footer_is_told_as_well(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{{ number }}", footer="{{ foot }}")

    with pytest.raises(TemplateFault, match="foot"):
        InvoiceTemplate(path).render(fields())


def test_tags_that_break_the_document_are_a_fault(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{% autoescape false %}{{ '<w:p>' }}{% endautoescape %}")

    with pytest.raises(TemplateFault, match="nesting"):
        InvoiceTemplate(path).render(fields())


# --- what may not be a template ---
def changed(tmp_path: Path, members: dict[str, bytes]) -> Path:
    path = tmp_path / "changed.docx"
    path.write_bytes(with_members(NL.read_bytes(), members))
    return path


def a_relationship(kind: str, target: str, mode: str = ' TargetMode="External"') -> dict[str, bytes]:
    rels = part(NL.read_bytes(), "word/_rels/document.xml.rels").decode()
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    extra = f'<Relationship Id="rIdX" Type="{kinds}/{kind}" Target="{target}"{mode}/></Relationships>'
    return {"word/_rels/document.xml.rels": rels.replace("</Relationships>", extra).encode()}


@pytest.mark.parametrize("content", [b"", b"Geachte heer", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_not_a_word_document_is_no_template(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)

    with pytest.raises(TemplateFault, match="not_docx"):
        InvoiceTemplate(path)


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault):
        InvoiceTemplate(tmp_path)


def test_a_template_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(TemplateMissing):
        InvoiceTemplate(tmp_path / "weg.docx")


@pytest.mark.parametrize("kind", ["mailMergeSource", "image", "oleObject", "frame", "subDocument", "aFChunk"])
def test_what_lies_outside_the_template_is_not_fetched(tmp_path: Path, kind: str) -> None:
    path = changed(tmp_path, a_relationship(kind, "http://127.0.0.1:9/x"))

    with pytest.raises(TemplateFault, match=kind):
        InvoiceTemplate(path)


@pytest.mark.parametrize("kind", ["oleObject", "control", "aFChunk"])
def test_active_content_inside_the_template_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(TemplateFault, match=kind):
        InvoiceTemplate(changed(tmp_path, a_relationship(kind, "embeddings/x.bin", mode="")))


def test_a_hyperlink_is_fine(tmp_path: Path) -> None:
    InvoiceTemplate(changed(tmp_path, a_relationship("hyperlink", "https://korenaar.example.com")))


def test_the_template_that_a_document_was_made_from_is_left_where_it_is(tmp_path: Path) -> None:
    leads = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
 Target="file:///C:/Users/Jan/Brief.dotm" TargetMode="External"/></Relationships>"""
    settings = part(NL.read_bytes(), "word/settings.xml").decode()
    names = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    attached = re.sub(r"(<w:settings\b[^>]*>)", rf'\1<w:attachedTemplate {names} r:id="rId1"/>', settings)
    path = changed(tmp_path, {"word/settings.xml": attached.encode(), "word/_rels/settings.xml.rels": leads})

    docx = InvoiceTemplate(path).render(fields(number="2026-0815"))

    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert "word/_rels/settings.xml.rels" not in package.namelist()
        assert all(b"attachedTemplate" not in package.read(name) for name in package.namelist())
    assert check_template(path) == ()


def test_a_word_template_is_a_template(tmp_path: Path) -> None:
    types = part(NL.read_bytes(), "[Content_Types].xml")
    path = changed(tmp_path, {"[Content_Types].xml": types.replace(b"document.main+xml", b"template.main+xml")})
    path = path.rename(tmp_path / "factuur.dotx")

    assert InvoiceTemplate(path).render(fields()) == InvoiceTemplate(NL).render(fields())
    assert check_template(path) == ()


@pytest.mark.parametrize("spoil", [r"<w:tblGrid>.*?</w:tblGrid>", r"(?<=<w:gridCol) w:w=\"\d+\""])
def test_a_table_without_columns_of_its_own_is_a_table(tmp_path: Path, spoil: str) -> None:
    document = re.sub(spoil, "", part(NL.read_bytes()).decode(), flags=re.DOTALL)
    path = changed(tmp_path, {"word/document.xml": document.encode()})

    docx = InvoiceTemplate(path).render(fields(lines=some_lines(3)))

    grids = part(docx).decode().split("<w:tblGrid>")[1:]
    assert [grid.count("<w:gridCol w:w=") for grid in grids] == [
        grid.count("<w:gridCol w:w=")
        for grid in part(InvoiceTemplate(NL).render(fields())).decode().split("<w:tblGrid>")[1:]
    ]
    assert check_template(path) == ()


def test_the_only_tag_of_a_footer_is_found_although_word_put_something_between_its_braces(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("{{ number }}")
    footer = document.sections[0].footer.paragraphs[0]
    for piece in ("{", "{ number }", "}"):
        footer.add_run(piece)
    document.save(str(tmp_path / "own.docx"))

    docx = InvoiceTemplate(tmp_path / "own.docx").render({"number": "2026-0815"})

    assert WordDocument(io.BytesIO(docx)).sections[0].footer.paragraphs[0].text == "2026-0815"


def test_a_document_with_macros_is_no_template(tmp_path: Path) -> None:
    types = part(NL.read_bytes(), "[Content_Types].xml")
    with_macros = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    with pytest.raises(TemplateFault, match="macros"):
        InvoiceTemplate(changed(tmp_path, {"[Content_Types].xml": with_macros}))


@pytest.mark.parametrize("field", ["INCLUDEPICTURE http://127.0.0.1:9/x", "DDEAUTO cmd x", " includetext C:/x"])
def test_a_field_that_fetches_is_refused_however_word_cut_it_up(tmp_path: Path, field: str) -> None:
    document = part(NL.read_bytes())
    cut = "".join(f"<w:r><w:instrText>{letter}</w:instrText></w:r>" for letter in field)
    spoilt = document.replace(b"<w:sectPr", f"<w:p>{cut}</w:p><w:sectPr".encode(), 1)

    with pytest.raises(TemplateFault, match="fetches"):
        InvoiceTemplate(changed(tmp_path, {"word/document.xml": spoilt}))


@pytest.mark.parametrize(
    "declaration",
    [b'<!DOCTYPE x [<!ENTITY a "b">]>', b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', b"<!DOCTYPE x>"],
)
def test_a_document_type_is_refused(tmp_path: Path, declaration: bytes) -> None:
    with pytest.raises(TemplateFault, match="document_type"):
        InvoiceTemplate(changed(tmp_path, {"word/settings.xml": declaration + b"<x/>"}))


def test_a_package_that_swells_is_refused_unread(tmp_path: Path) -> None:
    path = changed(tmp_path, {"word/media/bomb.bin": bytes(80_000_000)})
    assert path.stat().st_size < 1_000_000

    with pytest.raises(TemplateFault, match="too_large"):
        InvoiceTemplate(path)


# --- the logo ---
def test_a_large_logo_is_scaled_once_to_what_a_printer_shows(tmp_path: Path) -> None:
    logo = prepared(a_logo(tmp_path / "logo.png", (6000, 2000)))

    with zipfile.ZipFile(io.BytesIO(InvoiceTemplate(NL, tmp_path / "logo.png").render(fields()))) as package:
        [picture] = [name for name in package.namelist() if name.startswith("word/media/")]
        assert package.read(picture) == logo.png
    assert (logo.width, logo.height) == (65 * 36_000, 780_000)
    assert _dots(logo.png) == (768, 256)


def test_a_high_logo_stays_within_its_height_and_a_small_one_is_not_blown_up(tmp_path: Path) -> None:
    logo = prepared(a_logo(tmp_path / "logo.png", (60, 90)))

    assert (logo.width, logo.height) == (16 * 36_000, 24 * 36_000)
    assert _dots(logo.png) == (60, 90)


def test_a_logo_that_is_not_there_is_a_fault_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault) as raised:
        InvoiceTemplate(NL, tmp_path / "logo.png")

    assert raised.value.facts["path"] == str(tmp_path / "logo.png")


def test_a_logo_that_is_not_a_picture_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("<svg/>")

    with pytest.raises(TemplateFault, match="no_picture"):
        InvoiceTemplate(NL, tmp_path / "logo.png")


def test_a_logo_in_the_header_belongs_to_the_header(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("{{ number }}")
    document.sections[0].header.paragraphs[0].text = "{{ logo }}"
    path = tmp_path / "own.docx"
    document.save(str(path))

    docx = InvoiceTemplate(path, a_logo(tmp_path / "logo.png")).render({"number": "7"})

    header = WordDocument(io.BytesIO(docx)).sections[0].header.part
    [image] = [rel for rel in header.rels.values() if rel.reltype.endswith("/image")]
    assert image.rId.encode() in part(docx, str(header.partname).lstrip("/"))


def _dots(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size
