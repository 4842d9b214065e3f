"""Rules about what pages link to and load."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from .document import Document
from .output import Output, Target
from .page import Page, Reference
from .registry import Finding, at, at_reference, page_rule, site_rule

SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "sms", "geo", "whatsapp", "data", "blob"})


@site_rule(
    "links/broken",
    "error",
    why="A link to a page that the site does not have leaves the visitor at a dead end.",
    remedy="Correct the address, or take the link away.",
)
def broken(output: Output) -> Iterator[Finding]:
    for page, reference, target in _followed(output, ("link",)):
        if not target.path and not target.redirected:
            yield at_reference(page.path, reference, "the link leads to nothing that was built")


@site_rule(
    "links/anchor",
    "warning",
    why="A link to a part of a page that is not there drops the visitor at its top.",
    remedy="Give the part that id, or correct the link.",
)
def anchor(output: Output) -> Iterator[Finding]:
    for page, reference, target in _followed(output, ("link",)):
        other = output.pages.get(target.path)
        if other is not None and target.fragment not in ("", "top") and target.fragment not in other.ids:
            yield at_reference(page.path, reference, f"{target.path} has no part called {target.fragment!r}")


@site_rule(
    "links/asset",
    "error",
    why="A picture, script, style or font that is not there leaves a hole in the page.",
    remedy="Put the file where the page looks for it, or correct the address.",
)
def asset(output: Output) -> Iterator[Finding]:
    for page, reference, target in _followed(output, ("asset", "picture")):
        if not target.path and not target.redirected:
            yield at_reference(page.path, reference, "the page loads a file that was not built")


@site_rule(
    "links/redirected",
    "notice",
    why="A link that is redirected costs the visitor a round trip, and search engines a part of their patience.",
    remedy="Link to the final address.",
)
def redirected(output: Output) -> Iterator[Finding]:
    for page, reference, target in _followed(output, ("link",)):
        if target.redirected:
            yield at_reference(page.path, reference, "the link is redirected by the host")


@page_rule(
    "links/unnamed",
    "error",
    why="A link without words cannot be understood by who hears the page, nor by search engines.",
    remedy="Write words in the link, an alt text in its picture, or an aria-label.",
)
def unnamed(document: Document) -> Iterator[Finding]:
    for link in document.all("a"):
        named = link.text or link.get("aria-label") or link.get("aria-labelledby") or link.get("title")
        if "href" in link.attrs and not named and link.get("aria-hidden") != "true":
            yield at(document, link, "the link has no words", link.get("href"))


@page_rule(
    "links/unsafe",
    "error",
    why="An address with a scheme that runs code lets a spreadsheet's cell act as the site.",
    remedy="Link to an address that starts with https: or with a slash.",
)
def unsafe(document: Document) -> Iterator[Finding]:
    for element in document.all("a", "area", "form", "iframe"):
        for name in ("href", "action", "src"):
            if _scheme(element.get(name)) not in SCHEMES:
                yield at(document, element, f"the {name} has a scheme that is not on the list", element.get(name))


def _followed(output: Output, kinds: tuple[str, ...]) -> Iterator[tuple[Page, Reference, Target]]:
    """The references of these kinds that stay on the site, with where they lead."""
    for page in output.pages.values():
        for reference in page.references:
            if reference.kind in kinds and _scheme(reference.url) in ("", "http", "https"):
                target = output.target(page, reference.url)
                if target.internal:
                    yield page, reference, target


def _scheme(url: str) -> str:
    """The scheme as a browser sees it, which drops white space and control characters inside."""
    compact = "".join(character for character in url if character > " ")
    try:
        return urlsplit(compact).scheme.lower()
    except ValueError:
        return "" if compact.startswith("/") else compact.partition(":")[0].lower()
