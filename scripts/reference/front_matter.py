"""`docs/reference/content.md`: the front matter of each kind of content, from its JSON Schema."""

from __future__ import annotations

from typing import Any, Final, cast

from dealergen.content import KINDS, Kind
from dealergen.content.schema import content_schema

from .markdown import code, one_line, page, table

INTRODUCTION = """What may stand between the two lines of three hyphens at the top of a Markdown file. This page is made
from the code; how to write content is told in the [marketer's guide](../guide-marketer.md).

A file is `content/KIND/NAME.md` in the site's default language, and `content/KIND/NAME.LANGUAGE.md` in another one.
`dealergen schema offer`, `post` and `page` print the JSON Schema; [docs/schema](../schema) holds them."""
TITLES: Final[dict[Kind, str]] = {
    "offers": "Offers: `content/offers/`", "posts": "Blog posts: `content/posts/`", "pages": "Pages: `content/pages/`",
}  # fmt: skip
TYPES: Final = {"string": "text", "boolean": "`true` or `false`", "number": "number", "integer": "whole number"}


def front_matter_reference() -> str:
    """The page."""
    return page("Front matter", INTRODUCTION, *[_section(kind) for kind in KINDS])


def _section(kind: Kind) -> str:
    schema = cast("dict[str, Any]", content_schema(kind))
    required = schema.get("required", [])
    rows = [
        (code(name), _kind(field), _default(name, field, required), field.get("description", ""))
        for name, field in schema["properties"].items()
    ]
    head = f"## {TITLES[kind]}\n\n{one_line(schema.get('description'))}"
    return f"{head}\n\n" + table(("key", "type", "default", "what it is"), rows)


def _kind(field: dict[str, Any]) -> str:
    """The type in plain words; of several forms (an amount is a number, or its text) the first that is not null."""
    options = [option for option in field.get("anyOf", [field]) if option.get("type") != "null"]
    first = options[0]
    if first.get("type") == "array":
        return f"list of {_kind(first['items'])}"
    examples = field.get("examples") or first.get("examples")
    return TYPES[first["type"]] + (f", such as {' or '.join(map(code, examples))}" if examples else "")


def _default(name: str, field: dict[str, Any], required: list[str]) -> str:
    if name in required:
        return "required"
    value = field.get("default")
    if value is None or value in ("", []):
        return "none"
    return code(str(value).lower() if isinstance(value, bool) else str(value))
