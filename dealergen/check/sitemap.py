"""Rules about sitemap.xml and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from .output import Output
from .registry import Finding, site_rule

TOP = "sitemap.xml"


@site_rule(
    "sitemap/missing",
    "warning",
    why="Without a sitemap, search engines find new cars late.",
    remedy="Build the whole site again; a build always makes one.",
)
def missing(output: Output) -> Iterator[Finding]:
    if TOP not in output.files:
        yield Finding(TOP, "there is no sitemap")


@site_rule(
    "sitemap/not-built",
    "error",
    why="A sitemap that lists pages that are not there is trusted less.",
    remedy="List only what was built.",
)
def not_built(output: Output) -> Iterator[Finding]:
    for file, line, url in _entries(output):
        target = output.resolve(url)
        if not target.path:
            what = "was not built" if target.internal else "is not of this site"
            yield Finding(file, f"the address {what}", url, line)


@site_rule(
    "sitemap/noindex",
    "error",
    why="A sitemap asks for a page to be listed, noindex asks for the opposite.",
    remedy="Take the page out of the sitemap, or drop its noindex.",
)
def noindex(output: Output) -> Iterator[Finding]:
    for file, line, url in _entries(output):
        page = output.pages.get(output.resolve(url).path)
        if page is not None and page.noindex:
            yield Finding(file, "the page has noindex", url, line)


@site_rule(
    "sitemap/omitted",
    "warning",
    why="A page that the sitemap does not list is found late or never.",
    remedy="List the page, or give it noindex.",
)
def omitted(output: Output) -> Iterator[Finding]:
    if TOP not in output.files:
        return
    listed = {output.resolve(url).path for _, _, url in _entries(output)}
    for page in output.pages.values():
        copy = page.canonical is not None and output.target(page, page.canonical.url).path != page.path
        if page.indexed and not copy and page.path not in listed:
            yield Finding(page.path, "the page is not in the sitemap")


def _entries(output: Output) -> Iterator[tuple[str, int, str]]:
    """File, line and address of each page that the sitemap or a part of it lists, and of parts that are missing."""
    for line, url in _locations(output, TOP):
        part = output.resolve(url).path
        if part.endswith(".xml"):
            yield from ((part, at, page) for at, page in _locations(output, part))
        else:
            yield TOP, line, url


def _locations(output: Output, path: str) -> Iterator[tuple[int, str]]:
    if path not in output.files:
        return
    text = (output.folder / path).read_text("utf-8", "replace")
    line, end = 1, 0
    for found in re.finditer(r"<loc>\s*([^<]*?)\s*</loc>", text):
        line += text.count("\n", end, found.start())
        end = found.start()
        yield line, unescape(found[1])
