"""The templates that ship with the product are what their source builds, and a baker can restyle them."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table

from factuurbode.assets import asset
from factuurbode.domain.filenames import document_name
from factuurbode.domain.model import Kind, Language

LANGUAGES = ("nl", "en", "de", "fr")
BUILDER = Path(__file__).resolve().parents[2] / "templates" / "build_templates.py"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    subprocess.run([sys.executable, BUILDER, folder], check=True, capture_output=True)
    return folder


def test_the_committed_templates_are_a_fresh_build(fresh: Path) -> None:
    built = {path.name: path.read_bytes() for path in fresh.iterdir()}

    assert {f"invoice.{language}.docx" for language in Language} < set(built)
    assert built == {name: asset("templates", name).read_bytes() for name in built}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_tags(fresh: Path, language: str) -> None:
    def tags(language: str) -> list[str]:
        with zipfile.ZipFile(fresh / f"invoice.{language}.docx") as package:
            texts = [package.read(f"word/{part}.xml").decode() for part in ("document", "header2", "footer1")]
        return [tag for text in texts for tag in re.findall(r"{[{%].*?[%}]}", text)]

    assert tags(language) == tags("nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_calls_a_document_what_its_mail_and_its_file_call_it(language: str) -> None:
    names = [document_name(kind, Language(language)) for kind in (Kind.CREDIT_NOTE, Kind.INVOICE)]
    title = "{{% if credit_note %}}{}{{% else %}}{}{{% endif %}}".format(*names)

    assert title in WordDocument(str(asset("templates", f"invoice.{language}.docx"))).element.xml


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_has_a_style_with_a_name_of_its_own(language: str) -> None:
    document = WordDocument(str(asset("templates", f"invoice.{language}.docx")))
    prefix = {"nl": "Factuur ", "en": "Invoice ", "de": "Rechnung ", "fr": "Facture "}[language]
    section = document.sections[0]
    stories = (document, section.header, section.first_page_header, section.footer, section.first_page_footer)

    names = {style.style_id: style.name for style in document.styles}

    used = {names[str(style.get(qn("w:val")))] for story in stories for style in story._element.iter(qn("w:pStyle"))}

    assert used
    assert all(name and name.startswith(prefix) for name in used)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_formatted_past_its_style(language: str) -> None:
    document = WordDocument(str(asset("templates", f"invoice.{language}.docx")))

    for properties in document.element.body.iter(qn("w:rPr")):
        assert {child.tag for child in properties} <= {qn("w:rStyle")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_have_a_header_on_every_page_and_do_not_break(language: str) -> None:
    lines = _line_table(language)

    header, _, line, *_ = lines.rows
    assert header._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    for row in (header, line):
        assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_no_table_style_which_would_slow_every_conversion(language: str) -> None:
    document = WordDocument(str(asset("templates", f"invoice.{language}.docx")))

    assert list(document.element.body.iter(qn("w:tblStyle"))) == []


def _line_table(language: str) -> Table:
    document = WordDocument(str(asset("templates", f"invoice.{language}.docx")))
    return next(table for table in document.tables if "line.description" in table._tbl.xml)
