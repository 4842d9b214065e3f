"""The kinds of content: each a model of its front matter, with its body in Markdown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from dealergen.config.base import Identifier, SettingsModel, Text


class OfferMeta(SettingsModel):
    """An offer: what is offered, until when, on which vehicles."""

    title: Text
    """The headline."""
    summary: Text
    """One or two sentences for cards and search engines."""
    valid_from: dt.datetime | dt.date
    """The first moment (a bare date: its first second, in the main rooftop's time zone)."""
    valid_to: dt.datetime | dt.date
    """The last moment (a bare date: its last second, in the main rooftop's time zone)."""
    call_to_action: Text
    """What to press, as an imperative: "Reserve o seu"."""
    stock_numbers: list[Text] = Field(default_factory=list)
    """Vehicles that the offer is about, by stock number."""
    price: Decimal | None = Field(default=None, gt=0)
    """The offer's price, in the site's currency."""
    badge: str = ""
    """A few words set on the offer's card, such as "Taxa zero"."""
    image: str | None = None
    """A picture, relative to site.yaml."""
    legal: Text
    """The legal text of the offer."""
    draft: bool = False
    """A draft is not published."""


class PostMeta(SettingsModel):
    """A blog post."""

    title: Text
    """The headline."""
    summary: Text
    """One or two sentences for lists and search engines."""
    date: dt.datetime | dt.date
    """When it is published; a post with a date to come waits for it."""
    updated: dt.datetime | dt.date | None = None
    """When it was last revised."""
    author: Text
    """Who wrote it."""
    category: str = ""
    """One category."""
    image: str | None = None
    """A picture, relative to site.yaml."""
    draft: bool = False
    """A draft is not published."""


class PageMeta(SettingsModel):
    """A page such as About or Privacy."""

    title: Text
    """The headline."""
    summary: str = ""
    """One or two sentences for search engines."""
    slug: Identifier | None = None
    """The page's address, when it should differ from the file's name."""
    form: bool = False
    """Show the contact form below the text."""
    draft: bool = False
    """A draft is not published."""


Kind = Literal["offers", "posts", "pages"]
KINDS: dict[Kind, type[SettingsModel]] = {"offers": OfferMeta, "posts": PostMeta, "pages": PageMeta}


@dataclass(slots=True)
class Entry:
    """One Markdown file: `content/<kind>/<name>[.<language>].md`."""

    kind: Kind
    name: str
    """The file's name without language and ending; the same for all translations."""
    language: str
    meta: OfferMeta | PostMeta | PageMeta
    html: str
    """The body, rendered and sanitised."""
    words: int
    file: str
    """Relative to the site's root."""
    digest: bytes
    """Over front matter and body."""
