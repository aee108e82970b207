"""`factuurbode template`: check, fields and restore, as a person and as a program use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document as WordDocument

from factuurbode.assets import asset
from factuurbode.cli import main
from factuurbode.domain.model import Language
from support.word import SHIPPED, a_template

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(("language", "said"), [("nl", "is in orde"), ("en", "is fine")])
def test_a_good_template_is_fine(language: str, said: str, capsys: Captured) -> None:
    assert main(["--lang", language, "template", "check", str(SHIPPED)]) == 0
    assert said in capsys.readouterr().out


def test_faults_are_told_with_their_remedy_and_the_exit_code_says_so(tmp_path: Path, capsys: Captured) -> None:
    path = a_template(tmp_path / "own.docx", "{{ nummer }} {{ company.name }}")

    assert main(["--lang", "nl", "template", "check", str(path)]) == 1

    out = capsys.readouterr().out
    assert "● Het veld nummer bestaat niet. Bedoelt u number?" in out
    assert "● Op de factuur ontbreekt company.kvk (uw KvK-nummer); dat is wettelijk verplicht. Zet het veld in" in out
    assert "company.name (" not in out


def test_a_warning_alone_is_no_fault(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "own.docx"
    document = WordDocument(str(SHIPPED))
    document.add_paragraph("{{ ‘dank u’ }}")
    document.save(str(path))

    assert main(["--lang", "en", "template", "check", str(path)]) == 0
    assert "curly quotes" in capsys.readouterr().out


def test_a_program_gets_codes_and_facts(tmp_path: Path, capsys: Captured) -> None:
    path = a_template(tmp_path / "own.docx", "{{ nummer }}")

    assert main(["--lang", "en", "template", "check", str(path), "--json"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(path)
    assert told["findings"][0] == {
        "code": "unknown_field_near",
        "severity": "error",
        "facts": {"field": "nummer", "near": "number"},
        "message": "There is no field nummer. Do you mean number? See factuurbode template fields for the fields.",
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_cannot_be_read_is_told_with_its_own_exit_code(tmp_path: Path, language: str, capsys: Captured) -> None:
    (tmp_path / "own.docx").write_text("geen Word")

    for path, said in ((tmp_path / "own.docx", "Word"), (tmp_path / "weg.docx", "weg.docx")):
        assert main(["--lang", language, "template", "check", str(path)]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert said in captured.err
        assert "template_refused" not in captured.err


def test_the_fields_are_shown_in_both_languages_and_to_programs(capsys: Captured) -> None:
    for language, meaning, example in (("nl", "vervaldatum", "14 april 2026"), ("en", "due date", "14 April 2026")):
        assert main(["--lang", language, "template", "fields"]) == 0
        [line] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("due_date")]
        assert meaning in line
        assert example in line

    assert main(["--lang", "en", "template", "fields", "--json"]) == 0
    fields = {field["field"]: field for field in json.loads(capsys.readouterr().out)["fields"]}
    assert fields["company.kvk"]["law"] == "L2"
    assert fields["lines"]["example"] == "{%tr for line in lines %}"


def test_the_original_is_given_back_and_nothing_is_overwritten_unasked(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "own.docx"
    restore = ["--lang", "nl", "template", "restore", str(path)]

    assert main([*restore, "--language", "de"]) == 0
    assert str(path) in capsys.readouterr().out
    assert path.read_bytes() == asset("templates", f"invoice.{Language.DE}.docx").read_bytes()

    assert main(restore) == 2
    assert "bestaat al. Kies een andere naam, of geef --force op" in capsys.readouterr().err
    assert main([*restore, "--force"]) == 0
    assert path.read_bytes() == SHIPPED.read_bytes()
