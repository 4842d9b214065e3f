"""The listing, and a page for each facet value that enough vehicles share, in pages of `listing.per_page`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dealergen.config.presentation import FacetName
from dealergen.seo.structured import list_node
from dealergen.site import FacetValue

from .chrome import Chrome
from .edition import Edition
from .heads import page_view
from .routes import VOCABULARY_FACETS
from .views import FacetGroup, Link, Pagination


@dataclass(frozen=True, slots=True)
class Lot:
    """One page of a list of vehicles, without the vehicles."""

    facet: FacetValue | None
    """None for the listing of everything."""
    make: str
    """The make's name, for a model."""
    page: int
    pages: int
    total: int
    names: tuple[tuple[str, str], ...]
    """Names and root-relative addresses of the vehicles on this page."""
    first: int = 0
    """The place of the first of them in the whole list, from 1."""


def listing_context(
    chrome: Chrome, lot: Lot, cards: list[Markup], facets: list[FacetGroup], offers: list[Markup]
) -> Mapping[str, Any]:
    """The context of `listing.html`."""
    edition = chrome.edition
    heading = heading_of(edition, lot)
    url = address(edition, lot)
    page = page_view(
        edition,
        "listing",
        url,
        title=_title(edition, lot),
        heading=heading,
        description=_description(edition, lot, heading),
        addresses={language: address(sibling, lot) for language, sibling in edition.siblings.items()},
        trail=_trail(edition, lot),
        nodes=[list_node(heading, [(name, edition.absolute(link)) for name, link in lot.names])],
        indexed=lot.total > 0,
    )
    count = edition.t("listing.count", n=lot.total)
    active = [] if lot.facet is None else [Link(heading, edition.routes.stock(), lot.total, current=True)]
    return chrome.context(
        page, cards=cards, count_label=count, intro="", facets=mark_current(facets, address(edition, lot, first=True)),
        pagination=pagination(edition, lot), active=active, offers=offers,
    )  # fmt: skip


def address(edition: Edition, lot: Lot, *, first: bool = False) -> str:
    """The lot's address in an edition; of its first page if `first`."""
    number = 1 if first else lot.page
    return edition.routes.stock(number) if lot.facet is None else edition.routes.facet(lot.facet, number)


def heading_of(edition: Edition, lot: Lot) -> str:
    """ "SUVs", "Fiat Argo for sale", "Cars in stock"."""
    if lot.facet is None:
        return edition.t("listing.heading")
    return edition.t(f"listing.heading_{lot.facet.facet}", **_words(edition, lot, lot.facet))


def _words(edition: Edition, lot: Lot, facet: FacetValue) -> dict[str, str]:
    label = edition.facet_label(facet.facet, facet.key, facet.label)
    cars = edition.t(f"{facet.facet}_cars.{facet.label}") if facet.facet in VOCABULARY_FACETS else label
    return {"value": label, "cars": cars, "make": lot.make}


def _title(edition: Edition, lot: Lot) -> str:
    values = {"city": edition.city, "dealer": edition.settings.dealer.name}
    if lot.facet is None:
        title = edition.pattern("", "seo.listing_title", values)
    else:
        title = edition.pattern("", f"seo.{lot.facet.facet}_title", values | _words(edition, lot, lot.facet))
    return title if lot.page == 1 else edition.t("seo.page_suffix", title=title, n=lot.page)


def _description(edition: Edition, lot: Lot, heading: str) -> str:
    values = {"city": edition.city, "dealer": edition.settings.dealer.name, "heading": heading, "n": str(lot.total)}
    if lot.facet is None:
        text = edition.t("seo.listing_description", **(values | {"n": lot.total}))
    else:
        text = edition.t("seo.facet_description", **(values | {"n": lot.total}))
    return text if lot.page == 1 else edition.t("seo.page_suffix", title=text, n=lot.page)


def _trail(edition: Edition, lot: Lot) -> list[Link]:
    routes = edition.routes
    stock = Link(edition.t("nav.stock"), routes.stock())
    facet = lot.facet
    if facet is None:
        return [stock] if lot.page == 1 else [stock, Link(edition.t("pagination.page", n=lot.page), "")]
    trail = [stock]
    make = facet.key.split("/", 1)[0]
    if facet.facet == "model" and routes.has_facet("make", make):
        trail.append(Link(lot.make, routes.facet_of("make", make, lot.make)))
    label = edition.facet_label(facet.facet, facet.key, facet.label)
    if lot.page == 1:
        return [*trail, Link(label, "")]
    return [*trail, Link(label, routes.facet(facet)), Link(edition.t("pagination.page", n=lot.page), "")]


def pagination(edition: Edition, lot: Lot) -> Pagination | None:
    """Links to the first, the last and the neighbouring pages; None for a single page."""
    if lot.pages < 2:
        return None

    def url(number: int) -> str:
        routes = edition.routes
        return routes.stock(number) if lot.facet is None else routes.facet(lot.facet, number)

    shown = sorted({1, lot.pages, *range(max(1, lot.page - 1), min(lot.pages, lot.page + 1) + 1)})
    numbers: list[Link | None] = []
    previous = 0
    for number in shown:
        if number - previous > 1:
            numbers.append(None)
        numbers.append(Link(str(number), url(number), current=number == lot.page))
        previous = number
    return Pagination(
        page=lot.page,
        pages=lot.pages,
        previous=url(lot.page - 1) if lot.page > 1 else "",
        next=url(lot.page + 1) if lot.page < lot.pages else "",
        numbers=tuple(numbers),
        first=lot.first,
    )


Counts = list[tuple[FacetName, list[tuple[str, str, int]]]]
"""Facet → its values as key, label and count."""


def count_facets(
    facets: Mapping[FacetName, Sequence[FacetValue]], names: Sequence[FacetName], make: str = ""
) -> Counts:
    """What facet links show of the stock: of `names`, and of the models of `make` (a key) in front."""
    models = [(v.key, v.label, v.count) for v in facets.get("model", ()) if make and v.key.startswith(f"{make}/")]
    groups: Counts = [("model", models)] if models else []
    shown = [name for name in names if name != "model"]  # the models of every make together help nobody
    return groups + [(name, [(v.key, v.label, v.count) for v in facets.get(name, ())]) for name in shown]


def facet_groups(edition: Edition, counts: Counts) -> list[FacetGroup]:
    """Facets as links to the pages that exist, with counts."""
    routes = edition.routes
    groups = []
    for name, values in counts:
        links = tuple(
            Link(edition.facet_label(name, key, label), routes.facet_of(name, key, label), count)
            for key, label, count in values
            if routes.has_facet(name, key)
        )
        if links:
            groups.append(FacetGroup(name, edition.t(f"facet.{name}"), links))
    return groups


def mark_current(groups: list[FacetGroup], url: str) -> list[FacetGroup]:
    """The groups with the link to `url` marked as where we are."""
    return [
        FacetGroup(
            group.name,
            group.label,
            tuple(Link(link.label, link.url, link.count, current=link.url == url) for link in group.values),
        )
        for group in groups
    ]
