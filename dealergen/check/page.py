"""What the rules about the whole site know of a page: small, so that thousands fit in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import intern

from .document import Document, Element

SOURCES = {
    "img": "src",
    "script": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "track": "src",
    "iframe": "src",
}
FILE_LINKS = frozenset({"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "alternate"})


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a page, and where it stands first."""

    url: str
    line: int
    column: int
    kind: str
    """`link` (to follow), `picture` or `asset` (loaded with the page), or an alternate's language."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in summary."""

    path: str
    """Relative to the output folder."""
    language: str
    title: str
    description: str
    canonical: Reference | None
    noindex: bool
    alternates: tuple[Reference, ...]
    """Its `hreflang` links, `kind` being the language."""
    references: tuple[Reference, ...]
    """What it links to and loads, each address once."""
    ids: frozenset[str]

    @property
    def is_error(self) -> bool:
        """Whether it stands for what is not there."""
        return self.path.rsplit("/", 1)[-1] == "404.html"

    @property
    def indexed(self) -> bool:
        """Whether search engines are meant to list it."""
        return not self.noindex and not self.is_error


def summarize(document: Document) -> Page:
    """The page's summary."""
    html, title, description = document.first("html"), document.first("title"), document.meta("description")
    canonical = next(document.links("canonical"), None)
    robots = document.meta("robots")
    return Page(
        document.path,
        intern(html.get("lang") if html else ""),
        title.text if title else "",
        description.get("content") if description else "",
        _reference(canonical, canonical.get("href"), "canonical") if canonical else None,
        bool(robots) and bool({"noindex", "none"} & set(robots.get("content").lower().replace(",", " ").split()))
        if robots
        else False,
        tuple(
            _reference(link, link.get("href"), link.get("hreflang"))
            for link in document.links("alternate")
            if link.get("hreflang")
        ),
        tuple(_once(_references(document))),
        frozenset(intern(name) for element in document.elements for name in _anchors(element)),
    )


def _anchors(element: Element) -> Iterator[str]:
    if element.get("id"):
        yield element.get("id")
    if element.tag == "a" and element.get("name"):
        yield element.get("name")


def _references(document: Document) -> Iterator[Reference]:
    for element in document.elements:
        if element.tag in ("a", "area") and "href" in element.attrs:
            yield _reference(element, element.get("href"), "link")
        elif element.tag == "link":
            yield from _file_links(element)
        else:
            kind = "picture" if element.tag == "img" or _in_picture(element) else "asset"
            for url in _loaded(element):
                yield _reference(element, url, kind)


def _file_links(link: Element) -> Iterator[Reference]:
    relations = set(link.get("rel").lower().split())
    if relations & FILE_LINKS and not link.get("hreflang"):
        for url in filter(None, [link.get("href"), *_from_srcset(link.get("imagesrcset"))]):
            yield _reference(link, url, "asset")


def _in_picture(element: Element) -> bool:
    return element.tag == "source" and element.parent is not None and element.parent.tag == "picture"


def _loaded(element: Element) -> Iterator[str]:
    """Addresses that a browser loads for `element`."""
    if element.tag in SOURCES and element.get(SOURCES[element.tag]):
        yield element.get(SOURCES[element.tag])
    if element.tag in ("img", "source"):
        yield from _from_srcset(element.get("srcset"))
    if element.tag == "video" and element.get("poster"):
        yield element.get("poster")
    if element.tag == "use" and (url := element.get("href") or element.get("xlink:href")):
        yield url


def _from_srcset(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset`: candidates are parted by a comma followed by white space."""
    for candidate in srcset.replace(",\n", ", ").split(", "):
        words = candidate.split()
        if words:
            yield words[0].rstrip(",")


def _once(references: Iterable[Reference]) -> Iterator[Reference]:
    seen: set[tuple[str, str]] = set()
    for reference in references:
        key = (reference.url, reference.kind)
        if key not in seen:
            seen.add(key)
            yield reference


def _reference(element: Element, url: str, kind: str) -> Reference:
    return Reference(intern(url), element.line, element.column, intern(kind))
