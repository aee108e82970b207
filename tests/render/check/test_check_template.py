"""The check of a baker's own template: what is wrong is named, what is right is left alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.shared import Mm
from PIL import Image

from factuurbode.assets import asset
from factuurbode.domain.model import Language
from factuurbode.domain.problems import Severity
from factuurbode.errors import TemplateMissing, TemplateRefused
from factuurbode.render.check import Finding, check_template
from support.by_docxtpl import part
from support.documents import with_members
from support.word import SHIPPED, a_template, changed_template


def found(path: Path, *codes: str) -> list[dict[str, str]]:
    """The facts of the findings with one of *codes*."""
    return [dict(finding.facts) for finding in check_template(path) if finding.code in codes]


def spoilt(tmp_path: Path, old: str, new: str) -> tuple[Finding, ...]:
    """What the check says of the shipped template in which *old* became *new*."""
    return check_template(changed_template(tmp_path / "own.docx", old, new))


@pytest.mark.parametrize("language", Language)
def test_the_shipped_templates_are_without_fault(language: Language) -> None:
    assert check_template(asset("templates", f"invoice.{language}.docx")) == ()


# --- fields ---
@pytest.mark.parametrize(
    ("written", "name", "near"),
    [
        ("{{ nummer }}", "nummer", "number"),
        ("{{ company.naam }}", "company.naam", "company.name"),
        ("{{ company['naam'] }}", "company.naam", "company.name"),
        ("{{ companyname }}", "companyname", "company.name"),
        ("{{ customer.vatnumber }}", "customer.vatnumber", "customer.vat_number"),
        ("{% for regel in lines %}{{ regel.quantiti }}{% endfor %}", "regel.quantiti", "regel.quantity"),
        ("{% for one in vat|sort(attribute='rate') %}{{ one.taxabel }}{% endfor %}", "one.taxabel", "one.taxable"),
        ("{% set c = company %}{{ c.stret }}", "c.stret", "c.street"),
        ("{% if creditnote %}x{% endif %}", "creditnote", "credit_note"),
        ("{{ date if totaal else '' }}", "totaal", "total"),
        ("{{ quantity }}", "quantity", "line.quantity"),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest_known_one(
    tmp_path: Path, written: str, name: str, near: str
) -> None:
    path = a_template(tmp_path / "own.docx", written)

    assert found(path, "unknown_field", "unknown_field_near") == [{"field": name, "near": near}]
    assert not found(path, "fails", "not_understood")


def test_a_field_like_no_other_is_named_alone(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{{ xqzwv }}")

    assert found(path, "unknown_field") == [{"field": "xqzwv"}]


@pytest.mark.parametrize(
    "written",
    [
        "{{ number|upper }} {{ date[:4] }} {{ remark.upper() }} {{ '%s' % total }}",
        "{% for line in lines %}{{ loop.index }} {{ line.get('unit') }} {{ line['unit'] }}{% endfor %}",
        "{% for key, value in company.items() %}{{ key }} {{ value }}{% endfor %}",
        "{% set x = 1 %}{{ x }} {% with y = number %}{{ y }}{% endwith %} {{ range(3)|list }} {{ lines[0].unit }}",
        "{% macro bold(text) %}{{ text }}{% endmacro %}{{ bold(number) }} {{ address|join(', ') }} {{ lines|length }}",
        "{% for part in address %}{{ part }}{% else %}{{ customer.name }}{% endfor %} {{ logo }}",
    ],
)
def test_what_jinja_can_do_is_no_fault(tmp_path: Path, written: str) -> None:
    path = a_template(tmp_path / "own.docx", written)

    assert [one for one in check_template(path) if not one.code.startswith("law_")] == []


def test_names_are_found_in_a_template_that_is_not_understood_as_a_whole(tmp_path: Path) -> None:
    path = a_template(
        tmp_path / "own.docx", "{% for r in lines %}{{ r.qantity }}{% endfor %}", "{{ total | }}", "{% if nummer %}x"
    )

    assert found(path, "unknown_field_near") == [
        {"field": "r.qantity", "near": "r.quantity"},
        {"field": "nummer", "near": "number"},
    ]
    assert len(found(path, "not_understood")) == 1


# --- tags that Word spoilt ---
def test_a_tag_that_word_cut_up_within_its_paragraph_is_fine(tmp_path: Path) -> None:
    cut = "{</w:t></w:r><w:proofErr/><w:r><w:t>{ due</w:t></w:r><w:r><w:rPr/><w:t>_date }</w:t></w:r><w:r><w:t>}"

    assert spoilt(tmp_path, "{{ due_date }}", cut) == ()


@pytest.mark.parametrize("between", ["</w:t></w:r></w:p><w:p><w:r><w:t>", "</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>"])
def test_a_tag_over_two_paragraphs_is_not_whole(tmp_path: Path, between: str) -> None:
    findings = spoilt(tmp_path, "{{ remark }}", f"{{{{ remark {between}}}}}")

    assert findings == (Finding("tag_split", {"tag": "{{ remark", "place": "template_place.body"}),)


@pytest.mark.parametrize("written", ["{{ number } en meer", "{% if date en meer", "meer }} zonder begin"])
def test_half_a_tag_is_not_whole(tmp_path: Path, written: str) -> None:
    assert len(found(a_template(tmp_path / "own.docx", "{{ date }}", written), "tag_split")) == 1


@pytest.mark.parametrize("written", ["{ { number } }", "{number}", "{ % if date % }", "{ company.name }"])
def test_a_tag_with_loose_or_single_braces_would_appear_literally(tmp_path: Path, written: str) -> None:
    assert found(a_template(tmp_path / "own.docx", written), "loose_brace")


@pytest.mark.parametrize("written", ["{_{ number }_}", "a { b", "{1}", "{{ '{' }}", "{{ {'a': 1}['a'] }}"])
def test_braces_that_are_meant_are_left_alone(tmp_path: Path, written: str) -> None:
    assert not found(a_template(tmp_path / "own.docx", written), "loose_brace", "tag_split", "unknown_field")


def test_curly_quotes_are_a_warning_where_they_are_mended_and_a_fault_where_not(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{{ ‘x’ }}", "{{ „x” }}", "{{ « x » }}", "„gewone tekst”")

    found_quotes = [(one.code, one.severity, one.facts["tag"]) for one in check_template(path) if "quotes" in one.code]

    assert found_quotes == [
        ("curly_quotes", Severity.WARNING, "{{ ‘x’ }}"),
        ("wrong_quotes", Severity.ERROR, "{{ „x” }}"),
        ("wrong_quotes", Severity.ERROR, "{{ « x » }}"),
    ]


STRUCK = '</w:t></w:r><w:del w:id="9" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>'
HIDDEN = "</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>niet   voor de klant</w:t></w:r><w:r><w:t>"
COMMENTED = '</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>'


@pytest.mark.parametrize(
    ("added", "code", "facts"),
    [
        (STRUCK, "tracked_changes", {}),
        (HIDDEN, "hidden_text", {"text": "niet voor de klant"}),
        (COMMENTED, "comments", {}),
    ],
)
def test_what_is_left_out_of_an_invoice_is_told_as_a_warning(
    tmp_path: Path, added: str, code: str, facts: dict[str, str]
) -> None:
    findings = spoilt(tmp_path, "{{ remark }}", f"{{{{ remark }}}}{added}")

    assert findings == (Finding(code, {"place": "template_place.body", **facts}, Severity.WARNING),)


def test_a_document_without_tags_is_told_in_one_sentence(tmp_path: Path) -> None:
    assert check_template(a_template(tmp_path / "own.docx", "Geachte heer, { zie bijlage }", "100%")) == (
        Finding("no_tags"),
    )


def test_a_document_whose_tags_are_all_spoilt_is_told_of_those(tmp_path: Path) -> None:
    findings = check_template(a_template(tmp_path / "own.docx", "{ { number } }"))

    assert findings[0] == Finding("loose_brace", {"tag": "{ { number } }", "place": "template_place.body"})


def test_a_tag_that_begins_in_a_text_box_does_not_end_outside_it(tmp_path: Path) -> None:
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>{{ date</w:t></w:r></w:p></w:txbxContent></w:pict>"
    around = f"</w:t></w:r><w:r>{box}</w:r><w:r><w:t xml:space='preserve'> }}}} einde"

    findings = spoilt(tmp_path, "{{ remark }}", around)

    assert {one.facts["tag"] for one in findings if one.code == "tag_split"} == {"{{ date", "}}"}


def test_the_same_fault_in_both_headers_is_told_once(tmp_path: Path) -> None:
    document = WordDocument(str(SHIPPED))
    section = document.sections[0]
    for header in (section.header, section.first_page_header):
        header.add_paragraph("{ { number } }")
    document.save(str(tmp_path / "own.docx"))

    assert len(check_template(tmp_path / "own.docx")) == 1


def test_a_fault_in_header_or_footer_says_so(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{{ number }}", footer="{{ date")

    assert found(path, "tag_split") == [{"tag": "{{ date", "place": "template_place.footer"}]


# --- the law ---
LEGAL = [
    ("{{ number }}", "", "number"),
    ("{{ date }}", "", "date"),
    ("{{ company.street }}", "", "company.street"),
    ("company.kvk", "company.bic", "company.kvk"),
    ("{{ line }}", "", "address"),
    ("{{ line.delivered }}", "", "line.delivered"),
    ("{{ line.quantity }}", "", "line.quantity"),
    ("{{ line.vat_rate }}", "", "line.vat_rate"),
    ("{{ tariff.taxable }}", "", "tariff.taxable"),
    ("{{ total }}", "", "total"),
    ("{{ corrects }}", "", "corrects"),
    ("{{ customer.vat_number }}", "", "customer.vat_number"),
]


@pytest.mark.parametrize(("old", "new", "field"), LEGAL, ids=[field for _, _, field in LEGAL])
def test_a_legal_field_that_is_not_printed_is_told(tmp_path: Path, old: str, new: str, field: str) -> None:
    findings = spoilt(tmp_path, old, new)

    assert [(finding.code, finding.facts["field"]) for finding in findings] == [("law_missing", field)]


@pytest.mark.parametrize("flag", ["intra_eu", "export", "reverse_charge", "small_business", "exempt", "credit_note"])
def test_a_legal_reason_that_is_never_given_is_told(tmp_path: Path, flag: str) -> None:
    findings = spoilt(tmp_path, flag, "to_pay")

    told = [(finding.code, finding.facts["field"]) for finding in findings]
    assert told == [("law_missing", "corrects")] * (flag == "credit_note") + [("law_not_asked", flag)]


@pytest.mark.parametrize(
    "written",
    [
        "{% if False %}{{ number }}{% endif %}",
        "{% if 1 == 2 %}{{ number }}{% endif %}",
        "{% if credit_note and not credit_note %}{{ number }}{% endif %}",
        "{% if language == 'xx' %}{{ number }}{% endif %}",
        "{% for line in [] %}{{ number }}{% endfor %}",
        "{% macro never() %}{{ number }}{% endmacro %}",
        "{% set x = number %}",
        "{{ 'x' if number else 'y' }}",
        "{{ number|length }}",
        "{# {{ number }} #}",
        "{{ date if true else number }}",
        "{{ '' and number }}",
    ],
)
def test_a_field_that_no_invoice_shows_is_not_printed(tmp_path: Path, written: str) -> None:
    findings = spoilt(tmp_path, "{{ number }}", written)

    assert [finding.facts["field"] for finding in findings] == ["number"]
    assert findings[0].code == "law_missing"


@pytest.mark.parametrize(
    "written",
    [
        "{{ number|upper }}",
        "{{ number[5:] }}",
        "{{ number.split('-')[1] }}",
        "{% set x = number %}{{ x }}",
        "{% macro it() %}{{ number }}{% endmacro %}{{ it() }}",
        "{% if language == 'nl' %}{{ number }}{% endif %}",
        "{% if False %}{% else %}{{ number }}{% endif %}",
        "{{ '%s' % number }}",
        "{{ date ~ number }}",
    ],
)
def test_a_field_that_is_shown_in_another_way_is_printed(tmp_path: Path, written: str) -> None:
    assert spoilt(tmp_path, "{{ number }}", written) == ()


@pytest.mark.parametrize("flag", ["intra_eu", "credit_note"])
def test_a_question_to_which_nothing_is_answered_is_not_asked(tmp_path: Path, flag: str) -> None:
    findings = spoilt(tmp_path, flag, f"False and {flag}")

    assert ("law_not_asked", flag) in [(finding.code, finding.facts["field"]) for finding in findings]


@pytest.mark.parametrize("run", ["<w:r><w:rPr><w:vanish/></w:rPr>{}</w:r>", "<w:del><w:r>{}</w:r></w:del>"])
def test_a_field_that_nobody_can_read_is_not_printed(tmp_path: Path, run: str) -> None:
    text = "<w:t>{{ number }}</w:t>"
    for piece, missing in ((f"<w:r>{text}</w:r>", False), (run.format(text), True)):
        path = a_template(tmp_path / "own.docx", "{{ date }}")
        document = part(path.read_bytes()).replace(b"<w:sectPr", f"<w:p>{piece}</w:p><w:sectPr".encode())
        path.write_bytes(with_members(path.read_bytes(), {"word/document.xml": document}))

        assert ("number" in [facts["field"] for facts in found(path, "law_missing")]) is missing


def test_a_field_in_a_header_that_no_page_has_is_not_printed(tmp_path: Path) -> None:
    document = WordDocument(str(a_template(tmp_path / "own.docx", "{{ date }}")))
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{ number }}"
    section.even_page_header.paragraphs[0].text = "{{ total }}"
    document.save(str(tmp_path / "own.docx"))
    missing = [facts["field"] for facts in found(tmp_path / "own.docx", "law_missing")]
    assert "number" not in missing
    assert "total" in missing

    section.different_first_page_header_footer = False
    document.settings.odd_and_even_pages_header_footer = True
    document.save(str(tmp_path / "own.docx"))
    missing = [facts["field"] for facts in found(tmp_path / "own.docx", "law_missing")]
    assert "number" in missing
    assert "total" not in missing


def test_asking_for_a_field_is_not_printing_it(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{% if number %}x{% endif %}")

    assert "number" in [facts["field"] for facts in found(path, "law_missing")]


def test_a_list_that_is_printed_whole_is_printed(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{{ address|join(', ') }}")

    assert "address" not in [facts["field"] for facts in found(path, "law_missing")]


# --- pictures ---
def with_picture(path: Path, size: tuple[int, int], width_mm: float, noise: bool = False) -> Path:
    picture = Image.effect_noise(size, 80) if noise else Image.new("RGB", size, "#9a5b13")
    png = io.BytesIO()
    picture.save(png, "PNG")
    document = WordDocument(str(SHIPPED))
    document.add_paragraph().add_run().add_picture(io.BytesIO(png.getvalue()), width=Mm(width_mm))
    document.save(str(path))
    return path


def test_a_picture_finer_than_print_is_told_with_its_figures(tmp_path: Path) -> None:
    [finding] = check_template(with_picture(tmp_path / "own.docx", (2400, 800), 50.8))

    assert (finding.code, finding.severity) == ("picture_fine", Severity.WARNING)
    assert (finding.facts["picture"], finding.facts["dots"]) == ("image1.png", "1200")


def test_a_picture_as_fine_as_print_is_fine(tmp_path: Path) -> None:
    assert check_template(with_picture(tmp_path / "own.docx", (600, 200), 50.8)) == ()


def test_a_picture_cropped_to_what_is_printed_counts_as_what_is_left(tmp_path: Path) -> None:
    path = with_picture(tmp_path / "own.docx", (1200, 400), 50.8)
    document = WordDocument(str(path))
    [fill] = document.element.iter("{*}blipFill")
    fill.insert(1, fill.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect", {"l": "50000"}))
    document.save(str(path))

    assert check_template(path) == ()


def test_a_large_file_is_told_although_it_is_no_finer_than_print(tmp_path: Path) -> None:
    [finding] = check_template(with_picture(tmp_path / "own.docx", (1000, 600), 150, noise=True))

    assert finding.code == "picture_heavy"
    assert int(finding.facts["size"]) > 300


# --- the trial ---
def test_a_fault_that_shows_only_on_some_invoices_names_the_sort(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{% if credit_note %}{{ number + 1 }}{% endif %}")

    [facts] = found(path, "fails")

    assert facts["sort"] == "template_sort.credit_note"
    assert "{{ number + 1 }}" in facts["detail"]


def test_what_fails_when_a_field_is_empty_is_found(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{{ 1 / (reference|length) }}")

    assert [facts["sort"] for facts in found(path, "fails")] == ["template_sort.bare"]


def test_an_unknown_filter_and_an_unclosed_block_are_not_understood(tmp_path: Path) -> None:
    for written in ("{{ total|geld }}", "{% if date %}zonder einde"):
        assert len(found(a_template(tmp_path / "own.docx", written), "not_understood")) == 1


def test_a_template_cannot_reach_python(tmp_path: Path) -> None:
    path = a_template(tmp_path / "own.docx", "{{ number.__class__.__mro__ }}", "{{ remark|safe }}")

    assert found(path, "fails", "not_understood")


# --- what cannot be a template at all ---
def test_what_is_no_template_is_refused_as_it_is_when_sending(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"Geachte heer")

    with pytest.raises(TemplateRefused, match="not_docx"):
        check_template(tmp_path / "own.docx")
    with pytest.raises(TemplateMissing):
        check_template(tmp_path / "weg.docx")


def test_a_document_that_lacks_a_part_is_refused(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(SHIPPED) as source,
        zipfile.ZipFile(tmp_path / "own.docx", "w") as target,
    ):
        for name in source.namelist():
            if name != "word/styles.xml":
                target.writestr(name, source.read(name))

    with pytest.raises(TemplateRefused, match="not_docx"):
        check_template(tmp_path / "own.docx")
