"""Rules about headings: the outline that screen readers and search engines go by."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document
from .registry import Finding, at, page_rule

LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


@page_rule(
    "headings/one-h1",
    "error",
    why="A page has one main heading, which says what it is about.",
    remedy="Write one h1, and h2 for the parts.",
)
def one_h1(document: Document) -> Iterator[Finding]:
    headings = list(document.all("h1"))
    if not headings:
        yield Finding(document.path, "the page has no h1")
    for heading in headings[1:]:
        yield at(document, heading, "the page has another h1", heading.text)


@page_rule(
    "headings/skipped",
    "notice",
    why="A heading that skips a level breaks the outline that screen readers offer.",
    remedy="Use the next level, and style it as wanted.",
)
def skipped(document: Document) -> Iterator[Finding]:
    level = 0
    for heading in document.all(*LEVELS):
        here = LEVELS.index(heading.tag) + 1
        if level and here > level + 1:
            yield at(document, heading, f"{heading.tag} follows h{level}", heading.text)
        level = here


@page_rule(
    "headings/empty",
    "warning",
    why="A heading without words is a stop in the outline that says nothing.",
    remedy="Write the heading, or leave it out.",
)
def empty(document: Document) -> Iterator[Finding]:
    for heading in document.all(*LEVELS):
        if not heading.text and not heading.get("aria-label"):
            yield at(document, heading, f"the {heading.tag} is empty")
