"""Everything that an import can say has its sentence, in Dutch and in English."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import factuurbode.importing
from factuurbode.domain.model import Language
from factuurbode.importing.fault import Fault
from factuurbode.texts import texts_in

SOURCES = sorted(Path(factuurbode.importing.__file__).parent.rglob("*.py"))
SPOKEN = (Language.NL, Language.EN)


def keys_in(language: Language) -> list[str]:
    return sorted(key for key in texts_in(language).keys() if key.startswith("import."))  # noqa: SIM118 - no mapping


def codes() -> Iterator[str]:
    """The keys in `import.…` that the code can ask for, as patterns."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                group = {"Fault": "reason.", "Misread": "reason.", "Remark": ""}.get(node.func.id)
                if group is not None and (pattern := _pattern(node.args[0])):
                    yield re.escape(group) + pattern


def _pattern(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)
    if isinstance(node, ast.IfExp):
        return f"(?:{_pattern(node.body)}|{_pattern(node.orelse)})"
    return ""


def test_every_reason_and_remark_has_its_sentence() -> None:
    keys = [key.removeprefix("import.") for key in keys_in(Language.NL)]
    asked = set(codes())

    assert len(asked) > 30
    assert {pattern for pattern in asked if not any(re.fullmatch(pattern, key) for key in keys)} == set()


def test_no_reason_stands_there_for_nothing() -> None:
    reasons = {key.removeprefix("import.") for key in keys_in(Language.NL) if key.startswith("import.reason.")}
    from_cells = {f"reason.{code}" for code in ("choice_unknown", "country_unreadable", "identifier_is_date")}
    asked = set(codes()) - {re.escape("reason.") + ".+"}

    unused = {key for key in reasons - from_cells if not any(re.fullmatch(pattern, key) for pattern in asked)}
    assert unused == set()


@pytest.mark.parametrize("language", SPOKEN)
def test_a_reason_asks_for_no_more_than_a_fault_knows(language: Language) -> None:
    texts = texts_in(language)
    facts = Fault("", "Kolom", "waarde", "bijzonderheid").reason.facts

    for key in keys_in(language):
        if key.startswith("import.reason."):
            asked = {name for _, name, _, _ in string.Formatter().parse(texts.raw(key)) if name}
            assert asked <= facts.keys(), key
            assert texts(key, **facts).endswith((".", "?"))
