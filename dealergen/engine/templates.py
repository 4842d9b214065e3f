"""The template environments: one a language, with that language's words folded into the compiled templates.

A page says `{{ t('vehicle.ask') }}` a hundred times. Its words are known before any page is made, so the call is
replaced by its answer when the template is compiled: the fact that stands for the edition covers them.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from hashlib import blake2b
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from dealergen.errors import RenderError

from .artifact import join_digests
from .theme import Theme

Constants = Mapping[str, Callable[..., Any]]
"""Pure functions that templates may call; calls with nothing but literals are answered when a template is compiled."""


class TemplateSet:
    """A theme's templates, compiled once and kept."""

    def __init__(self, theme: Theme, constants: Constants | None = None) -> None:
        self._loader = FileSystemLoader([str(folder) for folder in theme.template_folders])
        self._environment = FoldingEnvironment(
            loader=self._loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.constants = constants or {}
        self._closures: dict[str, bytes] = {}
        self._sources: dict[str, str] = {}

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """`template` with `context`. Raises `RenderError` that names the template's file and line."""
        try:
            return self._environment.get_template(template).render(context)
        except TemplateSyntaxError as error:
            where = f"{error.filename or error.name}:{error.lineno}"
            raise RenderError(f"{where}: the template does not parse: {error.message}") from error
        except TemplateNotFound as error:
            raise RenderError(
                f"The template {error.name!r} does not exist",
                remedy="It was looked for in the theme, in the themes that it extends, and in templates/.",
            ) from error
        except TemplateError as error:
            raise RenderError(f"{_template_line(error, template)}: {error.message}") from error
        except RenderError:
            raise
        except Exception as error:
            raise RenderError(f"{_template_line(error, template)}: {type(error).__name__}: {error}") from error

    def closure(self, template: str) -> bytes:
        """A digest over `template` and all that it extends, includes or imports; over the whole theme where an
        include's name is computed."""
        if template not in self._closures:
            names = self.reachable(template)
            self._closures[template] = join_digests(self._source_digest(name) for name in sorted(names))
        return self._closures[template]

    def sources(self, template: str) -> dict[str, bytes]:
        """The templates that `template` is made of, each with the digest of its source."""
        return {name: self._source_digest(name) for name in sorted(self.reachable(template))}

    def file(self, name: str) -> str:
        """Where the template stands on disk; empty for one that is missing."""
        try:
            return self._loader.get_source(self._environment, name)[1]
        except TemplateNotFound:
            return ""

    def reachable(self, template: str) -> set[str]:
        """The names of the templates that `template` is made of, itself included."""
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            for reference in _references(self._source(name)):
                if reference is None:
                    return set(self._environment.list_templates())
                waiting.append(reference)
        return found

    def _source(self, name: str) -> str:
        """The template's text; empty for one that is missing: that is told when it is rendered."""
        if name not in self._sources:
            try:
                self._sources[name] = self._loader.get_source(self._environment, name)[0]
            except TemplateNotFound:
                self._sources[name] = ""
        return self._sources[name]

    def _source_digest(self, name: str) -> bytes:
        return blake2b(f"{name}\0{self._source(name)}".encode(), digest_size=16).digest()


class TemplateSets:
    """One set a language, as one renderer: a template's name is `language:name`."""

    def __init__(self, sets: Mapping[str, TemplateSet]) -> None:
        self._sets = sets

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        language, _, name = template.partition(":")
        return self._sets[language].render(name, context)

    def closure(self, template: str) -> bytes:
        language, _, name = template.partition(":")
        return self._sets[language].closure(name)

    def sources(self, template: str) -> dict[str, bytes]:
        """The templates that `template` is made of, each with the digest of its source; without the language."""
        language, _, name = template.partition(":")
        return self._sets[language].sources(name)

    def file(self, template: str) -> str:
        """Where the template stands on disk; empty for one that is missing."""
        language, _, name = template.partition(":")
        return self._sets[language].file(name)


_SPECIAL = re.compile("[&<>'\"]")


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


class FoldingEnvironment(Environment):
    """An environment that answers calls of its constants with literal arguments while it compiles."""

    code_generator_class = _Generator
    printed = staticmethod(printed)
    constants: Constants

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain mapping: looking through Jinja's chained one at each import costs more than the imports' work."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        folded: nodes.Template = _Folder(self.constants).visit(tree)
        return folded


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


_REFERENCE = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+(?:"([^"]+)"|'([^']+)'|(\S))""")


def _references(source: str) -> Iterator[str | None]:
    """The templates that `source` names; None where the name is computed. Ones in comments count too: that only makes
    a digest cover more."""
    for match in _REFERENCE.finditer(source):
        yield match[1] or match[2] or None


def _template_line(error: BaseException, fallback: str) -> str:
    """`file:line` of the innermost template frame of `error`; Jinja rewrites tracebacks to the template's own lines."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.endswith((".html", ".xml", ".txt"))]
    return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else fallback
