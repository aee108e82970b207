"""A font of the template that is not on this computer is told once for a run, not once for each invoice."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument

from factuurbode.domain.model import Language
from factuurbode.texts import problem_sentence, texts_in
from support.mailserver import MailServer
from support.word import SHIPPED
from support.world import a_world

pytestmark = pytest.mark.libreoffice


def test_a_font_that_is_not_there_is_told_once(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> None:
    template = WordDocument(str(SHIPPED))
    template.add_paragraph().add_run("Tot ziens").font.name = "Proefletter Nergens"
    template.save(str(tmp_path / "eigen.docx"))
    world = a_world(tmp_path, invoice_pdf, server, settings={"general.template": str(tmp_path / "eigen.docx")})

    report = world.press()

    [warning] = [problem for problem in report.warnings if problem.code == "font_replaced"]
    assert "Proefletter Nergens" in problem_sentence(texts_in(Language.NL), warning)
    assert len(server.messages()) == 1
    assert [problem.code for problem in world.press().warnings if problem.code == "font_replaced"] == []
