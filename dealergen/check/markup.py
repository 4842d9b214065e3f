"""Rules about the markup itself: language, ids, and the data that search engines read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from .document import Document
from .registry import Finding, at, page_rule


@page_rule(
    "markup/no-language",
    "error",
    why="A page that does not state its language is read out with another one's sounds.",
    remedy='State it: <html lang="pt-BR">.',
)
def no_language(document: Document) -> Iterator[Finding]:
    html = document.first("html")
    if html is None or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", html.get("lang")):
        line = html.line if html else None
        yield Finding(document.path, "the page does not state its language", html.get("lang") if html else None, line)


@page_rule(
    "markup/duplicate-id",
    "error",
    why="Of two elements with one id, labels and links reach only the first.",
    remedy="Give each its own id.",
)
def duplicate_id(document: Document) -> Iterator[Finding]:
    seen: set[str] = set()
    for element in document.elements:
        name = element.get("id")
        if name and name in seen:
            yield at(document, element, "the id stands twice in the page", name)
        seen.add(name)


@page_rule(
    "markup/json-ld",
    "error",
    why="Structured data that does not parse is ignored by search engines.",
    remedy="Mend the JSON; report it if dealergen made it.",
)
def json_ld(document: Document) -> Iterator[Finding]:
    for script in document.all("script"):
        if script.get("type").lower() != "application/ld+json":
            continue
        try:
            json.loads(script.raw_text)
        except ValueError as error:
            yield at(document, script, f"the structured data is not JSON: {error}")


@page_rule(
    "markup/no-viewport",
    "error",
    why="A page without a viewport shows on a phone as a tiny desktop page.",
    remedy='Add <meta name="viewport" content="width=device-width, initial-scale=1">.',
)
def no_viewport(document: Document) -> Iterator[Finding]:
    viewport = document.meta("viewport")
    if viewport is None or "width=device-width" not in viewport.get("content").replace(" ", ""):
        yield Finding(document.path, "the page states no viewport as wide as the device")
