"""Rules about safety and privacy: what the strict content policy blocks, and what would call another's server."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document, Element
from .output import Output
from .page import Page, Reference
from .registry import Finding, at, at_reference, page_rule, site_rule

DATA = frozenset({"application/ld+json", "application/json", "speculationrules", "importmap"})


@page_rule(
    "safety/inline-script",
    "error",
    why="The site's content policy blocks scripts within pages: they would never run, or the policy would be weakened.",
    remedy="Move the script into a file of the theme.",
)
def inline_script(document: Document) -> Iterator[Finding]:
    for element in document.elements:
        if element.tag == "script" and "src" not in element.attrs and element.get("type").lower() not in DATA:
            yield at(document, element, "a script stands within the page")
        for name in element.attrs:
            if name.startswith("on"):
                yield at(document, element, f"a script stands in the attribute {name}", element.attrs[name])


@page_rule(
    "safety/inline-style",
    "warning",
    why="The site's content policy blocks styles within pages: the browser ignores them.",
    remedy="Move the style into a stylesheet of the theme.",
)
def inline_style(document: Document) -> Iterator[Finding]:
    for element in document.elements:
        if element.tag == "style" or ("style" in element.attrs and not _in_svg(element)):
            yield at(document, element, "a style stands within the page", element.attrs.get("style"))


@site_rule(
    "safety/third-party",
    "error",
    why="A script, style, font or frame of another site tells it who visits, before anyone agreed.",
    remedy="Serve the file from the site itself.",
)
def third_party(output: Output) -> Iterator[Finding]:
    for page, reference in _foreign_assets(output):
        if reference.kind == "asset":
            yield at_reference(page.path, reference, "the page loads a file of another site")


@site_rule(
    "safety/insecure",
    "error",
    why="A browser blocks what a safe page loads over plain HTTP, or warns of it.",
    remedy="Use the address with https.",
)
def insecure(output: Output) -> Iterator[Finding]:
    for page, reference in _foreign_assets(output):
        if reference.url.lower().startswith("http:"):
            yield at_reference(page.path, reference, "the page loads a file over plain HTTP")


def _foreign_assets(output: Output) -> Iterator[tuple[Page, Reference]]:
    for page in output.pages.values():
        for reference in page.references:
            foreign = reference.url.lower().startswith(("http:", "https:", "//"))
            if reference.kind in ("asset", "picture") and foreign and not output.target(page, reference.url).internal:
                yield page, reference


def _in_svg(element: Element) -> bool:
    return element.tag == "svg" or element.within("svg")
