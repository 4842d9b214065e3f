"""Rules about pictures."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document
from .registry import Finding, at, page_rule


@page_rule(
    "images/missing-alt",
    "error",
    why="A picture without an alt attribute is read out as its file's name.",
    remedy='Say what the picture shows; alt="" for mere decoration.',
)
def missing_alt(document: Document) -> Iterator[Finding]:
    for image in document.all("img"):
        if "alt" not in image.attrs and image.get("role") not in ("presentation", "none"):
            yield at(document, image, "the picture has no alt attribute", image.get("src"))


@page_rule(
    "images/no-size",
    "warning",
    why="A picture whose size is not stated moves the page when it loads.",
    remedy="State width and height; styles may still scale the picture.",
)
def no_size(document: Document) -> Iterator[Finding]:
    for image in document.all("img"):
        if not (image.get("width").isdecimal() and image.get("height").isdecimal()):
            yield at(document, image, "the picture does not state its width and height", image.get("src"))


@page_rule(
    "images/no-source",
    "error",
    why="A picture without a source is an empty frame.",
    remedy="Give the picture a src, or leave it out.",
)
def no_source(document: Document) -> Iterator[Finding]:
    for image in document.all("img"):
        if not image.get("src") and not image.get("srcset"):
            yield at(document, image, "the picture has no source")
