"""Built pages as their readers meet them: what search engines, buyers and browsers find in the HTML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from typing import Any

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass
class Element:
    """One element: its tag, its attributes, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


class Page(HTMLParser):
    """The elements of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements with this tag and these attributes (an underscore stands for a hyphen, `class_` for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements <{tag}> with {attributes}"
        return found[0]

    @property
    def links(self) -> list[str]:
        return [element.attributes["href"] for element in self.all("a") if "href" in element.attributes]

    @property
    def nodes(self) -> list[dict[str, Any]]:
        """The structured data."""
        return [json.loads("".join(script.parts)) for script in self.all("script", type="application/ld+json")]


@dataclass
class VehiclePage:
    """A page about one vehicle; read in full only when asked, since there are hundreds."""

    address: str
    html: str
    car: dict[str, Any]

    @cached_property
    def page(self) -> Page:
        return Page(self.html)

    @property
    def hidden(self) -> dict[str, str]:
        """What the form sends beside the visitor's words."""
        pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', self.html)
        return {name: unescape(value) for name, value in pairs}

    @property
    def price(self) -> str:
        """The price as the page shows it, or the word to ask for it."""
        found = re.search(r'<strong class="price-(?:now|ask)">([^<]*)</strong>', self.html)
        assert found is not None
        return unescape(found[1])

    @property
    def was(self) -> str:
        """The earlier price that is struck out beside the price, if there is one."""
        block = self.html.split('<p class="price">', 1)[1].split("</p>", 1)[0]
        found = re.search(r'<s class="price-was">([^<]*)</s>', block)
        return unescape(found[1]) if found else ""


def vehicle_pages(pages: dict[str, str]) -> list[VehiclePage]:
    """Every page that is about one vehicle."""
    found = []
    for address, html in pages.items():
        if match := _CAR.search(html):
            found.append(VehiclePage(address, html, json.loads(match[1])))
    return found


_CAR = re.compile(
    r'<script type="application/ld\+json">(\{"@context":"https://schema.org","@type":"(?:Car|Motorcycle)",.*?)</script>'
)
