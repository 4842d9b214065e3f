"""Markdown as safe HTML that fits below a page's heading: sections begin at h2, pictures load when they are needed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dealergen.locale import slug
from dealergen.locale.strings import load_strings

from .sanitize import plain_text, sanitize_article

if TYPE_CHECKING:
    from markdown import Markdown

_HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
_OUTWARD_LINK = re.compile(r'<a (?=(?:[a-z]+="[^"]*" )*href="https?://)')
_IMAGE = re.compile(r"<img (?=[a-z])")
_IMAGE_SOURCE = re.compile(r'<img (?:[a-z]+="[^"]*" )*?src="([^"]*)"')


@dataclass(slots=True)
class Body:
    """A body, rendered."""

    html: str
    words: int
    images: tuple[str, ...]
    """Addresses as written."""


def render(text: str, language: str) -> Body:
    """Markdown `text`, whose raw HTML is sanitised, as a body; `{{` and `{%` are text like any other."""
    converter = _converter(language)
    clean = sanitize_article(converter.reset().convert(text))
    images = tuple(html.unescape(source) for source in _IMAGE_SOURCE.findall(clean))
    clean = _with_headings_from_two(clean)
    clean = _OUTWARD_LINK.sub('<a rel="noopener" ', clean)
    clean = _IMAGE.sub('<img loading="lazy" decoding="async" ', clean)
    return Body(clean, len(plain_text(clean).split()), images)


@lru_cache
def _converter(language: str) -> Markdown:
    """One a language, used again and again: it costs a thousand times what one short text does."""
    from markdown import Markdown
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension
    from markdown.extensions.toc import TocExtension

    back = str(load_strings(language)["content.footnote_back"]).replace("{n}", "{}")
    extensions = [
        TableExtension(use_align_attribute=True),
        FootnoteExtension(BACKLINK_TITLE=back, BACKLINK_TEXT="↩"),
        TocExtension(slugify=_heading_id),
        FencedCodeExtension(),
        SaneListExtension(),
    ]
    return Markdown(extensions=extensions, output_format="html")


def _heading_id(value: str, _separator: str) -> str:
    """With a prefix, so that no heading takes the id of a part of the page."""
    return f"s-{slug(value)}"


def _with_headings_from_two(text: str) -> str:
    """Levels shifted so that the highest one used is h2: h1 is the page's own."""
    levels = {int(level) for _, level in _HEADING.findall(text)}
    shift = 2 - min(levels) if levels else 0
    if not shift:
        return text
    return _HEADING.sub(lambda match: f"<{match[1]}h{min(int(match[2]) + shift, 6)}", text)
