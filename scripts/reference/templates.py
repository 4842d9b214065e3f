"""`docs/reference/templates.md`: each template's context and every view that it is handed, from `dealergen/pages`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dealergen.pages

from .markdown import code, codes, page, table

ROOM: Final = Path(dealergen.pages.__file__).parent
FRAME: Final = ("page", "site", "header", "footer", "t", "icon", "asset")
"""What `Chrome.context` puts into every page's context."""
INTRODUCTION = """What templates are handed. This page is made from the code; how to write a theme is told in the
[theme guide](../guide-theme.md).

Templates print these values and decide nothing about the trade. Text is escaped by Jinja; `Markup` is HTML that is
ready to print; every address is ready for an attribute. A name that a context does not have is an error, not an empty
text."""


def templates_reference() -> str:
    """The page."""
    rows = [(code(name), codes(names)) for template, names in contexts().items() for name in template.split()]
    return page(
        "Templates and their contexts",
        INTRODUCTION,
        "## Contexts",
        f"Every page's template is handed {codes(FRAME)}, and what stands beside it here. Fragments are rendered once "
        "and reused; they are handed only what stands here.",
        table(("template", "handed"), rows),
        "## Views",
        *_views(),
    )


def contexts() -> dict[str, tuple[str, ...]]:
    """Template (or several, with spaces between) → the names in its context, without the frame for pages."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.endswith("_context"):
                found[_templates(node)] = tuple(_names(node))
    return dict(sorted(found.items(), key=lambda item: ("/" in item[0], item[0])))


def _templates(function: ast.FunctionDef) -> str:
    """The templates that a function's docstring says it is for."""
    text = ast.get_docstring(function) or ""
    if names := re.findall(r"`([\w/]+\.html)`", text):
        return " ".join(names)
    return "fragments/header.html fragments/footer.html"


def _names(function: ast.FunctionDef) -> Iterator[str]:
    """The keywords of the `chrome.context(…)` that it returns, or the keys of the dictionary."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Return):
            continue
        if isinstance(node.value, ast.Dict):
            yield from (str(key.value) for key in node.value.keys if isinstance(key, ast.Constant))
        elif isinstance(node.value, ast.Call):
            yield from (keyword.arg for keyword in node.value.keywords if keyword.arg)


def _views() -> Iterator[str]:
    for node in ast.parse((ROOM / "views.py").read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            rows = [(code(name), code(kind), meaning) for name, kind, meaning in _attributes(node)]
            yield f"### `{node.name}`\n\n{ast.get_docstring(node)}\n\n" + table(("name", "type", "what it is"), rows)


def _attributes(view: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    """Name, type and the sentence under each attribute."""
    for node, below in zip(view.body, [*view.body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, ast.unparse(node.annotation), _sentence(below)


def _sentence(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""
