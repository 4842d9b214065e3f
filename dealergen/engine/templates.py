"""The template environment: renders templates, tells what each one is made of, and says where one failed."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from dealergen.errors import RenderError

from .artifact import join_digests
from .theme import Theme


class TemplateSet:
    """A theme's templates, compiled once and kept."""

    def __init__(self, theme: Theme) -> None:
        self._environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in theme.template_folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._closures: dict[str, bytes] = {}

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
            names = self._reachable(template)
            self._closures[template] = join_digests(self._source_digest(name) for name in sorted(names))
        return self._closures[template]

    def _reachable(self, template: str) -> set[str]:
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            for reference in self._references(name):
                if reference is None:
                    return set(self._environment.list_templates())
                waiting.append(reference)
        return found

    def _references(self, name: str) -> list[str | None]:
        try:
            source, filename, _ = self._loader.get_source(self._environment, name)
            return list(find_referenced_templates(self._environment.parse(source, name, filename)))
        except TemplateNotFound:
            return []  # told when it is rendered, with the page that asked for it
        except TemplateSyntaxError:
            return []

    def _source_digest(self, name: str) -> bytes:
        try:
            source, _, _ = self._loader.get_source(self._environment, name)
        except TemplateNotFound:
            source = ""
        return blake2b(f"{name}\0{source}".encode(), digest_size=16).digest()

    @property
    def _loader(self) -> FileSystemLoader:
        loader = self._environment.loader
        assert isinstance(loader, FileSystemLoader)  # noqa: S101 - made so above
        return loader


def _template_line(error: BaseException, fallback: str) -> str:
    """`file:line` of the innermost template frame of `error`; Jinja rewrites tracebacks to the template's own lines."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.endswith((".html", ".xml", ".txt"))]
    return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else fallback
