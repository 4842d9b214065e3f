"""What templates are handed: plain, ready-to-print values, already in the visitor's language.

A template prints these and decides nothing about the trade. Text is not escaped (Jinja's autoescape does that);
`Markup` is HTML that is ready to print. Every URL is ready for an attribute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup


@dataclass(slots=True)
class Link:
    """Something to follow."""

    label: str
    url: str
    count: int | None = None
    """Vehicles behind it, where that is known."""
    current: bool = False


@dataclass(slots=True)
class PictureSource:
    """One `<source>` of a picture."""

    type: str
    """MIME type, such as `image/webp`."""
    srcset: str


@dataclass(slots=True)
class Picture:
    """An image with its size known, so that nothing moves when it loads."""

    src: str
    alt: str
    width: int
    height: int
    """0 by 0 when a linked photo's size is not known: the theme then holds a 3:2 box open."""
    sources: tuple[PictureSource, ...] = ()
    srcset: str = ""
    color: str = ""
    """The dominant colour as `#rrggbb`; empty if not known."""
    drawn: bool = False
    """True for the drawing that stands in for a missing photo."""


@dataclass(slots=True)
class Badge:
    """A word on a card."""

    kind: Literal[
        "new_arrival", "price_drop", "certified", "new", "demo", "reserved", "sold", "coming_soon", "electric"
    ]
    label: str


@dataclass(slots=True)
class Fact:
    """A label and its value, such as "Mileage" and "42,000 km"."""

    name: str
    """A stable name for icons and styles: `year`, `mileage`, `fuel`, `transmission`, `body`, `color`, `doors`, …"""
    label: str
    value: str
    url: str = ""
    """The facet page of this value, where there is one."""


@dataclass(slots=True)
class PriceBlock:
    """What a vehicle costs, or that one must ask."""

    amount: str = ""
    """"R$ 89.900"; empty means: ask (`ask` then says so)."""
    was: str = ""
    """The higher earlier price; empty if none."""
    saving: str = ""
    """The difference to `was`."""
    ask: str = ""
    """"Price on request", when there is no amount."""
    note: str = ""
    """The dealer's legal note under prices."""


@dataclass(slots=True)
class Card:
    """A vehicle in a grid."""

    url: str
    make: str
    model: str
    trim: str
    year: str
    """"2021", or "2020/2021" where make and model year are both known."""
    mileage: str
    """"42,000 km"; empty if not known."""
    facts: tuple[Fact, ...]
    """Up to four: year, mileage, transmission, fuel."""
    price: PriceBlock
    badges: tuple[Badge, ...]
    picture: Picture
    photo_count: int
    rooftop: str
    """The store's name; empty for a dealer with one store."""
    status: Literal["available", "reserved", "sold", "coming_soon"]


@dataclass(slots=True)
class SpecGroup:
    """A titled group of specifications."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(slots=True)
class Phone:
    """A phone number to press."""

    label: str
    """As locals write it."""
    url: str
    """`tel:+55…`."""
    department: str = ""


@dataclass(slots=True)
class DayHours:
    """One row of an opening-hours table; days with the same hours stand together ("Monday – Friday")."""

    days: str
    hours: str
    """"8:00 – 18:00", or "closed"."""


@dataclass(slots=True)
class HolidayHours:
    """A holiday to come."""

    date: str
    name: str
    hours: str


@dataclass(slots=True)
class RooftopView:
    """A store."""

    id: str
    name: str
    url: str
    street: str
    """"Av. das Acácias, 1200 – Jardim Aurora"."""
    city: str
    """"Campinas – SP, 13087-000"."""
    phones: tuple[Phone, ...]
    email: str
    whatsapp_url: str
    """`https://wa.me/…?text=…`; empty if there is none."""
    directions_url: str
    """An outside map's address, opened only when pressed."""
    hours: tuple[DayHours, ...]
    holidays: tuple[HolidayHours, ...]
    stock: Link | None = None
    """This store's vehicles, where they have a page."""


@dataclass(slots=True)
class FormView:
    """A lead form. It posts to `action` and works without JavaScript."""

    action: str
    intent: Literal["vehicle", "find", "contact", "offer"]
    heading: str
    submit: str
    """An imperative: "Ask about this car"."""
    message: str
    """The message filled in beforehand."""
    consent: str
    privacy_url: str
    hidden: tuple[tuple[str, str], ...] = ()
    """Names and values sent along: vehicle code, stock number, page, language, thank-you page."""


