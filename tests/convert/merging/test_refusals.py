"""What could come out differently in company goes alone; what nobody thought of is found out by the trial."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Sequence

import pikepdf
import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging import merging as merging_module
from factuurbode.convert.merging import pieces as pieces_module
from factuurbode.convert.merging.doubt import Doubt
from factuurbode.convert.merging.merging import Merging
from factuurbode.convert.merging.pieces import CORE, Own, Reader
from factuurbode.convert.merging.proof import difference
from factuurbode.convert.merging.split import split
from factuurbode.convert.merging.vocabulary import KNOWN, W
from factuurbode.ports import Document
from support.batches import some_documents
from support.documents import an_invoice_docx, with_members
from support.watched_office import WatchedOffice

LISTED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>punt</w:t></w:r></w:p>'
)
NUMBERING = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
NUMBERING_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"


def read(docx: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(name)


def with_change(docx: bytes, name: str, old: str, new: str) -> bytes:
    """*docx* with the first place in the part *name* that is like *old* replaced."""
    changed, count = re.subn(old.encode(), new.encode(), read(docx, name), count=1)
    assert count == 1
    return with_members(docx, {name: changed})


def in_body(addition: str) -> Callable[[bytes], bytes]:
    return lambda docx: with_change(docx, "word/document.xml", "<w:sectPr", f"{addition}<w:p/><w:sectPr")


def in_section(addition: str) -> Callable[[bytes], bytes]:
    return lambda docx: with_change(docx, "word/document.xml", "<w:titlePg/>", f"{addition}<w:titlePg/>")


def at_end(name: str, addition: str) -> Callable[[bytes], bytes]:
    ending = {"word/styles.xml": "</w:styles>", "word/settings.xml": "</w:settings>"}[name]
    return lambda docx: with_change(docx, name, ending, addition + ending)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (in_body(LISTED), "numPr|numId|ilvl"),
        (in_body('<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'), "footnoteReference"),
        (in_body('<w:p><w:commentRangeStart w:id="2"/></w:p>'), "comment"),
        (in_body("<w:p><w:r><w:pict/></w:r></w:p>"), "pict"),
        (in_body("<w:sdt><w:sdtContent/></w:sdt>"), "sdt"),
        (in_body("<w:p><w:r><w:instrText> SEQ Figuur </w:instrText></w:r></w:p>"), "field"),
        (in_body('<w:p><w:fldSimple w:instr=" TITLE "/></w:p>'), "field"),
        (in_body('<w:p><w:pPr><w:framePr w:w="9"/></w:pPr></w:p>'), "framePr"),
        (in_body('<w:p><w:hyperlink w:anchor="x"/></w:p>'), "hyperlink"),
        (in_body("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"), "section"),
        (in_section('<w:pgNumType w:start="5"/>'), "pgNumType"),
        (in_section('<w:pgNumType w:fmt="upperRoman"/>'), "pgNumType"),
        (in_section('<w:cols w:num="2"/>'), "columns"),
        (in_section('<w:type w:val="oddPage"/>'), "type"),
        (in_section('<w:footerReference w:type="even"/>'), "even"),
        (at_end("word/styles.xml", "<w:style><w:pPr><w:numPr/></w:pPr></w:style>"), "numPr"),
        (at_end("word/settings.xml", "<w:evenAndOddHeaders/>"), "evenAndOdd"),
        (at_end("word/settings.xml", "<w:mirrorMargins/>"), "mirrorMargins"),
        (lambda docx: with_change(docx, "word/document.xml", "<w:t>Nummer", "<w:t>\u05e9"), "right to left"),
        (lambda docx: with_members(docx, {"word/document.xml": b"<w:document <<<"}), "not readable"),
        (lambda docx: docx[: len(docx) // 2], "not readable"),
    ],
)
def test_a_document_with_more_than_text_and_tables_goes_alone(changed: Callable[[bytes], bytes], why: str) -> None:
    with pytest.raises(Doubt, match=why):
        Reader().pieces(changed(an_invoice_docx()))


def test_documents_of_one_template_are_alike_and_of_another_template_are_not() -> None:
    reader = Reader()
    one, other = (reader.pieces(an_invoice_docx(number)) for number in ("1", "2"))
    changed = reader.pieces(with_members(an_invoice_docx("3"), {"word/media/other.png": b"picture"}))
    assert one.form == other.form
    assert changed.form != one.form


@pytest.mark.parametrize("said", ["<dc:subject>Brood</dc:subject>", "<cp:keywords>9 %</cp:keywords>"])
def test_documents_that_say_other_things_of_themselves_than_a_title_are_not_alike(said: str) -> None:
    """What stands in the properties comes into the PDF: of a batch all would get those of the first."""
    reader = Reader()
    one = reader.pieces(an_invoice_docx("1"))
    other = reader.pieces(
        with_change(an_invoice_docx("2"), CORE, "</cp:coreProperties>", f"{said}</cp:coreProperties>")
    )
    assert one.form != other.form


def with_a_list(document: Document) -> Document:
    """The document with a numbered list of one point in it, as Word writes it."""
    relation = f'<Relationship Id="rId77" Type="{NUMBERING_RELATIONSHIP}" Target="numbering.xml"/></Relationships>'
    kind = f'<Override PartName="/word/numbering.xml" ContentType="{NUMBERING_TYPE}"/></Types>'
    docx = with_members(document.docx, {"word/numbering.xml": NUMBERING})
    docx = with_change(docx, "word/_rels/document.xml.rels", "</Relationships>", relation)
    docx = with_change(docx, "[Content_Types].xml", "</Types>", kind)
    return Document(document.name, in_body(LISTED)(docx))


@pytest.mark.libreoffice
def test_a_template_with_a_list_is_converted_singly(merging: Merging, office: WatchedOffice) -> None:
    conversions = list(merging.convert(map(with_a_list, some_documents(10))))
    assert all(conversion.pdf for conversion in conversions)
    assert office.together == 0


@pytest.mark.libreoffice
def test_a_template_that_comes_out_differently_in_company_loses_the_trial(
    merging: Merging,
    office: WatchedOffice,
    libreoffice: LibreOffice,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The list's numbers go on from one invoice to the next; here nobody has thought of lists."""
    lists = {f"{W}{word}" for word in ("numPr", "ilvl", "numId")}
    monkeypatch.setattr(pieces_module, "KNOWN", KNOWN | lists)
    documents = [with_a_list(document) for document in some_documents(30)]

    with caplog.at_level(logging.DEBUG, "factuurbode"):
        conversions = list(merging.convert(documents))

    assert "text that is not in the document" in caplog.text or "not the same" in caplog.text
    assert sorted(office.singly) == [document.name for document in documents]
    for alone, conversion in zip(libreoffice.convert(documents[:12]), conversions, strict=False):
        assert difference(alone.pdf, conversion.pdf) == ""


