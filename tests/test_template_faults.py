"""Why a template is not understood is said in the reader's words, whatever Jinja calls it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from factuurbode.domain.model import Language
from factuurbode.template_faults import reason_of
from factuurbode.texts import texts_in

# Every sentence with which Jinja 3.1 turns a template away; `*` is what it fills in. All others are "written" wrongly.
KNOWN = {
    "unclosed": {
        "Missing end of comment tag",
        "Missing end of raw directive",
        "unexpected end of template, expected *.",
        "Unexpected end of template.",
    },
    "misplaced": {"tag name expected", "Encountered unknown tag *."},
    "unknown_filter": {"No * named *."},
    "written": {
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, "
        "use an underscore instead.",
        "Required blocks can only contain comments or whitespace",
        "names starting with an underline can not be imported",
        "non-default argument follows default argument",
        "expected call",
        "can't assign to *",
        "unexpected *",
        "Expected an expression, got *",
        "expected name or number",
        "expected subscript expression",
        "invalid syntax for function call expression",
        "You cannot chain multiple tests with is",
        "expected token *, got *",
        "Invalid character in identifier",
        "unexpected '*'",
        "unexpected '*', expected '*'",
        "unexpected char * at *",
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
        "block * defined twice",
        "cannot use extend from a non top-level scope",
        "Can't assign to special loop variable in for-loop target",
    },
}
SAYS_WHY = ("fail", "Failure", "TemplateSyntaxError", "TemplateAssertionError")


def sentences() -> Iterator[str]:
    """What the installed Jinja may say of a template when it reads it."""
    for name in ("parser", "lexer", "compiler"):
        source = (Path(jinja2.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in SAYS_WHY and node.args:
                    yield from sentence(node.args[0])
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "message":  # the first of several
                yield from (said for part in getattr(node.value, "elts", ()) for said in sentence(part))


def sentence(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)


def test_every_sentence_of_the_installed_jinja_is_known() -> None:
    known = {said for some in KNOWN.values() for said in some}

    assert set(sentences()) - known == set()
    assert known - set(sentences()) == set()


@pytest.mark.parametrize("kind", KNOWN)
def test_each_sentence_has_its_kind(kind: str) -> None:
    for said in KNOWN[kind]:
        assert reason_of(TemplateSyntaxError(said.replace("No *", "No filter"), 1)) == f"template_fault.{kind}"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("{{ x", "unclosed"),
        ("{% if x %}", "unclosed"),
        ("{# x", "unclosed"),
        ("{% raw %}x", "unclosed"),
        ("{% endif %}", "misplaced"),
        ("{% als x %}", "misplaced"),
        ("{{ x|y }}", "unknown_filter"),
        ("{{ x is y }}", "unknown_filter"),
        ("{{ x y }}", "written"),
        ("{{ „x” }}", "written"),
        ("{{ x }", "written"),
        ("{% for %}", "written"),
    ],
)
def test_what_jinja_really_says_has_its_kind(written: str, kind: str) -> None:
    with pytest.raises(TemplateSyntaxError) as raised:
        SandboxedEnvironment().from_string(written)

    assert reason_of(raised.value) == f"template_fault.{kind}"


def test_a_reason_is_a_sentence_that_needs_no_facts() -> None:
    for language in (Language.NL, Language.EN):
        texts = texts_in(language)
        reasons = {key for key in texts.keys() if key.startswith("template_fault.")}  # noqa: SIM118
        assert len(reasons) == 12
        assert all(texts.known(key) != key for key in reasons)