@dataclass(slots=True)
class VehicleView:
    """A vehicle on its own page."""

    card: Card
    code: str
    stock_number: str
    heading: str
    """"Fiat Argo Drive 1.0 2021"."""
    pictures: tuple[Picture, ...]
    """At least one: a drawing when there are no photos."""
    key_facts: tuple[Fact, ...]
    """Six at most, for the strip under the gallery."""
    specs: tuple[SpecGroup, ...]
    features: tuple[str, ...]
    description: Markup
    """Paragraphs of sanitised HTML; empty if there is none."""
    video_url: str
    rooftop: RooftopView
    phone: Phone
    whatsapp_url: str
    form: FormView
    paint: str
    """The paint's colour as `#rrggbb`, for accents; empty if not known."""
    sold_note: str = ""
    """"Sold on 3 May": set on a sold vehicle's page."""


@dataclass(slots=True)
class FacetGroup:
    """A facet with its values as links."""

    name: str
    label: str
    values: tuple[Link, ...]


@dataclass(slots=True)
class Pagination:
    """Where we are in a list of pages."""

    page: int
    pages: int
    previous: str
    """URL, empty on the first page."""
    next: str
    numbers: tuple[Link | None, ...]
    """Links to pages; None stands for a gap."""
    first: int = 0
    """The place of this page's first entry in the whole list, from 1; 0 where it is not known."""


@dataclass(slots=True)
class OfferCard:
    """An offer in the prime area or in a list."""

    url: str
    title: str
    summary: str
    badge: str
    price: str
    ends: str
    """"Until 30 November"."""
    ends_at: str
    """The last moment as ISO 8601 with offset, for `data-until`: scripts hide the card at that second."""
    action: str
    picture: Picture | None


@dataclass(slots=True)
class PostCard:
    """A post in a list."""

    url: str
    title: str
    summary: str
    date: str
    date_iso: str
    author: str
    category: str
    picture: Picture | None
    minutes: str
    """"4 min read"."""


@dataclass(slots=True)
class Alternate:
    """The same page in another language."""

    language: str
    """BCP 47, such as `pt-BR`; `x-default` only in the head."""
    label: str
    """The language's own name: "English"."""
    url: str
    """Absolute, for the head."""
    current: bool = False
    path: str = ""
    """Root-relative, for people: a preview then stays where it is."""


@dataclass(slots=True)
class PageView:
    """What the head of every page needs, and its place in the site."""

    kind: str
    """`home`, `listing`, `vehicle`, `sold`, `rooftop`, `rooftops`, `offer`, `offers`, `post`, `blog`, `page`, `404`,
    `thanks`."""
    language: str
    direction: str
    """`ltr` or `rtl`."""
    title: str
    description: str
    heading: str
    canonical: str
    """Absolute; empty on pages that must not be indexed."""
    robots: str
    """Empty, or `noindex` with what goes with it."""
    alternates: tuple[Alternate, ...]
    og_type: str
    og_image: str
    """Absolute; empty if there is none."""
    og_locale: str
    json_ld: tuple[Markup, ...]
    """Each ready to stand inside `<script type="application/ld+json">`."""
    breadcrumbs: tuple[Link, ...] = ()
    """From home to this page; the last has no URL."""
    preload: Picture | None = None
    """The picture that fills the first screen."""


@dataclass(slots=True)
class SiteView:
    """What stays the same on every page of a language."""

    name: str
    legal_name: str
    tax_id: str
    """"CNPJ 12.345.678/0001-95"; empty if not set."""
    tagline: str
    home_url: str
    stock_url: str
    stylesheet: str
    script: str
    icon: str
    logo: Picture | None
    email: str
    year: str
    """For the footer: the year of the build's clock."""
    footer_note: str
    socials: tuple[Link, ...]
    navigation: tuple[Link, ...]
    legal: tuple[Link, ...]
    rooftops: tuple[RooftopView, ...]
    theme_color: str
    links: dict[str, str] = field(default_factory=dict)
    """Other fixed addresses: `offers`, `blog`, `rooftops`, `privacy`, `feed`."""
    fonts: tuple[str, ...] = ()
    """Addresses of the fonts that the first screen needs (`fonts` of theme.yaml), to preload."""
