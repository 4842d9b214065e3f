"""Rules about canonical addresses: which of several addresses search engines shall list."""

from __future__ import annotations

from collections.abc import Iterator

from .output import Output
from .page import Page, Reference
from .registry import Finding, at_reference, site_rule


@site_rule(
    "canonical/missing",
    "warning",
    why="Without a canonical address, every link with tracking words counts as another page.",
    remedy="State the canonical address in the page's head.",
)
def missing(output: Output) -> Iterator[Finding]:
    for page in output.pages.values():
        if page.indexed and page.canonical is None:
            yield Finding(page.path, "the page states no canonical address")


@site_rule(
    "canonical/not-self",
    "warning",
    why="A page that names another as the original is left out of search results.",
    remedy="Name the page's own address, unless it is a mere copy.",
)
def not_self(output: Output) -> Iterator[Finding]:
    for page, canonical in _stated(output):
        if page.indexed and output.absolute(page, canonical.url) != output.url(page.path):
            yield at_reference(page.path, canonical, "the page names another address as canonical")


@site_rule(
    "canonical/not-built",
    "error",
    why="A canonical address without a page takes both out of search results.",
    remedy="Name an address that the site has.",
)
def not_built(output: Output) -> Iterator[Finding]:
    for page, canonical in _stated(output):
        target = output.target(page, canonical.url)
        if target.internal and not target.path:
            yield at_reference(page.path, canonical, "the canonical address was not built")


@site_rule(
    "canonical/noindex",
    "error",
    why="A canonical address of a page that must not be indexed, or that names one, tells search engines two things.",
    remedy="Drop the canonical address or the noindex.",
)
def noindex(output: Output) -> Iterator[Finding]:
    for page, canonical in _stated(output):
        named = output.pages.get(output.target(page, canonical.url).path)
        if page.noindex and named is not page:
            yield at_reference(page.path, canonical, "a page with noindex names another as canonical")
        elif not page.noindex and named is not None and named.noindex:
            yield at_reference(page.path, canonical, "the canonical page has noindex")


def _stated(output: Output) -> Iterator[tuple[Page, Reference]]:
    for page in output.pages.values():
        if page.canonical is not None:
            yield page, page.canonical
