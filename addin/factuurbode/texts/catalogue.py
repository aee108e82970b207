"""Looking up a sentence. A catalogue is a folder of TOML files beside this module, one file a subject."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ..domain.model import Language


class Texts:
    """The sentences of one language. `texts("problem.no_email", customer="0012")` fills in the facts."""

    def __init__(self, language: Language, sentences: Mapping[str, str]) -> None:
        self.language = language
        self._sentences = sentences

    def __call__(self, key: str, /, **facts: object) -> str:
        """The sentence of *key* with its facts. Raises KeyError for an unknown key or a fact that is missing."""
        return self._sentences[key].format_map(facts)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def raw(self, key: str) -> str:
        """The sentence of *key* with its facts still in braces, as documentation shows it."""
        return self._sentences[key]

    def known(self, fact: str) -> str:
        """The sentence when *fact* is the key of one that needs no facts itself; else *fact* as it is."""
        sentence = self._sentences.get(fact, fact)
        return fact if "{" in sentence else sentence

    def keys(self) -> frozenset[str]:
        """All keys of this catalogue."""
        return frozenset(self._sentences)


@cache
def texts_in(language: Language) -> Texts:
    """The catalogue of *language*.

    The program itself speaks Dutch and English. German and French have only what a customer reads on an invoice;
    the rest of their catalogues is English.
    """
    spoken = language if language in (Language.NL, Language.EN) else Language.EN
    sentences = _read(spoken)
    if language is not spoken:
        sentences |= _read(language)
    return Texts(spoken, sentences)


def _read(language: Language) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for subject in sorted(files(__package__).joinpath(language).iterdir(), key=lambda entry: entry.name):
        sentences.update(_flatten(tomllib.loads(subject.read_text(encoding="utf-8"))))
    return sentences


def _flatten(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    sentences: list[tuple[str, str]] = []
    for name, entry in table.items():
        key = f"{prefix}{name}"
        sentences += _flatten(entry, f"{key}.") if isinstance(entry, dict) else [(key, str(entry))]
    return sentences
