"""A baker's own mail texts are checked before a customer gets one."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.assets import asset
from factuurbode.deliver.letter import mail_values
from factuurbode.domain.mail_fields import MAIL_FIELDS
from factuurbode.domain.model import Language
from factuurbode.domain.settings import Settings
from factuurbode.errors import MailTextsMissing
from factuurbode.render.restore import restore_mail_texts
from factuurbode.render.sample import sample_company, sample_invoices
from factuurbode.steps.mail_check import _amounts, check_mail_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The product's own Dutch texts, to spoil."""
    restore_mail_texts(tmp_path / "teksten", Language.NL)
    return tmp_path / "teksten"


def changed(folder: Path, name: str, old: str, new: str) -> list[tuple[str, dict[str, str]]]:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return told(folder)


def told(folder: Path) -> list[tuple[str, dict[str, str]]]:
    return [(finding.code, dict(finding.facts)) for finding in check_mail_texts(folder)]


def test_the_texts_of_the_product_are_fine_in_every_language() -> None:
    assert check_mail_texts(asset("templates")) == ()


def test_the_known_fields_are_those_that_a_mail_is_given() -> None:
    invoice = sample_invoices(Language.NL)["full"]
    values = mail_values(invoice, Settings(company=sample_company()), _amounts(invoice, Language.NL), Language.NL)
    assert tuple(values) == MAIL_FIELDS


@pytest.mark.parametrize("name", ["mail.nl.txt", "mail.nl.html"])
def test_a_code_that_is_not_understood_is_told_with_its_line(folder: Path, name: str) -> None:
    [(code, facts)] = changed(folder, name, "{% if credit_note %}", "{% if credit_note %")
    assert code == "letter_not_understood"
    assert facts["file"] == name
    assert facts["line"].isdecimal()


@pytest.mark.parametrize("name", ["mail.nl.txt", "mail.nl.html"])
@pytest.mark.parametrize(
    ("typed", "code", "near"),
    [("nummer", "letter_unknown_field_near", "number"), ("bedrag_te_voldoen", "letter_unknown_field", None)],
)
def test_a_field_that_does_not_exist_is_named_with_one_that_does(
    folder: Path, name: str, typed: str, code: str, near: str | None
) -> None:
    [(found, facts)] = changed(folder, name, "{{ number }}", f"{{{{ {typed} }}}}")
    assert (found, facts["field"], facts["file"], facts.get("near")) == (code, typed, name, near)


def test_a_field_in_a_part_that_only_credit_notes_show_is_found_too(folder: Path) -> None:
    [(code, _)] = changed(folder, "mail.nl.html", "corrects if corrects", "corects if corrects")
    assert code == "letter_unknown_field_near"


def test_a_text_without_its_subject_is_told(folder: Path) -> None:
    assert changed(folder, "mail.nl.txt", "Subject:", "Onderwerp:") == [("letter_no_subject", {"file": "mail.nl.txt"})]


def test_a_text_that_fails_only_on_some_invoices_names_the_sort(folder: Path) -> None:
    [(code, facts)] = changed(folder, "mail.nl.txt", "corrects if corrects", "corrects.a.b if corrects")
    assert code == "letter_fails"
    assert facts["sort"] == "template_sort.credit_note"


def test_a_text_may_not_reach_into_the_program(folder: Path) -> None:
    reaching = "{{ number.__class__.__mro__ }}"
    [(code, _)] = changed(folder, "mail.nl.txt", "Met vriendelijke groet", reaching)
    assert code == "letter_fails"


@pytest.mark.parametrize(("gone", "left"), [("mail.nl.html", "mail.nl.txt"), ("mail.nl.txt", "mail.nl.html")])
def test_half_a_mail_is_told(folder: Path, gone: str, left: str) -> None:
    (folder / gone).unlink()
    assert told(folder) == [("letter_part_missing", {"file": gone, "beside": left})]


def test_a_file_that_is_no_text_is_told(folder: Path) -> None:
    (folder / "mail.nl.txt").write_bytes(b"Subject: \xff\xfe\x00")
    assert [code for code, _ in told(folder)] == ["letter_not_text"]


def test_without_any_text_there_is_nothing_to_check(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "weg"):
        with pytest.raises(MailTextsMissing):
            check_mail_texts(folder)