def with_a_spot(pdf: bytes) -> bytes:
    """*pdf* with a black square on its first page."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.pages[0].contents_add(b"q 0 0 60 60 re f Q")
        document.save(target)
    return target.getvalue()


@pytest.mark.libreoffice
def test_a_dot_that_differs_in_the_trial_is_enough_to_go_singly(
    merging: Merging, office: WatchedOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Every word is there, and the picture is not the same: as where a font or a frame came out otherwise."""
    documents = some_documents(30)
    monkeypatch.setattr(merging_module, "split", lambda pdf, own: [with_a_spot(one) for one in split(pdf, own)])

    with caplog.at_level(logging.DEBUG, "factuurbode"):
        conversions = list(merging.convert(documents))

    assert "not the same picture" in caplog.text
    assert sorted(office.singly) == [document.name for document in documents]
    assert [conversion.name for conversion in conversions] == [document.name for document in documents]


@pytest.mark.libreoffice
def test_two_batches_that_come_to_nothing_are_enough(
    merging: Merging, office: WatchedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trial is stood, but then every customer has something that cannot be told apart again."""
    documents = some_documents(80)
    calls: list[int] = []

    def split_once(pdf: bytes, own: Sequence[Own]) -> list[bytes]:
        calls.append(len(pdf))
        if len(calls) > 1:
            raise Doubt("made up")
        return split(pdf, own)

    monkeypatch.setattr(merging_module, "split", split_once)
    conversions = list(merging.convert(documents))

    assert [conversion.name for conversion in conversions] == [document.name for document in documents]
    assert all(conversion.pdf for conversion in conversions)
    assert sorted(office.singly) == [document.name for document in documents]
    assert office.together < 8
