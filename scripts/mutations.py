"""The faults that `mutants.py` puts into a module: small ones, such as a person makes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


_KEY = re.compile(r"[a-z][a-z0-9_.-]*")
"""Names of fields, columns and codes; words for people and formats are compared elsewhere."""


@dataclass(frozen=True)
class Mutation:
    """A piece of a module, from one byte to another, and what comes in its place."""

    start: int
    end: int
    lines: range
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        """*source* with the fault."""
        return source[: self.start] + self.after.encode() + source[self.end :]


def mutations_of(source: bytes) -> Iterator[Mutation]:
    """Every fault that can be put into *source*, from above."""
    tree = ast.parse(source)
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, after in _Faults().in_(tree):
        if node.end_lineno is None or node.end_col_offset is None:
            continue
        start, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
        before = " ".join(source[start:end].decode().split())
        if before != after:
            yield Mutation(start, end, range(node.lineno, node.end_lineno + 1), before, after)


Fault = tuple[ast.expr | ast.stmt, str]


class _Faults:
    """Walks over code that runs: not over annotations, decorators, docstrings and what only a type checker reads."""

    def in_(self, node: ast.AST) -> Iterator[Fault]:
        yield from self._at(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases", "type_comment"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _docstring(child) and not _only_for_types(child):
                    yield from self.in_(child)

    def _at(self, node: ast.AST) -> Iterator[Fault]:
        match node:
            case ast.Compare(ops=[operator]) if type(operator) in _OTHER:
                yield node, _written(ast.Compare(node.left, [_OTHER[type(operator)]()], node.comparators))
            case ast.BoolOp():
                yield node, _written(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
            case ast.UnaryOp(op=ast.Not()):
                yield node, _written(node.operand)
            case ast.BinOp() if type(node.op) in _ARITHMETIC:
                yield node, _written(ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right))
            case ast.If() | ast.IfExp() | ast.While():
                yield node.test, _written(ast.UnaryOp(ast.Not(), node.test))
            case ast.Constant(value=bool() as value):
                yield node, str(not value)
            case ast.Constant(value=int() as value):
                yield node, str(value + 1)
            case ast.Constant(value=str() as value) if _KEY.fullmatch(value):
                yield node, repr(f"{value}~")
            case ast.Expr(value=ast.Call()):
                yield node, "pass"
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield node, "return None"
            case ast.Dict() if len(node.keys) > 1:
                for place in range(len(node.keys)):
                    rest = [*range(place), *range(place + 1, len(node.keys))]
                    yield node, _written(ast.Dict([node.keys[at] for at in rest], [node.values[at] for at in rest]))


def _written(node: ast.expr) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(node))})"


def _docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
