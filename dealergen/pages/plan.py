"""Which pages exist. Each kind is a planner: a function from a press to the records of its pages.

A third party adds a kind with an entry point in the group `dealergen.pages` that names such a function.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import entry_points

from dealergen.config import Rooftop
from dealergen.content import Entry, Kind
from dealergen.engine import Fact, derive
from dealergen.errors import Place
from dealergen.seo.pages import Page
from dealergen.site import FacetValue, StockVehicle
from dealergen.site.clock import begins, is_over
from dealergen.site.hours import holiday_rows, opening_hours_specification

from .cards import full_name
from .entries import blog_context, content_context, offer_context, offers_context, post_context
from .fixed import Calendar, home_context, not_found_context, rooftop_context, rooftops_context, thanks_context
from .listings import Lot, address, count_facets, facet_groups, listing_context
from .press import Press
from .routes import Routes
from .vehicles import vehicle_context

Planner = Callable[[Press], Iterable[Page]]

PRIME_OFFERS = 3
HOME_POSTS = 3


def plan_edition(press: Press) -> Iterator[Page]:
    """Every page of one edition."""
    planners: list[Planner] = [
        home_pages, vehicle_pages, listing_pages, rooftop_pages, offer_pages, post_pages, content_pages, unlisted_pages,
    ]  # fmt: skip
    planners += [entry.load() for entry in entry_points(group="dealergen.pages")]
    for planner in planners:
        yield from planner(press)


def home_pages(press: Press) -> Iterator[Page]:
    site, edition = press.site, press.edition
    arrivals = [item for item in site.stock if item.new_arrival][: site.settings.listing.featured]
    posts = _entries(press, "posts")[:HOME_POSTS]
    yield press.page(
        edition.routes.home(),
        "home.html",
        home_context,
        _calendar(press, 0),
        press.plain("stock_count", len(site.stock)),
        _lead_photo(press, _offers(press)),
        press.offer_cards(_offers(press)[:PRIME_OFFERS]),
        press.cards("featured", featured(press)),
        press.cards("arrivals", arrivals),
        _facets(press),
        press.post_cards(posts),
        addresses={language: sibling.routes.home() for language, sibling in edition.siblings.items()},
        about=[press.vehicle(stock) for stock in featured(press)],
    )


def vehicle_pages(press: Press) -> Iterator[Page]:
    for stock in (*press.site.stock, *press.site.sold):
        vehicle = stock.vehicle
        edition = press.edition
        photos = press.photos[vehicle.code]
        similar = press.cards("similar", press.site.similar.get(vehicle.code, ()))
        yield press.page(
            edition.routes.vehicle(vehicle),
            "sold.html" if stock.sold_on else "vehicle.html",
            vehicle_context,
            press.linked,
            press.vehicle(stock),
            press.card_view(stock),
            photos,
            press.place(stock.rooftop),
            similar,
            about=(press.vehicle(stock), photos),
            source=Place(vehicle.file, vehicle.line),
            group="vehicles",
            indexed=True,
            addresses={lang: sibling.routes.vehicle(vehicle) for lang, sibling in edition.siblings.items()},
            code=vehicle.code,
            photos=None if stock.sold_on else photos,
        )


def listing_pages(press: Press) -> Iterator[Page]:
    site = press.site
    yield from _lots(press, None, tuple(site.stock))
    makes = {value.key: value.label for value in site.facets.get("make", [])}
    for facet, values in site.facets.items():
        for value in values:
            if press.edition.routes.has_facet(facet, value.key):
                yield from _lots(press, value, value.vehicles, makes.get(value.key.split("/")[0], ""))


def _lots(press: Press, facet: FacetValue | None, vehicles: tuple[StockVehicle, ...], make: str = "") -> Iterator[Page]:
    edition, size = press.edition, press.site.settings.listing.per_page
    pages = max(1, -(-len(vehicles) // size))
    offers = press.offer_cards(_offers(press)[:1] if facet is None else [])
    own_facets = _facets(press, facet)
    for number in range(1, pages + 1):
        shown = vehicles[(number - 1) * size : number * size]
        names = tuple((full_name(item), edition.routes.vehicle(item.vehicle)) for item in shown)
        lot = Lot(facet, make, number, pages, len(vehicles), names, (number - 1) * size + 1 if shown else 0)
        key = (facet.facet, facet.key, facet.label) if facet else None
        yield press.page(
            address(edition, lot),
            "listing.html",
            listing_context,
            press.plain("lot", lot, key, make, number, pages, len(vehicles), names, press.linked.digest.hex()),
            press.cards("cards", shown),
            own_facets,
            offers,
            group="listings",
            addresses={language: address(sibling, lot) for language, sibling in edition.siblings.items()},
            indexed=bool(vehicles),
            about=[press.vehicle(stock) for stock in shown],
        )


def rooftop_pages(press: Press) -> Iterator[Page]:
    edition, site = press.edition, press.site
    routes = {language: sibling.routes for language, sibling in edition.siblings.items()}
    yield press.page(
        edition.routes.rooftops(),
        "rooftops.html",
        rooftops_context,
        addresses={language: route.rooftops() for language, route in routes.items()},
        about=[_rooftop(press, rooftop) for rooftop in site.settings.rooftops],
    )
    for index, rooftop in enumerate(site.settings.rooftops):
        here = [item for item in site.stock if item.rooftop.id == rooftop.id]
        yield press.page(
            edition.routes.rooftop(rooftop.id),
            "rooftop.html",
            rooftop_context,
            _rooftop(press, rooftop),
            _calendar(press, index),
            press.plain("stock_count", len(here), len(here), edition.routes.has_facet("rooftop", rooftop.id)),
            press.cards("cards", here[: site.settings.listing.featured]),
            addresses={language: route.rooftop(rooftop.id) for language, route in routes.items()},
            about=(_rooftop(press, rooftop), _calendar(press, index)),
        )


def offer_pages(press: Press) -> Iterator[Page]:
    edition = press.edition
    live = _offers(press)
    yield press.page(
        edition.routes.offers(),
        "offers.html",
        offers_context,
        press.plain("addresses", _everywhere(press, "offers")),
        _lead_photo(press, live),
        press.offer_cards(live),
        press.cards("featured", featured(press)),
        addresses=_everywhere(press, "offers"),
        about=[press.entry_fact(entry) for entry in live] or [press.plain("none", 0)],
    )
    ended = [entry for entry in press.site.ended_offers if entry.language == edition.language]
    for entry in (*live, *ended):
        over = entry in ended
        addresses = _translations(press, entry, lambda routes, slug: routes.offer(slug))
        yield press.page(
            edition.routes.offer(entry.slug),
            "offer.html",
            offer_context,
            press.entry_fact(entry),
            press.body(entry),
            press.plain("ended", over),
            press.entry_photo(entry),
            press.plain("addresses", addresses),
            press.cards("cards", [] if over else press.offered(entry)),
            press.offer_cards(live[:PRIME_OFFERS] if over else []),
            source=Place(entry.file),
            about=(press.entry_fact(entry),),
            addresses=addresses,
            indexed=not over,
        )


def post_pages(press: Press) -> Iterator[Page]:
    edition = press.edition
    posts = _entries(press, "posts")
    if not posts:
        return
    blogs = {lang: sibling.routes.blog() for lang, sibling in edition.siblings.items() if sibling.has_blog}
    cards = press.post_cards(posts)
    yield press.page(
        edition.routes.blog(),
        "blog.html",
        blog_context,
        press.plain("addresses", blogs),
        cards,
        addresses=blogs,
        about=[press.entry_fact(entry) for entry in posts],
    )
    for entry in posts:
        addresses = _translations(press, entry, lambda routes, slug: routes.post(slug))
        yield press.page(
            edition.routes.post(entry.slug),
            "post.html",
            post_context,
            press.entry_fact(entry),
            press.body(entry),
            press.entry_photo(entry),
            press.plain("addresses", addresses),
            press.post_cards([other for other in posts if other is not entry][:HOME_POSTS]),
            source=Place(entry.file),
            about=(press.entry_fact(entry),),
            group="posts",
            addresses=addresses,
        )


def content_pages(press: Press) -> Iterator[Page]:
    for entry in _entries(press, "pages"):
        addresses = _translations(press, entry, lambda routes, slug: routes.page(slug))
        yield press.page(
            press.edition.pages[entry.name],
            "page.html",
            content_context,
            press.entry_fact(entry),
            press.body(entry),
            press.plain("addresses", addresses),
            source=Place(entry.file),
            about=(press.entry_fact(entry),),
            addresses=addresses,
        )


def unlisted_pages(press: Press) -> Iterator[Page]:
    routes = press.edition.routes
    cards = press.cards("featured", featured(press)[:4])
    yield press.page(routes.thanks(), "thanks.html", thanks_context, cards, indexed=False)
    yield press.page(routes.not_found(), "404.html", not_found_context, cards, _facets(press), indexed=False)


def featured(press: Press) -> list[StockVehicle]:
    """Available vehicles with photos and a price for the prime area: the newest, no make twice while others wait."""
    site = press.site
    good = [
        item
        for item in site.stock
        if item.vehicle.status == "available" and item.vehicle.photos and item.vehicle.price is not None
    ] or site.stock
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int, StockVehicle]] = []
    for position, item in enumerate(good):
        turns.append((seen[item.vehicle.make], position, item))
        seen[item.vehicle.make] += 1
    turns.sort(key=lambda turn: turn[:2])
    return [item for _, _, item in turns[: site.settings.listing.featured]]


def _facets(press: Press, inside: FacetValue | None = None) -> Fact:
    """The facet links of a page; on a make's own pages with its models."""
    site = press.site
    make = inside.key if inside and inside.facet == "make" else ""
    counts = count_facets(site.facets, site.settings.listing.facets, make)
    return derive(
        "facets", facet_groups, press.edition_fact, press.plain("counts", counts, counts, press.doors.digest.hex())
    )


