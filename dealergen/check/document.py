"""One HTML file, taken apart: every element with its attributes, its place, its parent, and the text of those that name
something."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
"""Elements that never have an end (HTML Standard, 13.1.2)."""
NAMED_BY_TEXT = frozenset(
    {"title", "h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "label", "legend", "script", "style"}
)


class Element:
    """A start tag. Attribute names are lower-case; an attribute without a value is ""."""

    __slots__ = ("_text", "attrs", "column", "line", "parent", "tag")

    def __init__(self, tag: str, attrs: dict[str, str], line: int, column: int, parent: Element | None) -> None:
        self.tag = tag
        self.attrs = attrs
        self.line = line
        self.column = column
        self.parent = parent
        self._text: list[str] | None = [] if tag in NAMED_BY_TEXT else None

    @property
    def text(self) -> str:
        """The words inside, alternative texts of pictures included; only kept for elements that text names."""
        return " ".join("".join(self._text or ()).split())

    @property
    def raw_text(self) -> str:
        return "".join(self._text or ())

    def get(self, name: str) -> str:
        """An attribute's value without the white space around it; "" when it is not there."""
        return self.attrs.get(name, "").strip()

    def add_text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def ancestors(self) -> Iterator[Element]:
        """The elements around this one, the nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    def within(self, tag: str) -> bool:
        return any(ancestor.tag == tag for ancestor in self.ancestors())


class Document:
    """A page's elements in order; `path` is relative to the output folder."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.elements = _Reader().read(text)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements with one of these tags, in order."""
        return (element for element in self.elements if element.tag in tags)

    def first(self, tag: str) -> Element | None:
        return next(self.all(tag), None)

    def meta(self, name: str) -> Element | None:
        """The `<meta name="…">` of that name."""
        return next((meta for meta in self.all("meta") if meta.get("name").lower() == name), None)

    def links(self, rel: str) -> Iterator[Element]:
        """The `<link>`s of that relation."""
        return (link for link in self.all("link") if rel in link.get("rel").lower().split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._elements: list[Element] = []
        self._open: list[Element] = []
        self._named: list[Element] = []

    def read(self, text: str) -> list[Element]:
        self.feed(text)
        self.close()
        return self._elements

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self._open.append(element)
            if tag in NAMED_BY_TEXT:
                self._named.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                self._named = [element for element in self._named if element in self._open] if self._named else []
                return

    def handle_data(self, data: str) -> None:
        for element in self._named:
            element.add_text(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        line, column = self.getpos()
        first = {name: value or "" for name, value in reversed(attrs)}  # browsers take the first of two
        element = Element(tag, first, line, column + 1, self._open[-1] if self._open else None)
        self._elements.append(element)
        if tag == "img" and element.get("alt"):
            self.handle_data(f" {element.get('alt')} ")
        return element
