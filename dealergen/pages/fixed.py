"""The pages that every site has: home, stores, thank-you and not-found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from dealergen.config import Rooftop
from dealergen.photos import Photo
from dealergen.seo.structured import Node, dealer_node, site_node
from dealergen.site.hours import HolidayRow

from .chrome import Chrome
from .contact import form_view, holidays_view, rooftop_view
from .edition import Edition
from .heads import page_view
from .pictures import picture_view
from .views import FacetGroup, Link, PageView, RooftopView

HOME_FACETS = ("body", "price", "make")


@dataclass(slots=True)
class Calendar:
    """A store's days as the build's clock sees them."""

    holidays: list[HolidayRow]
    hours: list[Node]
    """OpeningHoursSpecification, holidays included."""


def home_context(
    chrome: Chrome,
    calendar: Calendar,
    stock_count: int,
    lead: Photo | None,
    offers: list[Markup],
    featured: list[Markup],
    arrivals: list[Markup],
    facets: list[FacetGroup],
    posts: list[Markup],
) -> Mapping[str, Any]:
    """The context of `home.html`."""
    edition = chrome.edition
    settings, home = edition.settings, edition.absolute(edition.routes.home())
    values = {"dealer": settings.dealer.name, "city": edition.city}
    logo = edition.absolute(edition.assets.logo)
    store = edition.absolute(edition.routes.rooftop(settings.rooftops[0].id))
    page = page_view(
        edition,
        "home",
        edition.routes.home(),
        title=edition.pattern(settings.seo.home_title, "seo.home_title", values),
        heading=settings.dealer.name,
        description=edition.pattern(settings.seo.home_description, "seo.home_description", values),
        addresses={language: sibling.routes.home() for language, sibling in edition.siblings.items()},
        nodes=[
            site_node(settings.dealer.name, home, edition.language),
            dealer_node(settings, settings.rooftops[0], store, logo, calendar.hours),
        ],
        image=edition.absolute(lead.src) if lead else logo,
        preload=picture_view(lead, "") if lead else None,
    )
    return chrome.context(
        page, offers=offers, featured=featured, arrivals=arrivals, posts=posts, stock_count=stock_count,
        facets=[group for group in facets if group.name in HOME_FACETS],
        stock_label=edition.t("listing.count", n=stock_count), rooftops=chrome.site.rooftops,
        form=form_view(edition, "contact", edition.routes.home()),
    )  # fmt: skip


def rooftops_context(chrome: Chrome) -> Mapping[str, Any]:
    """The context of `rooftops.html`."""
    edition = chrome.edition
    values = {"dealer": edition.settings.dealer.name, "city": edition.city}
    page = page_view(
        edition,
        "rooftops",
        edition.routes.rooftops(),
        title=edition.pattern("", "seo.rooftops_title", values),
        heading=edition.t("rooftop.title"),
        description=edition.pattern("", "seo.rooftops_description", values),
        addresses={language: sibling.routes.rooftops() for language, sibling in edition.siblings.items()},
        trail=[Link(edition.t("nav.stores"), "")],
    )
    return chrome.context(page, rooftops=chrome.site.rooftops)


def rooftop_context(
    chrome: Chrome, rooftop: Rooftop, calendar: Calendar, stock_count: int, cards: list[Markup]
) -> Mapping[str, Any]:
    """The context of `rooftop.html`."""
    edition = chrome.edition
    settings, routes = edition.settings, edition.routes
    url = routes.rooftop(rooftop.id)
    view = store_view(edition, rooftop, calendar, stock_count)
    values = {
        "name": rooftop.name,
        "city": rooftop.address.city,
        "street": rooftop.address.street,
        "dealer": settings.dealer.name,
    }
    page = page_view(
        edition,
        "rooftop",
        url,
        title=edition.pattern("", "seo.rooftop_page_title", values),
        heading=rooftop.name,
        description=edition.pattern("", "seo.rooftop_page_description", values),
        addresses={language: sibling.routes.rooftop(rooftop.id) for language, sibling in edition.siblings.items()},
        trail=[Link(edition.t("nav.stores"), routes.rooftops()), Link(rooftop.name, "")],
        nodes=[
            dealer_node(settings, rooftop, edition.absolute(url), edition.absolute(edition.assets.logo), calendar.hours)
        ],
    )
    form = form_view(edition, "contact", url, hidden=(("rooftop", rooftop.id),))
    count = edition.t("listing.count", n=stock_count)
    return chrome.context(page, rooftop=view, cards=cards, count_label=count, form=form)


def store_view(edition: Edition, rooftop: Rooftop, calendar: Calendar, stock_count: int) -> RooftopView:
    """A store with the holidays to come, and its vehicles where they have a page."""
    routes = edition.routes
    stock = None
    if stock_count and routes.has_facet("rooftop", rooftop.id):
        address = routes.facet_of("rooftop", rooftop.id, rooftop.name)
        stock = Link(edition.t("rooftop.stock", n=stock_count), address, stock_count)
    return replace(rooftop_view(edition, rooftop), holidays=holidays_view(edition, calendar.holidays), stock=stock)


def thanks_context(chrome: Chrome, featured: list[Markup]) -> Mapping[str, Any]:
    """The context of `thanks.html`, where a form leads."""
    edition = chrome.edition
    page = _unlisted(edition, "thanks", edition.routes.thanks(), "seo.thanks_title", "thanks.heading")
    return chrome.context(page, featured=featured, rooftops=chrome.site.rooftops)


def not_found_context(chrome: Chrome, featured: list[Markup], facets: list[FacetGroup]) -> Mapping[str, Any]:
    """The context of `404.html`."""
    edition = chrome.edition
    page = _unlisted(edition, "404", edition.routes.not_found(), "seo.not_found_title", "not_found.heading")
    return chrome.context(page, featured=featured, facets=[group for group in facets if group.name in HOME_FACETS])


def _unlisted(edition: Edition, kind: str, url: str, title: str, heading: str) -> PageView:
    values = {"dealer": edition.settings.dealer.name, "city": edition.city}
    return page_view(
        edition, kind, url, title=edition.pattern("", title, values), heading=edition.t(heading), indexed=False
    )
