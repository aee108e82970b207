"""Every receipt has its sentence, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import factuurbode.deliver
from factuurbode.domain.model import Language
from factuurbode.texts import texts_in

CODE = re.compile(r'"((?:mail|print)_[a-z_]+)"')


def codes_in_the_source() -> set[str]:
    folder = Path(factuurbode.deliver.__path__[0])
    return {code for path in folder.glob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_the_sentences_are_those_of_the_codes(language: Language) -> None:
    texts = texts_in(language)
    keys = texts.keys()
    told = {key.removeprefix("outcome.") for key in keys if re.match(r"outcome\.(mail|print)_", key)}
    assert told == codes_in_the_source()


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_a_sentence_needs_no_facts(language: Language) -> None:
    texts = texts_in(language)
    assert all(texts(f"outcome.{code}").endswith(".") for code in codes_in_the_source())
