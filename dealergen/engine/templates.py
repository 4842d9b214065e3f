"""Rendering: a theme's templates in each language, what each template is made of, and where one failed."""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from jinja2 import FileSystemLoader, TemplateError, TemplateNotFound, TemplateSyntaxError

from dealergen.errors import RenderError

from .artifact import join_digests
from .environments import Constants, plain_environment, straight_environment
from .theme import Theme

PATIENCE = 3
"""After so many pages that the straight environment could not make, a template is left to the plain one."""


class TemplateSet:
    """A theme's templates, compiled once and kept."""

    def __init__(self, theme: Theme, constants: Constants | None = None) -> None:
        self._loader = FileSystemLoader([str(folder) for folder in theme.template_folders])
        self._environment = plain_environment(self._loader, constants or {})
        self._straight = straight_environment(self._loader, constants or {})
        self.fallbacks: Counter[str] = Counter()
        """Template → pages that only the plain environment could make."""
        self._closures: dict[str, bytes] = {}
        self._sources: dict[str, str] = {}

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """`template` with `context`. Raises `RenderError` that names the template's file and line."""
        if self.fallbacks[template] < PATIENCE:
            try:
                return self._straight.get_template(template).render(context)
            except Exception:  # whatever it was, the plain environment does it, or says what is wrong and where
                self.fallbacks[template] += 1
        return self._plainly(template, context)

    def _plainly(self, template: str, context: Mapping[str, Any]) -> str:
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
