"""Every receipt has its sentence, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import factuurbode.deliver
import factuurbode.steps
from factuurbode.domain.model import Language
from factuurbode.errors import FactuurError, KeyringUnusable, SignInError
from factuurbode.texts import texts_in

CODE = re.compile(r'"((?:mail|print)_[a-z_]+)"')


def codes_in(room: ModuleType) -> set[str]:
    sources = Path(room.__path__[0]).glob("*.py")
    return {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}


def codes_of_what_is_lacking() -> set[str]:
    """Those of the errors that keep credentials from being shown."""
    kinds = (*_kinds(SignInError), *_kinds(KeyringUnusable))
    return {f"mail_{error.code}" for error in kinds if hasattr(error, "code")}


def _kinds(error: type[FactuurError]) -> set[type[FactuurError]]:
    return {error}.union(*(_kinds(kind) for kind in error.__subclasses__()))


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_the_sentences_are_those_of_the_codes(language: Language) -> None:
    texts = texts_in(language)
    keys = texts.keys()
    told = {key.removeprefix("outcome.") for key in keys if re.match(r"outcome\.(mail|print)_", key)}
    problems = {key.removeprefix("problem.") for key in keys if key.startswith("problem.")}
    written = (codes_in(factuurbode.deliver) | codes_in(factuurbode.steps)) - problems
    assert written <= told <= written | codes_of_what_is_lacking()


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_a_sentence_needs_no_facts(language: Language) -> None:
    texts = texts_in(language)
    assert all(texts(f"outcome.{code}").endswith(".") for code in codes_in(factuurbode.deliver))
