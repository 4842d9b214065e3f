"""How templates are compiled: with the language's words folded in, and straightened for speed.

A page says `{{ t('vehicle.ask') }}` a hundred times. Its words are known before any page is made, so the call is
replaced by its answer when the template is compiled: the fact that stands for the edition covers them.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from .inlining import AS_IT_IS, Straightener

Constants = Mapping[str, Callable[..., Any]]
"""Pure functions that templates may call; calls with nothing but literals are answered when a template is compiled."""

_SPECIAL = re.compile("[&<>'\"]")


def plain_environment(loader: BaseLoader, constants: Constants) -> Environment:
    """Compiles templates as they are written: for exact messages, and for what the straight one cannot do."""
    return FoldingEnvironment(loader, constants)


def straight_environment(loader: BaseLoader, constants: Constants) -> Environment:
    """Compiles templates to straight code: includes and macros written out, attributes read directly.

    It answers what the plain one does, or raises: an attribute that is missing (which a template may ask about) is an
    `AttributeError` here. Whoever renders with it falls back to the plain one.
    """
    return StraightEnvironment(loader, constants)


def printed(value: Any) -> str:
    """`value` as it stands in a page: escaped, unless it is `Markup`.

    What `markupsafe.escape` answers, but for the type: most values need no escaping, and what is printed is only ever
    joined, so wrapping each piece in `Markup` (half the time of a page) is saved.
    """
    kind = type(value)
    if kind is str:
        return value if _SPECIAL.search(value) is None else escape(value)
    return value if kind is Markup else escape(value)


class _Generator(CodeGenerator):
    """Compiles `{{ value }}` to `printed(value)` where values are escaped."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _StraightGenerator(_Generator):
    """Compiles `value.name` to just that."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the visitor finds it by this name
        if not node.attr.isidentifier() or keyword.iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class FoldingEnvironment(Environment):
    """An environment that answers calls of its constants with literal arguments while it compiles."""

    code_generator_class = _Generator
    printed = staticmethod(printed)

    def __init__(self, loader: BaseLoader, constants: Constants) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.constants = constants

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain mapping: looking through Jinja's chained one at each import costs more than the imports' work."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        folded: nodes.Template = _Folder(self.constants).visit(tree)
        return folded


class StraightEnvironment(FoldingEnvironment):
    """A folding environment that straightens templates before it compiles them."""

    code_generator_class = _StraightGenerator

    def __init__(self, loader: BaseLoader, constants: Constants) -> None:
        super().__init__(loader, constants)
        self.filters[AS_IT_IS] = lambda text: text

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return Straightener(self._tree, {*self.globals, *self.constants}).straightened(tree)

    def _tree(self, name: str) -> nodes.Template:
        assert self.loader is not None  # noqa: S101 - given when it was made
        source, filename, _ = self.loader.get_source(self, name)
        return FoldingEnvironment._parse(self, source, name, filename)


class _Folder(NodeTransformer):
    def __init__(self, constants: Constants) -> None:
        self._constants = constants

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor finds it by this name
        self.generic_visit(node)
        function = self._constants.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        literal = all(isinstance(argument, nodes.Const) for argument in node.args)
        if function is None or not literal or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        arguments = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        return nodes.Const(function(*arguments), lineno=node.lineno)
