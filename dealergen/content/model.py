"""The kinds of content: each a model of its front matter, with its body in Markdown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from dealergen.config.base import Identifier, SettingsModel, Text

from .moments import MOMENT, read_amount, read_moment

Moment = Annotated[
    dt.datetime | dt.date,
    BeforeValidator(read_moment),
    WithJsonSchema({"type": "string", "pattern": MOMENT, "examples": ["2026-11-30", "2026-11-30 18:00"]}),
]
"""A day as `YYYY-MM-DD`, or a moment as `YYYY-MM-DD HH:MM`, with an offset if it is not the main rooftop's time."""

Amount = Annotated[Decimal, Field(gt=0), BeforeValidator(read_amount)]
"""An amount in the site's currency, with a point for decimals."""


class OfferMeta(SettingsModel):
    """An offer: what is offered, until when, on which vehicles."""

    title: Text
    """The headline."""
    summary: Text
    """One or two sentences for cards and search engines."""
    valid_from: Moment
    """The first moment (a bare date: its first second, in the main rooftop's time zone)."""
    valid_to: Moment
    """The last moment (a bare date: its last second, in the main rooftop's time zone)."""
    call_to_action: Text
    """What to press, as an imperative: "Reserve o seu"."""
    stock_numbers: list[Text] = Field(default_factory=list)
    """Vehicles that the offer is about, by stock number."""
    price: Amount | None = None
    """The offer's price, in the site's currency."""
    badge: str = ""
    """A few words set on the offer's card, such as "Taxa zero"."""
    image: str | None = None
    """A picture, relative to site.yaml."""
    legal: Text
    """The legal text of the offer."""
    slug: Identifier | None = None
    """The last part of the address, when it should differ from the file's name."""
    draft: bool = False
    """A draft is not published."""


class PostMeta(SettingsModel):
    """A blog post."""

    title: Text
    """The headline."""
    summary: Text
    """One or two sentences for lists and search engines."""
    date: Moment
    """When it is published; a post with a date to come waits for it."""
    updated: Moment | None = None
    """When it was last revised."""
    author: Text
    """Who wrote it."""
    category: str = ""
    """One category."""
    image: str | None = None
    """A picture, relative to site.yaml."""
    slug: Identifier | None = None
    """The last part of the address, when it should differ from the file's name."""
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
    images: tuple[str, ...] = ()
    """Addresses of the pictures in the body, as written, in order."""

    @property
    def slug(self) -> str:
        """The last part of the entry's address."""
        return self.meta.slug or self.name
