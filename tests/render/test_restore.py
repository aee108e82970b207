"""Giving the original template back."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.assets import asset
from factuurbode.domain.model import Language
from factuurbode.errors import StorageError, TemplateExists
from factuurbode.render.restore import restore_template


def original(language: Language) -> bytes:
    return asset("templates", f"invoice.{language}.docx").read_bytes()


@pytest.mark.parametrize("language", Language)
def test_the_original_is_given_back_in_every_language(tmp_path: Path, language: Language) -> None:
    path = restore_template(tmp_path / "mijn factuur.docx", language)

    assert path == tmp_path / "mijn factuur.docx"
    assert path.read_bytes() == original(language)


def test_in_a_folder_it_has_its_own_name_and_without_an_ending_it_gets_one(tmp_path: Path) -> None:
    assert restore_template(tmp_path, Language.FR) == tmp_path / "invoice.fr.docx"
    assert restore_template(tmp_path / "factuur v1.2", Language.NL) == tmp_path / "factuur v1.2.docx"


def test_what_stands_there_is_kept_unless_it_may_be_overwritten(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    own.write_text("mine")

    with pytest.raises(TemplateExists):
        restore_template(own, Language.NL)
    assert own.read_text() == "mine"

    restore_template(own, Language.NL, overwrite=True)
    assert own.read_bytes() == original(Language.NL)
    assert [path.name for path in tmp_path.iterdir()] == ["own.docx"]


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        restore_template(tmp_path / "weg" / "own.docx", Language.NL)

    assert list(tmp_path.iterdir()) == []
