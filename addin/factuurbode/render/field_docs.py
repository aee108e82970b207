"""The documentation of the fields, in Dutch and English: `python -m factuurbode.render.field_docs docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from ..domain.mail_fields import MAIL_FIELDS
from ..domain.model import Language, VatTreatment
from ..texts import Texts, texts_in
from .field_table import FIELDS, Field, FieldKind
from .sample import full_sample, samples

PAGES: Mapping[Language, str] = {Language.NL: "sjabloonvelden.md", Language.EN: "template-fields.md"}


def example_of(field: Field, texts: Texts) -> str:
    """What *field* may give: its value on the sample invoice, or how a list is gone through."""
    if field.kind is FieldKind.LIST:
        one, tag = {"address": ("line", "p"), "vat": ("tariff", "tr")}.get(field.name, ("line", "tr"))
        return f"{{%{tag} for {one} in {field.name} %}}"
    if field.kind is FieldKind.FLAG:
        return f"{texts('field_page.yes')} / {texts('field_page.no')}"
    if field.kind is FieldKind.PICTURE:
        return ""
    if field.name == "corrects":
        return str(samples(texts.language)["credit_note"]["corrects"])
    foreign = field.name in ("customer.vat_number", "company.country")
    treatment = VatTreatment.INTRA_EU if foreign else VatTreatment.STANDARD
    return _looked_up(full_sample(texts.language, treatment), field)


def field_page(language: Language) -> str:
    """The page of Markdown about the fields."""
    texts = texts_in(language)
    heads = [texts(f"field_page.{key}") for key in ("field", "meaning", "example", "law")]
    told = "\n\n".join(texts(f"field_page.{key}") for key in ("intro", "conditions", "care"))
    tables = "".join(_table(group, list(fields), heads, texts) for group, fields in groupby(FIELDS, _group))
    return f"# {texts('field_page.title')}\n\n{told}\n{tables}{_mail(texts)}\n{texts('field_page.generated')}\n"


def _mail(texts: Texts) -> str:
    heads = f"| {texts('field_page.field')} | {texts('field_page.meaning')} |\n|---|---|"
    rows = "\n".join(f"| `{name}` | {texts(f'mail_field.{name}')} |" for name in MAIL_FIELDS)
    return f"\n## {texts('field_page.mail_title')}\n\n{texts('field_page.mail_intro')}\n\n{heads}\n{rows}\n"


def _group(field: Field) -> str:
    return field.group


def _table(group: str, fields: Sequence[Field], heads: Sequence[str], texts: Texts) -> str:
    return "\n".join(("", f"## {texts(f'field_group.{group}')}", "", *_rows(fields, heads, texts), ""))


def _rows(fields: Sequence[Field], heads: Sequence[str], texts: Texts) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for field in fields:
        example = example_of(field, texts)
        shown = f"`{example}`" if field.kind is FieldKind.LIST else example
        law = texts("field_page.yes") if field.law else ""
        yield f"| `{field.name}` | {texts(f'field.{field.name}')} | {shown} | {law} |"


def _looked_up(fields: Mapping[str, object], field: Field) -> str:
    value: object = fields
    for key in field.path.split("."):
        if isinstance(value, Mapping):
            value = value[key.removesuffix("[]")]
        if isinstance(value, list):
            value = value[0]
    return str(value).replace("\u00a0", " ")


if __name__ == "__main__":
    for language, name in PAGES.items():
        (Path(sys.argv[1]) / name).write_text(field_page(language), encoding="utf-8")
