"""Rules about translations that pages name in their heads.

Source: developers.google.com/search/docs/specialty/international/localized-versions.
"""

from __future__ import annotations

from collections.abc import Iterator

from .output import Output
from .page import Page, Reference
from .registry import Finding, at_reference, site_rule


@site_rule(
    "hreflang/not-built",
    "error",
    why="A translation that is not there sends visitors of that language to a dead end.",
    remedy="Name only translations that the site has.",
)
def not_built(output: Output) -> Iterator[Finding]:
    for page, alternate, other in _alternates(output):
        if other is None and output.target(page, alternate.url).internal:
            yield at_reference(page.path, alternate, f"the translation in {alternate.kind!r} was not built")


@site_rule(
    "hreflang/not-reciprocal",
    "error",
    why="Search engines ignore a translation that does not point back.",
    remedy="Name every translation, the page itself included, on each of them.",
)
def not_reciprocal(output: Output) -> Iterator[Finding]:
    for page, alternate, other in _alternates(output):
        if other is not None and other is not page and page.path not in _paths(output, other):
            yield at_reference(page.path, alternate, f"{other.path} does not name this page as its translation")


@site_rule(
    "hreflang/no-self",
    "warning",
    why="A page that names its translations must name itself among them, or search engines may ignore them all.",
    remedy="Add the page's own language and address.",
)
def no_self(output: Output) -> Iterator[Finding]:
    for page in output.pages.values():
        if page.alternates and page.path not in _paths(output, page):
            yield at_reference(page.path, page.alternates[0], "the page is not among its own translations")


@site_rule(
    "hreflang/twice",
    "error",
    why="Two addresses for one language leave search engines to guess.",
    remedy="Name one address a language.",
)
def twice(output: Output) -> Iterator[Finding]:
    for page in output.pages.values():
        seen: dict[str, str] = {}
        for alternate in page.alternates:
            if seen.setdefault(alternate.kind.lower(), alternate.url) != alternate.url:
                yield at_reference(page.path, alternate, f"another address is named for {alternate.kind!r}")


def _alternates(output: Output) -> Iterator[tuple[Page, Reference, Page | None]]:
    """Each page's translations, with the built page of each."""
    for page in output.pages.values():
        for alternate in page.alternates:
            yield page, alternate, output.pages.get(output.target(page, alternate.url).path)


def _paths(output: Output, page: Page) -> set[str]:
    return {output.target(page, alternate.url).path for alternate in page.alternates}
