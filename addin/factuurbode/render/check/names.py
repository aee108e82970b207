"""Which fields a template prints and asks for, and which of its names are no fields at all.

The template is read, not run: Jinja's own syntax tree is walked with what is known of each name, so that in
`{% for regel in lines %}{{ regel.quantity }}` the second name is understood as the quantity of a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from ..field_table import FIELDS, Field, FieldKind
from ..template import environment

_DICT_METHODS = ("items", "keys", "values", "get")


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: a path among the fields and what lies below it; `below` is None where all is allowed."""

    path: str = ""
    below: Mapping[str, Known] | None = None
    entry: Known | None = None


@dataclass(slots=True)
class Usage:
    """The paths of the fields that are printed and tested, and the unknown names with what could stand there."""

    printed: set[str] = field(default_factory=set)
    tested: set[str] = field(default_factory=set)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def shows(self, field: Field) -> bool:
        """Whether the field is printed, by itself or with the list it is in; a flag, whether it is asked for."""
        path = field.path
        if field.kind is FieldKind.FLAG:
            return path in self.tested
        return any(path == one or path.startswith(f"{one}[]") or one.startswith(f"{path}[]") for one in self.printed)


ANYTHING = Known()


def usage_of(templates: Iterable[nodes.Template]) -> Usage:
    """What the parsed *templates* use together."""
    usage = Usage()
    for template in templates:
        _Walk(usage, {**_globals(), **_fields()}).all(template.body)
    return usage


def _globals() -> dict[str, Known]:
    return dict.fromkeys((*environment().globals, "loop", "caller", "varargs", "kwargs"), ANYTHING)


def _fields() -> dict[str, Known]:
    """The table of fields as a tree."""
    tree: dict[str, Known] = {}
    for one in FIELDS:
        head, _, leaf = one.path.partition(".")
        parent = head.removesuffix("[]")
        if not leaf:
            is_list = one.kind is FieldKind.LIST
            tree[parent] = Known(one.path, {} if is_list else None, Known(f"{one.path}[]") if is_list else None)
            continue
        group = Known(head, {**_below(tree, parent), leaf: Known(one.path)})
        tree[parent] = Known(parent, {}, group) if head.endswith("[]") else group
    return tree


def _below(tree: Mapping[str, Known], parent: str) -> Mapping[str, Known]:
    known = tree.get(parent, ANYTHING)
    return (known.entry.below if known.entry else known.below) or {}


class _Walk:
    """Goes through a piece of the tree; *scope* says what each name stands for there."""

    def __init__(self, usage: Usage, scope: dict[str, Known]) -> None:
        self._usage = usage
        self._scope = scope

    def all(self, children: Iterable[nodes.Node], *, printing: bool = False) -> None:
        for child in children:
            self._one(child, printing=printing)

    def _one(self, node: nodes.Node, *, printing: bool) -> None:
        match node:
            case nodes.Output():
                self.all(node.nodes, printing=True)
            case nodes.If():
                self._test(node.test)
                self.all([*node.body, *node.elif_, *node.else_])
            case nodes.CondExpr():
                self._test(node.test)
                self.all([part for part in (node.expr1, node.expr2) if part], printing=printing)
            case nodes.For():
                self._loop(node)
            case nodes.Assign():
                self._one(node.node, printing=printing)
                self._bind(node.target, self._meant(node.node))
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                self._field(node, printing=printing)
            case _:
                self._scope |= dict.fromkeys(_parameters(node), ANYTHING)
                self.all(node.iter_child_nodes(), printing=printing)

    def _test(self, node: nodes.Node) -> None:
        for name in (node, *node.find_all((nodes.Name, nodes.Getattr, nodes.Getitem))):
            if (known := self._meant(name)) and known.path:
                self._usage.tested.add(known.path)
        self._one(node, printing=False)

    def _loop(self, node: nodes.For) -> None:
        self._one(node.iter, printing=False)
        listed = self._meant(node.iter)
        inner = _Walk(self._usage, dict(self._scope))
        inner._bind(node.target, (listed.entry if listed else None) or ANYTHING)
        if node.test:
            inner._test(node.test)
        inner.all(node.body)
        self.all(node.else_)

    def _bind(self, target: nodes.Node, known: Known | None) -> None:
        if isinstance(target, nodes.Name):
            self._scope[target.name] = known or ANYTHING
        else:
            self._scope |= {name.name: ANYTHING for name in target.find_all(nodes.Name)}

    def _field(self, node: nodes.Name | nodes.Getattr | nodes.Getitem, *, printing: bool) -> None:
        known = self._meant(node)
        if known is None:
            self._unknown(node)
        elif printing and known.path:
            self._usage.printed.add(known.path)
        if isinstance(node, nodes.Getitem):
            self._one(node.arg, printing=False)
        if isinstance(node, nodes.Getattr | nodes.Getitem) and not isinstance(node.node, nodes.Name):
            self._one(node.node, printing=False)

    def _meant(self, node: nodes.Node) -> Known | None:
        """What *node* stands for; None for a name that does not exist."""
        match node:
            case nodes.Name():
                return self._scope.get(node.name)
            case nodes.Getattr():
                return self._member(node.node, node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                return self._member(node.node, key)
            case nodes.Getitem():
                listed = self._meant(node.node)
                return listed and (listed.entry or ANYTHING)
            case nodes.Filter() if node.node:
                return self._meant(node.node) or ANYTHING
            case _:
                return ANYTHING

    def _member(self, parent: nodes.Node, key: str) -> Known | None:
        known = self._meant(parent)
        if known is None or known.below is None or key in _DICT_METHODS:
            return known and ANYTHING
        return known.below.get(key)

    def _unknown(self, node: nodes.Name | nodes.Getattr | nodes.Getitem) -> None:
        """Note the name, once, with the names that could stand there."""
        every = tuple(one.name for one in FIELDS)
        if isinstance(node, nodes.Name):
            self._usage.unknown[node.name] = every
        elif isinstance(node.node, nodes.Name):
            parent = node.node.name
            known = self._meant(node.node)
            beside = tuple(f"{parent}.{name}" for name in known.below or ()) if known else every
            self._usage.unknown[f"{parent}.{_key(node)}"] = beside or every


def _key(node: nodes.Getattr | nodes.Getitem) -> str:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return str(node.arg.value) if isinstance(node.arg, nodes.Const) else ""


def _parameters(node: nodes.Node) -> Iterator[str]:
    """The names that a macro, a call or a `with` brings along."""
    if isinstance(node, nodes.Macro | nodes.CallBlock):
        yield from (argument.name for argument in node.args)
    if isinstance(node, nodes.Macro):
        yield node.name
    if isinstance(node, nodes.With):
        yield from (name.name for target in node.targets for name in target.find_all(nodes.Name))
        yield from (target.name for target in node.targets if isinstance(target, nodes.Name))
