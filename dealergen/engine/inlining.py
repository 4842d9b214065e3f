"""Straightening templates before they are compiled: includes and macros of other templates are written out in place.

A vehicle page calls some twenty macros and includes; each call costs more than what it prints. Only what can be moved
without a difference is moved: an include without blocks, a macro whose body reads its parameters and nothing else from
outside. Everything else stays a call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import TypeVar

from jinja2 import TemplateNotFound, nodes
from jinja2.visitor import NodeTransformer

Parse = Callable[[str], nodes.Template]
"""The tree of the template with a name; raises TemplateNotFound."""

_UNMOVABLE = (nodes.Extends, nodes.Block, nodes.CallBlock, nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)
AS_IT_IS = "as_it_is"
"""The filter that changes nothing: Jinja gathers what it is applied to."""
_IMPLICIT = {"caller", "kwargs", "varargs"}
"""Names that a macro's body may use for what its call brings besides the parameters."""


class Straightener(NodeTransformer):
    """Writes includes and imported macros out in place. `known` are the names that mean the same everywhere."""

    def __init__(self, parse: Parse, known: Iterable[str]) -> None:
        self._parse = parse
        self._known = frozenset(known)
        self._macros: dict[str, nodes.Macro] = {}
        self._fresh = count()

    def straightened(self, tree: nodes.Template) -> nodes.Template:
        """`tree` with everything movable written out, and imports that are not used any more left out."""
        for imported in tree.find_all(nodes.FromImport):
            self._learn(imported)
        result: nodes.Template = self.visit(tree)
        used = {name.name for name in result.find_all(nodes.Name)}
        return _joined_up(_without_imports(result, used))

    def _learn(self, imported: nodes.FromImport) -> None:
        if not isinstance(imported.template, nodes.Const) or imported.with_context:
            return
        source = self._parse(str(imported.template.value))
        inner = Straightener(self._parse, self._known)
        inner._fresh = self._fresh
        macros = {macro.name: macro for macro in inner.straightened(source).find_all(nodes.Macro)}
        for name in imported.names:
            own, alias = name if isinstance(name, tuple) else (name, name)
            if own in macros and self._is_movable(macros[own]):
                self._macros[alias] = macros[own]

    def _is_movable(self, macro: nodes.Macro) -> bool:
        if any(True for kind in _UNMOVABLE for _ in macro.find_all(kind)) or list(macro.find_all(nodes.Include)):
            return False
        stored = {name.name for name in macro.find_all(nodes.Name) if name.ctx != "load"}
        parameters = {argument.name for argument in macro.args}
        inside = {name.name for part in macro.body for name in _names(part) if name.ctx != "load"} | {"loop"}
        read = {name.name for part in macro.body for name in _names(part) if name.ctx == "load"}
        if inside & parameters or not stored >= parameters or read & _IMPLICIT:
            return False
        return read <= parameters | inside | self._known

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - the visitor finds it by this name
        if not isinstance(node.template, nodes.Const) or not node.with_context or node.ignore_missing:
            return node
        try:
            tree = self._parse(str(node.template.value))
        except TemplateNotFound:
            return node
        if any(True for kind in _UNMOVABLE for _ in tree.find_all(kind)):
            return node
        inner = Straightener(self._parse, self._known)
        inner._fresh = self._fresh
        return nodes.Scope(inner.straightened(tree).body, lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node | list[nodes.Node]:  # noqa: N802
        parts: list[nodes.Node] = []
        for child in node.nodes:
            macro = self._called(child)
            if macro is not None and isinstance(child, nodes.Call):
                parts.append(self._written_out(macro, child))
            elif parts and isinstance(parts[-1], nodes.Output):
                parts[-1].nodes.append(child)
            else:
                parts.append(nodes.Output([child], lineno=child.lineno))
        return parts

    def _called(self, child: nodes.Node) -> nodes.Macro | None:
        if not isinstance(child, nodes.Call) or not isinstance(child.node, nodes.Name):
            return None
        macro = self._macros.get(child.node.name)
        if macro is None or child.dyn_args or child.dyn_kwargs or len(child.args) > len(macro.args):
            return None
        named = {argument.name for argument in macro.args}
        return macro if all(keyword.key in named for keyword in child.kwargs) and _is_complete(macro, child) else None

    def _written_out(self, macro: nodes.Macro, call: nodes.Call) -> nodes.Node:
        given = _arguments(macro, call)
        fresh = {argument.name: f"{argument.name}__{next(self._fresh)}" for argument in macro.args}
        sets: list[nodes.Node] = [
            nodes.Assign(nodes.Name(fresh[name], "store"), value, lineno=call.lineno) for name, value in given.items()
        ]
        body = [_renamed(_copied(part), fresh) for part in macro.body]
        return nodes.Scope([*sets, *body], lineno=call.lineno)


def _names(part: nodes.Node) -> Iterable[nodes.Name]:
    return [part] if isinstance(part, nodes.Name) else part.find_all(nodes.Name)


def _defaults(macro: nodes.Macro) -> dict[str, nodes.Expr]:
    with_default = macro.args[len(macro.args) - len(macro.defaults) :]
    return {argument.name: default for argument, default in zip(with_default, macro.defaults, strict=True)}


def _is_complete(macro: nodes.Macro, call: nodes.Call) -> bool:
    """Whether every parameter has a value, and no default reads a name."""
    defaults = _defaults(macro)
    given = {argument.name for argument in macro.args[: len(call.args)]} | {keyword.key for keyword in call.kwargs}
    missing = {argument.name for argument in macro.args} - given
    return all(name in defaults and isinstance(defaults[name], nodes.Const) for name in missing)


def _arguments(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr]:
    """Parameter → its value's expression, in the order of the parameters."""
    names = [argument.name for argument in macro.args]
    values: dict[str, nodes.Expr] = _defaults(macro) | dict(zip(names, call.args, strict=False))
    values |= {keyword.key: keyword.value for keyword in call.kwargs}
    return {name: _copied(values[name]) for name in names}


NodeType = TypeVar("NodeType", bound=nodes.Node)


def _copied(node: NodeType) -> NodeType:
    """A deep copy of a tree; its environment stays the same one."""
    fields = [_copied_value(getattr(node, name)) for name in node.fields]
    attributes = {name: getattr(node, name) for name in node.attributes}
    return type(node)(*fields, **attributes)


def _copied_value(value: object) -> object:
    if isinstance(value, nodes.Node):
        return _copied(value)
    return [_copied_value(item) for item in value] if isinstance(value, list) else value


def _renamed(part: nodes.Node, fresh: dict[str, str]) -> nodes.Node:
    for name in _names(part):
        name.name = fresh.get(name.name, name.name)
    return part


def _joined_up(tree: nodes.Template) -> nodes.Template:
    """`tree` with what each block prints handed on in one piece: six hundred pieces through three generators take
    longer than the page takes to join."""
    if tree.find(nodes.Extends) or tree.find(nodes.Block):
        for block in tree.find_all(nodes.Block):
            if len(block.body) > 1:
                block.body = [_in_one_piece(block.body)]
    elif not tree.find(nodes.Macro):
        tree.body = [_in_one_piece(tree.body)]
    return tree


def _in_one_piece(body: list[nodes.Node]) -> nodes.Node:
    return nodes.FilterBlock(body, nodes.Filter(None, AS_IT_IS, [], [], None, None), lineno=1)


def _without_imports(tree: nodes.Template, used: set[str]) -> nodes.Template:
    def keeps(node: nodes.Node) -> bool:
        if not isinstance(node, nodes.FromImport):
            return True
        return any((name[1] if isinstance(name, tuple) else name) in used for name in node.names)

    tree.body = [node for node in tree.body if keeps(node)]
    return tree
