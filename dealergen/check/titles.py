"""Rules about titles and meta descriptions: what search results show of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .output import Output
from .page import Page
from .registry import Finding, site_rule

LONGEST_TITLE = 70
"""Characters; search results cut titles at about 600 pixels, which is some 60 characters."""


@site_rule(
    "titles/missing",
    "error",
    why="A page without a title shows its address in search results and tabs.",
    remedy="Write a title; content takes it from its front matter.",
)
def missing(output: Output) -> Iterator[Finding]:
    return (Finding(page.path, "the page has no title") for page in output.pages.values() if not page.title)


@site_rule(
    "titles/duplicate",
    "warning",
    why="Pages with one title compete with each other, and visitors cannot tell them apart in search results.",
    remedy="Tell them apart: add the year, the trim or the store to the title's pattern.",
)
def duplicate(output: Output) -> Iterator[Finding]:
    return _repeated(output, lambda page: page.title, "the title is also that of {}")


@site_rule(
    "titles/long",
    "notice",
    why="Search results cut a title after some 60 characters.",
    remedy="Put what matters first, or shorten the pattern.",
)
def long(output: Output) -> Iterator[Finding]:
    for page in _listed(output):
        if len(page.title) > LONGEST_TITLE:
            yield Finding(page.path, f"the title has {len(page.title)} characters", page.title)


@site_rule(
    "descriptions/missing",
    "warning",
    why="Without a meta description, search results show whatever text comes first.",
    remedy="Write one or two sentences; content takes them from 'summary'.",
)
def description_missing(output: Output) -> Iterator[Finding]:
    return (Finding(page.path, "the page has no meta description") for page in _listed(output) if not page.description)


@site_rule(
    "descriptions/duplicate",
    "warning",
    why="One description on many pages tells visitors nothing of any of them.",
    remedy="Name in each what only it has.",
)
def description_duplicate(output: Output) -> Iterator[Finding]:
    return _repeated(output, lambda page: page.description, "the meta description is also that of {}")


def _repeated(output: Output, text_of: Callable[[Page], str], message: str) -> Iterator[Finding]:
    first: dict[tuple[str, str], Page] = {}
    for page in _listed(output):
        text = text_of(page)
        earlier = first.setdefault((page.language, text), page)
        if text and earlier is not page:
            yield Finding(page.path, message.format(earlier.path), text)


def _listed(output: Output) -> Iterator[Page]:
    """Pages meant for search results: indexed, and not a copy that names another page as the original."""
    for page in output.pages.values():
        copy = page.canonical is not None and output.absolute(page, page.canonical.url) != output.url(page.path)
        if page.indexed and not copy:
            yield page
