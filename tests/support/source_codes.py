"""The codes and keys that stand in the product's source, found by reading it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import factuurbode

PACKAGE = Path(factuurbode.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def keys_in(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant):
        yield re.escape(str(argument.value))
    elif isinstance(argument, ast.JoinedStr):
        yield pattern_of(argument)


def pattern_of(node: ast.JoinedStr) -> str:
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values)


def codes_in_the_source(*functions: str) -> set[str]:
    """The codes that *functions* are called with, as patterns."""
    return {
        pattern
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args and name_of(node.func) in functions
        for pattern in keys_in(node.args[0])
        if node.args
    }
