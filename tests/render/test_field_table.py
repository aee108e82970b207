"""The table of fields is what an invoice really gives its template, and the docs are made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode.domain.mail_fields import MAIL_FIELDS
from factuurbode.domain.model import Language
from factuurbode.render.field_docs import PAGES, example_of, field_page
from factuurbode.render.field_table import FIELDS, FieldKind
from factuurbode.render.sample import full_sample, samples
from factuurbode.texts import texts_in

DOCS = Path(__file__).resolve().parents[2] / "docs"
SPOKEN = (Language.NL, Language.EN)


def paths(value: object, path: str = "") -> Iterator[str]:
    """The paths of all fields in *value*, as the table writes them."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from paths(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        yield path
        for entry in value:
            if isinstance(entry, dict):
                yield from paths(entry, f"{path}[]")
    else:
        yield path


@pytest.mark.parametrize("sort", samples(Language.NL))
def test_the_table_is_what_every_sort_of_invoice_gives(sort: str) -> None:
    given = set(paths(samples(Language.NL)[sort]))

    assert given | {"logo"} == {field.path for field in FIELDS}


def test_a_field_is_of_the_kind_that_the_table_says() -> None:
    fields = full_sample(Language.NL)

    for field in FIELDS:
        if "." not in field.path and field.kind is not FieldKind.PICTURE:
            kind = {FieldKind.TEXT: str, FieldKind.FLAG: bool, FieldKind.LIST: list}[field.kind]
            assert isinstance(fields[field.path], kind), field.name


@pytest.mark.parametrize("language", SPOKEN)
def test_every_field_has_a_meaning_and_a_text_has_an_example(language: Language) -> None:
    texts = texts_in(language)

    for field in FIELDS:
        assert texts(f"field.{field.name}")
        assert bool(example_of(field, texts)) == (field.kind is not FieldKind.PICTURE), field.name


def test_the_full_sample_leaves_no_text_empty() -> None:
    empty = {path for field in FIELDS if example_of(field, texts_in(Language.NL)) == "" for path in (field.path,)}

    assert empty == {"logo"}


@pytest.mark.parametrize("language", SPOKEN)
def test_the_committed_page_is_current(language: Language) -> None:
    page = DOCS / PAGES[language]

    assert page.read_text(encoding="utf-8") == field_page(language), (
        "make it anew: python -m factuurbode.render.field_docs docs"
    )


@pytest.mark.parametrize("language", SPOKEN)
def test_every_field_is_on_the_page_once(language: Language) -> None:
    invoice, _, mail = field_page(language).partition(texts_in(language)("field_page.mail_title"))

    for field in FIELDS:
        assert invoice.count(f"| `{field.name}` |") == 1
    for name in MAIL_FIELDS:
        assert mail.count(f"| `{name}` |") == 1