def _rooftop(press: Press, rooftop: Rooftop) -> Fact:
    return press.plain("rooftop", rooftop, rooftop.model_dump_json())


def _calendar(press: Press, index: int) -> Fact:
    rooftop, now = press.site.settings.rooftops[index], press.site.now
    calendar = Calendar(holiday_rows(rooftop, now), opening_hours_specification(rooftop, now))
    return press.plain("calendar", calendar, repr(calendar))


def _entries(press: Press, kind: Kind) -> list[Entry]:
    """The edition's live entries of a kind; posts newest first, offers soonest to end first."""
    zone = press.site.settings.rooftops[0].zone
    found = [entry for entry in press.site.entries if entry.kind == kind and entry.language == press.edition.language]
    if kind == "posts":
        found.sort(key=lambda entry: (begins(entry.meta.date, zone), entry.name), reverse=True)  # type: ignore[union-attr]
    if kind == "offers":
        found.sort(key=lambda entry: (is_over(entry.meta.valid_to, zone), entry.name))  # type: ignore[union-attr]
    return found


def _offers(press: Press) -> list[Entry]:
    return _entries(press, "offers")


def _lead_photo(press: Press, offers: list[Entry]) -> Fact:
    """The picture of the first offer, which fills the first screen."""
    return press.entry_photo(offers[0]) if offers else Fact("photo", b"-", None)


def _everywhere(press: Press, name: str) -> dict[str, str]:
    return {lang: str(getattr(sibling.routes, name)()) for lang, sibling in press.edition.siblings.items()}


def _translations(press: Press, entry: Entry, url: Callable[[Routes, str], str]) -> dict[str, str]:
    """Language → address of this entry and its translations."""
    live = (*press.site.entries, *press.site.ended_offers)
    slugs = {other.language: other.slug for other in live if (other.kind, other.name) == (entry.kind, entry.name)}
    siblings = press.edition.siblings
    return {
        language: url(sibling.routes, slugs[language]) for language, sibling in siblings.items() if language in slugs
    }
