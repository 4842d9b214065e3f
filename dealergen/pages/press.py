"""A press prints one edition: it holds the facts that its pages share, and makes each page's record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dealergen.config import Rooftop
from dealergen.config.presentation import FacetName
from dealergen.content import Entry
from dealergen.engine import Artifact, Fact, Renderer, Template, derive, digest_of, fragment, join_digests, listed
from dealergen.engine.artifact import View
from dealergen.errors import Place
from dealergen.photos import Photo
from dealergen.seo.pages import Page
from dealergen.site import Site, StockVehicle

from .cards import card_context, card_view
from .chrome import Chrome, frame_context, site_view
from .contact import place_context
from .edition import Edition, edition_fact
from .entries import article, offer_card_context, post_card_context
from .pictures import Gallery

SETTINGS = Place("site.yaml")
LINKED_FACETS = frozenset({"condition", "make", "model", "body", "fuel", "transmission", "color"})
"""Facets whose pages a vehicle's own page links to. Prices are not among them: a band that comes or goes with one
price leaves vehicle pages alone."""
_ADDRESS = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)


@dataclass
class Press:
    """Everything that the planners of one language's pages need."""

    edition: Edition
    site: Site
    renderer: Renderer
    gallery: Gallery
    photos: Mapping[str, Fact]
    """Vehicle code → its photos; shared by all languages."""
    facet_keys: frozenset[tuple[FacetName, str]]
    _cards: dict[str, Fact] = field(default_factory=dict)
    _card_views: dict[str, Fact] = field(default_factory=dict)
    _places: dict[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.edition_fact = edition_fact(self.edition)
        keys = sorted(self.facet_keys)
        self.doors = Fact("doors", digest_of(keys), self.facet_keys)
        linked = [key for key in keys if key[0] in LINKED_FACETS]
        self.linked = Fact("linked", digest_of(linked), frozenset(linked))
        self.chrome = self._chrome()

    def _chrome(self) -> Fact:
        site = derive("site", site_view, self.edition_fact)
        header, footer = (
            self.fragment(name, f"fragments/{name}.html", frame_context, self.edition_fact, site)
            for name in ("header", "footer")
        )
        return derive("chrome", Chrome, self.edition_fact, site, header, footer)

    def card(self, stock: StockVehicle) -> Fact:
        """The vehicle's card, made once."""
        code = stock.vehicle.code
        if code not in self._cards:
            view = self.card_view(stock)
            self._cards[code] = self.fragment(
                "card", "fragments/vehicle_card.html", card_context, self.edition_fact, view
            )
        return self._cards[code]

    def card_view(self, stock: StockVehicle) -> Fact:
        """What the card and the vehicle's own page both show, made once."""
        code = stock.vehicle.code
        if code not in self._card_views:
            self._card_views[code] = derive(
                "card_view", card_view, self.edition_fact, self.vehicle(stock), self.photos[code]
            )
        return self._card_views[code]

    def fragment(self, name: str, template: str, view: View, *facts: Fact) -> Fact:
        """A piece of HTML in this edition's language."""
        return fragment(name, self.renderer, f"{self.edition.language}:{template}", view, *facts)

    def place(self, rooftop: Rooftop) -> Fact:
        """Where a store is and when it is open, as every page of its vehicles shows it."""
        if rooftop.id not in self._places:
            fact = Fact("rooftop", rooftop.model_dump_json().encode(), rooftop)
            self._places[rooftop.id] = self.fragment(
                "place", "fragments/place.html", place_context, self.edition_fact, fact
            )
        return self._places[rooftop.id]

    def cards(self, name: str, stock: Sequence[StockVehicle]) -> Fact:
        """Several vehicles' cards as one fact."""
        return listed(name, [self.card(item) for item in stock])

    def vehicle(self, stock: StockVehicle) -> Fact:
        return Fact("vehicle", stock.digest, stock)

    def entry_fact(self, entry: Entry) -> Fact:
        return Fact("entry", entry.digest, entry)

    def entry_photo(self, entry: Entry) -> Fact:
        """The picture that an entry's front matter names; else, for an offer, its first vehicle's first photo."""
        ref: str | None = getattr(entry.meta, "image", None)
        place = Place(entry.file)
        if ref and self._of_a_stranger(ref):
            self.gallery.refuse(ref, place)
        photo = self._own_picture(ref, place) if ref else self._first_photo(entry)
        return _photo_fact(photo)

    def _own_picture(self, ref: str, place: Place) -> Photo | None:
        return None if self._of_a_stranger(ref) else self.gallery.photo(ref, place)

    def _of_a_stranger(self, ref: str) -> bool:
        """Whether a picture would be loaded from a host that `photos.hosts` does not name."""
        address = _ADDRESS.match(ref)
        named = {host.removeprefix("https://") for host in self.site.settings.photos.hosts}
        return address is not None and address[1] not in named

    def _first_photo(self, entry: Entry) -> Photo | None:
        photos = (self.photos[stock.vehicle.code].value[0] for stock in self.offered(entry) if stock.vehicle.photos)
        return next(photos, None)

    def offered(self, entry: Entry) -> list[StockVehicle]:
        """The vehicles in stock that an offer names, in its own order; none for other entries."""
        numbers: list[str] = getattr(entry.meta, "stock_numbers", [])
        by_number = {stock.vehicle.stock_number.casefold(): stock for stock in self.site.stock} if numbers else {}
        return [by_number[number.casefold()] for number in numbers if number.casefold() in by_number]

    def body(self, entry: Entry) -> Fact:
        """The entry's text, with its pictures as they are published."""
        place = Place(entry.file)
        photos = [_photo_fact(self._own_picture(ref, place)) for ref in entry.images]
        return derive("body", article, self.entry_fact(entry), listed("photos", photos))

    def offer_cards(self, entries: Sequence[Entry]) -> Fact:
        return self._entry_cards("offers", entries, "fragments/offer_card.html", offer_card_context)

    def post_cards(self, entries: Sequence[Entry]) -> Fact:
        return self._entry_cards("posts", entries, "fragments/post_card.html", post_card_context)

    def _entry_cards(self, name: str, entries: Sequence[Entry], template: str, view: View) -> Fact:
        cards = [
            self.fragment("card", template, view, self.edition_fact, self.entry_fact(e), self.entry_photo(e))
            for e in entries
        ]
        return listed(name, cards)

    def plain(self, name: str, value: object, *digest_parts: object) -> Fact:
        """A small value as a fact; its digest is over `digest_parts`, or the value itself."""
        return Fact(name, digest_of(*(digest_parts or (value,))), value)

    def page(
        self,
        url: str,
        template: str,
        view: View,
        *facts: Fact,
        source: Place = SETTINGS,
        group: str = "pages",
        indexed: bool = True,
        addresses: Mapping[str, str] | None = None,
        code: str = "",
        photos: Fact | None = None,
        about: Sequence[Fact] = (),
    ) -> Page:
        """The record of a page whose template is filled by `view` from the frame and `facts`.

        `about` are the facts by whose change the page counts as changed; all of `facts` if empty.
        """
        edition = self.edition
        maker = Template(f"{edition.language}:{template}", view)
        artifact = Artifact(edition.routes.file(url), maker, (self.chrome, *facts), source)
        return Page(
            artifact=artifact,
            url=url,
            language=edition.language,
            content=join_digests(fact.digest for fact in about or facts or (self.edition_fact,)),
            indexed=indexed,
            group=group,
            photos=photos,
            alternates=tuple((addresses or {edition.language: url}).items()),
            code=code,
        )


def _photo_fact(photo: Photo | None) -> Fact:
    return Fact("photo", photo.digest if photo else b"-", photo)
