"""Offers, posts and content pages: their cards, and their own pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from html import unescape
from typing import Any, cast

from markupsafe import Markup, escape

from dealergen.content import Entry, OfferMeta, PageMeta, PostMeta
from dealergen.photos import Photo
from dealergen.seo.structured import post_node
from dealergen.site.clock import SECOND, begins, is_over

from .chrome import Chrome
from .contact import form_view
from .edition import Edition
from .heads import page_view
from .pictures import picture_view
from .views import Link, OfferCard, Picture, PostCard

WORDS_A_MINUTE = 220
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
"""An element as the sanitiser writes it; in text a `<` is `&lt;`, so code that speaks of pictures is not met."""
_SOURCE = re.compile(r' src="([^"]*)"')
_SIZE = re.compile(r' (?:width|height)="[^"]*"')


def offer_card_context(edition: Edition, entry: Entry, photo: Photo | None) -> Mapping[str, Any]:
    """The context of `fragments/offer_card.html`."""
    return {"offer": offer_card(edition, entry, photo), "t": edition.t, "icon": edition.icon}


def offer_card(edition: Edition, entry: Entry, photo: Photo | None) -> OfferCard:
    meta = cast("OfferMeta", entry.meta)
    ends = is_over(meta.valid_to, edition.settings.rooftops[0].zone)
    return OfferCard(
        url=edition.routes.offer(entry.slug),
        title=meta.title,
        summary=meta.summary,
        badge=meta.badge,
        price=edition.locale.money(meta.price) if meta.price is not None else "",
        ends=edition.t("offer.until", date=edition.locale.date((ends - SECOND).date())),
        ends_at=ends.isoformat(),
        action=meta.call_to_action,
        picture=_picture(photo, meta.title),
    )


def offer_context(
    chrome: Chrome, entry: Entry, body: Markup, ended: bool, photo: Photo | None, addresses: dict[str, str],
    cards: list[Markup], offers: list[Markup],
) -> Mapping[str, Any]:  # fmt: skip
    """The context of `offer.html`. An offer that has ended keeps its page, which shows the ones that are live."""
    edition, meta = chrome.edition, cast("OfferMeta", entry.meta)
    url = edition.routes.offer(entry.slug)
    values = {"title": meta.title, "dealer": edition.settings.dealer.name, "city": edition.city}
    page = page_view(
        edition,
        "offer",
        url,
        title=edition.pattern("", "seo.offer_title", values),
        heading=meta.title,
        description=meta.summary,
        addresses=addresses,
        trail=[Link(edition.t("nav.offers"), edition.routes.offers()), Link(meta.title, "")],
        image=photo.src if photo else "",
        indexed=not ended,
        preload=_picture(photo, meta.title),
    )
    form = form_view(edition, "offer", url, subject=meta.title, hidden=(("offer", entry.name),))
    return chrome.context(
        page, offer=offer_card(edition, entry, photo), body=body, legal=meta.legal, cards=cards,
        offers=offers, form=form, ended=ended,
    )  # fmt: skip


def offers_context(
    chrome: Chrome, addresses: dict[str, str], lead: Photo | None, offers: list[Markup], featured: list[Markup]
) -> Mapping[str, Any]:
    """The context of `offers.html`."""
    edition = chrome.edition
    values = {"dealer": edition.settings.dealer.name, "city": edition.city}
    page = page_view(
        edition,
        "offers",
        edition.routes.offers(),
        title=edition.pattern("", "seo.offers_title", values),
        heading=edition.t("offer.title"),
        description=edition.pattern("", "seo.offers_description", values),
        addresses=addresses,
        trail=[Link(edition.t("nav.offers"), "")],
        preload=_picture(lead, ""),
    )
    return chrome.context(page, offers=offers, featured=featured)


def post_card_context(edition: Edition, entry: Entry, photo: Photo | None) -> Mapping[str, Any]:
    """The context of `fragments/post_card.html`."""
    return {"post": post_card(edition, entry, photo), "t": edition.t, "icon": edition.icon}


def post_card(edition: Edition, entry: Entry, photo: Photo | None) -> PostCard:
    meta = cast("PostMeta", entry.meta)
    day = _moment(edition, meta.date)
    return PostCard(
        url=edition.routes.post(entry.slug),
        title=meta.title,
        summary=meta.summary,
        date=edition.locale.date(day.date()),
        date_iso=day.isoformat(),
        author=meta.author,
        category=meta.category,
        picture=_picture(photo, meta.title),
        minutes=edition.t("blog.minutes", n=max(1, round(entry.words / WORDS_A_MINUTE))),
    )


def post_context(
    chrome: Chrome, entry: Entry, body: Markup, photo: Photo | None, addresses: dict[str, str], posts: list[Markup]
) -> Mapping[str, Any]:
    """The context of `post.html`."""
    edition, meta = chrome.edition, cast("PostMeta", entry.meta)
    url = edition.absolute(edition.routes.post(entry.slug))
    values = {"title": meta.title, "dealer": edition.settings.dealer.name, "city": edition.city}
    image = edition.absolute(photo.src) if photo else ""
    published, updated = _moment(edition, meta.date), _moment(edition, meta.updated or meta.date)
    home = edition.absolute(edition.routes.home())
    node = post_node(
        headline=meta.title, url=url, image=image, published=published.isoformat(), updated=updated.isoformat(),
        author=meta.author, publisher={"@type": "Organization", "name": edition.settings.dealer.name, "url": home},
        language=edition.language,
    )  # fmt: skip
    page = page_view(
        edition,
        "post",
        edition.routes.post(entry.slug),
        title=edition.pattern("", "seo.post_title", values),
        heading=meta.title,
        description=meta.summary,
        addresses=addresses,
        trail=[Link(edition.t("nav.blog"), edition.routes.blog()), Link(meta.title, "")],
        nodes=[node],
        image=image,
        og_type="article",
        preload=_picture(photo, meta.title),
    )
    return chrome.context(page, post=post_card(edition, entry, photo), body=body, cards=[], posts=posts)


def blog_context(chrome: Chrome, addresses: dict[str, str], posts: list[Markup]) -> Mapping[str, Any]:
    """The context of `blog.html`."""
    edition = chrome.edition
    values = {"dealer": edition.settings.dealer.name, "city": edition.city}
    page = page_view(
        edition,
        "blog",
        edition.routes.blog(),
        title=edition.pattern("", "seo.blog_title", values),
        heading=edition.t("blog.title"),
        description=edition.pattern("", "seo.blog_description", values),
        addresses=addresses,
        trail=[Link(edition.t("nav.blog"), "")],
    )
    return chrome.context(page, posts=posts, pagination=None)


def content_context(chrome: Chrome, entry: Entry, body: Markup, addresses: dict[str, str]) -> Mapping[str, Any]:
    """The context of `page.html`: a page such as About or Privacy."""
    edition, meta = chrome.edition, cast("PageMeta", entry.meta)
    url = edition.pages[entry.name]
    values = {"title": meta.title, "dealer": edition.settings.dealer.name, "city": edition.city}
    page = page_view(
        edition,
        "page",
        url,
        title=edition.pattern("", "seo.content_title", values),
        heading=meta.title,
        description=meta.summary,
        addresses=addresses,
        trail=[Link(meta.title, "")],
    )
    form = form_view(edition, "contact", url) if meta.form else None
    return chrome.context(page, body=body, form=form)


def article(entry: Entry, photos: list[Photo | None]) -> Markup:
    """The entry's body with its pictures as they are published; those that are not (None) are left out.

    `photos` stand in the order of `entry.images`.
    """
    published = dict(zip(entry.images, photos, strict=True))

    def placed(tag: re.Match[str]) -> str:
        source = _SOURCE.search(tag[0])
        photo = published.get(unescape(source[1])) if source else None
        return _image(tag[0], photo) if photo else ""

    return Markup(_IMAGE.sub(placed, entry.html))  # noqa: S704 - sanitised when it was read


def _image(tag: str, photo: Photo) -> str:
    """The author's `<img>` with the source and size of what is published."""
    attributes = f'src="{escape(photo.src)}"'
    if photo.srcset:
        attributes += f' srcset="{escape(photo.srcset)}" sizes="(min-width: 48rem) 44rem, 100vw"'
    if photo.width:
        tag = _SIZE.sub("", tag)
        attributes += f' width="{photo.width}" height="{photo.height}"'
    return f"{_SOURCE.sub('', tag).removesuffix('>')} {attributes}>"


def _picture(photo: Photo | None, alt: str) -> Picture | None:
    return picture_view(photo, alt) if photo else None


def _moment(edition: Edition, value: dt.datetime | dt.date) -> dt.datetime:
    return begins(value, edition.settings.rooftops[0].zone)
