"""Vehicle pages, and the pages of sold vehicles, which keep their address and lead on to similar ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from markupsafe import Markup

from dealergen.content.sanitize import sanitize_description
from dealergen.photos import Photo
from dealergen.seo.structured import Node, car_node
from dealergen.site import StockVehicle
from dealergen.site.facets import name_key

from .cards import card_facts, full_name, mileage_text, year_text
from .chrome import Chrome
from .contact import form_view, phone_view, rooftop_view, whatsapp_url
from .edition import Edition
from .heads import page_view
from .pictures import picture_view
from .views import Card, Fact, FormView, Link, Picture, SpecGroup, VehicleView

PAINTS = {
    "black": "#22252a", "white": "#e9e9e6", "silver": "#b4b9be", "gray": "#74797f", "blue": "#2f5d9b", "red": "#a8282c",
    "green": "#3c6b4c", "yellow": "#dcb33a", "orange": "#cf6a2a", "brown": "#6d4c37", "beige": "#c8b596",
    "gold": "#b0904f", "purple": "#5f477f", "pink": "#cf8799",
}  # fmt: skip
"""A plausible paint for each colour family, for accents."""


def vehicle_context(
    chrome: Chrome, linked: object, stock: StockVehicle, card: Card, photos: list[Photo], place: Markup,
    similar: list[Markup],
) -> Mapping[str, Any]:  # fmt: skip
    """The context of `vehicle.html`, or of `sold.html` for a vehicle that is sold.

    `linked` are the facet pages that there are; the edition's routes know them.
    """
    del linked
    edition = chrome.edition
    view = vehicle_view(edition, stock, card, photos)
    page = page_view(
        edition,
        "sold" if stock.sold_on else "vehicle",
        view.card.url,
        title=_title(edition, stock),
        heading=view.heading,
        description=_description(edition, stock, view),
        addresses={language: sibling.routes.vehicle(stock.vehicle) for language, sibling in edition.siblings.items()},
        trail=_trail(edition, stock),
        nodes=[_node(edition, stock, view, photos)],
        image="" if view.pictures[0].drawn else view.pictures[0].src,
        og_type="product",
        preload=view.pictures[0],
    )
    return chrome.context(page, vehicle=view, place=place, similar=similar)


def vehicle_view(edition: Edition, stock: StockVehicle, card: Card, photos: list[Photo]) -> VehicleView:
    """Everything that a vehicle's page shows of it."""
    vehicle = stock.vehicle
    name = full_name(stock)
    url = edition.absolute(card.url)
    rooftop = rooftop_view(edition, stock.rooftop)
    chat = edition.t("vehicle.whatsapp_text", name=name, url=url)
    return VehicleView(
        card=card,
        code=vehicle.code.upper(),
        stock_number=vehicle.stock_number,
        heading=name,
        pictures=_pictures(edition, name, photos, card.picture),
        key_facts=_key_facts(edition, stock),
        specs=_specs(edition, stock),
        features=vehicle.features,
        description=Markup(sanitize_description(vehicle.description)),  # noqa: S704 - just sanitised
        video_url=vehicle.video if vehicle.video.startswith(("https://", "http://")) else "",
        rooftop=rooftop,
        phone=phone_view(edition, stock.rooftop.sales_phone, stock.rooftop, "sales"),
        whatsapp_url=whatsapp_url(stock.rooftop.whatsapp, chat),
        form=_form(edition, stock, name, card.url),
        paint=PAINTS.get(vehicle.color_family or "", ""),
        sold_note=edition.t("vehicle.sold_note", date=edition.locale.date(stock.sold_on)) if stock.sold_on else "",
    )


def _pictures(edition: Edition, name: str, photos: list[Photo], first: Picture) -> tuple[Picture, ...]:
    total = len(photos)
    rest = (
        picture_view(photo, edition.t("photo.alt", name=name, n=number, total=total))
        for number, photo in enumerate(photos[1:], 2)
    )
    return (first, *rest)


def _form(edition: Edition, stock: StockVehicle, name: str, url: str) -> FormView:
    vehicle = stock.vehicle
    hidden = (("vehicle", vehicle.code), ("stock_number", vehicle.stock_number), ("rooftop", stock.rooftop.id))
    intent: Literal["find", "vehicle"] = "find" if stock.sold_on else "vehicle"
    form = form_view(edition, intent, url, subject=name, hidden=tuple(pair for pair in hidden if pair[1]))
    if stock.sold_on:
        form.message += f"{vehicle.make} {vehicle.model}".strip()
    return form


def _linked(edition: Edition, name: str, value: str, facet: Any = None, key: str = "", label: str = "") -> Fact:
    routes = edition.routes
    url = routes.facet_of(facet, key, label) if facet and routes.has_facet(facet, key) else ""
    return Fact(name, edition.t(f"spec.{name}"), value, url)


def _vocabulary_fact(edition: Edition, name: str, value: str | None, *, facet: bool = True) -> Fact:
    key = (value or "").replace("_", "-")
    word = edition.word(name, value)
    return _linked(edition, name, word, name, key, value or "") if facet and value else _linked(edition, name, word)


def _key_facts(edition: Edition, stock: StockVehicle) -> tuple[Fact, ...]:
    vehicle = stock.vehicle
    more = (
        _vocabulary_fact(edition, "body", vehicle.body),
        Fact("color", edition.t("spec.color"), vehicle.color or edition.word("color", vehicle.color_family)),
    )
    return (*card_facts(edition, stock), *[fact for fact in more if fact.value])[:6]


def _specs(edition: Edition, stock: StockVehicle) -> tuple[SpecGroup, ...]:
    vehicle, t = stock.vehicle, edition.t
    make_key, color = name_key(vehicle.make), vehicle.color or edition.word("color", vehicle.color_family)
    model_key = f"{make_key}/{name_key(vehicle.model)}"
    groups = {
        "identity": (
            _linked(edition, "make", vehicle.make, "make", make_key, vehicle.make),
            _linked(edition, "model", vehicle.model, "model", model_key, vehicle.model),
            _linked(edition, "trim", vehicle.trim),
            _vocabulary_fact(edition, "condition", vehicle.condition),
            _linked(edition, "stock_number", vehicle.stock_number),
            _linked(edition, "vin", vehicle.vin if edition.settings.inventory.publish_vin else ""),
        ),
        "history": (
            _linked(edition, "year", year_text(stock)),
            _linked(edition, "mileage", mileage_text(edition, stock)),
        ),
        "engine": (
            _linked(edition, "engine", vehicle.engine),
            _linked(edition, "power", vehicle.power),
            _vocabulary_fact(edition, "fuel", vehicle.fuel),
            _vocabulary_fact(edition, "transmission", vehicle.transmission),
            _vocabulary_fact(edition, "drivetrain", vehicle.drivetrain, facet=False),
        ),
        "body": (
            _vocabulary_fact(edition, "body", vehicle.body),
            _linked(edition, "doors", str(vehicle.doors or "")),
            _linked(edition, "seats", str(vehicle.seats or "")),
            _linked(edition, "color", color, "color", vehicle.color_family or "", vehicle.color_family or ""),
            _linked(edition, "interior_color", vehicle.interior_color),
        ),
        "store": (_linked(edition, "rooftop", edition.rooftop_label(stock.rooftop)),),
    }
    filled = {name: tuple(fact for fact in facts if fact.value) for name, facts in groups.items()}
    return tuple(SpecGroup(t(f"spec_group.{name}"), facts) for name, facts in filled.items() if facts)


def _title(edition: Edition, stock: StockVehicle) -> str:
    words = _words(edition, stock)
    if stock.sold_on:
        return edition.pattern("", "seo.sold_title", words)
    return edition.pattern(edition.settings.seo.vehicle_title, "seo.vehicle_title", words)


def _description(edition: Edition, stock: StockVehicle, view: VehicleView) -> str:
    details = ", ".join(fact.value for fact in view.key_facts[1:])
    words = _words(edition, stock) | {"details": f"{details}." if details else ""}
    if stock.sold_on:
        return edition.pattern("", "seo.sold_description", words)
    key = "seo.vehicle_description" if stock.vehicle.price is not None else "seo.vehicle_description_ask"
    return edition.pattern(edition.settings.seo.vehicle_description, key, words)


def _words(edition: Edition, stock: StockVehicle) -> dict[str, str]:
    """What the patterns of settings and strings may ask for."""
    vehicle = stock.vehicle
    return {
        "make": vehicle.make,
        "model": vehicle.model,
        "trim": vehicle.trim,
        "year": str(vehicle.year or ""),
        "price": edition.locale.money(vehicle.price) if vehicle.price is not None else "",
        "mileage": mileage_text(edition, stock),
        "condition": edition.word("condition", vehicle.condition),
        "color": vehicle.color,
        "city": stock.rooftop.address.city,
        "dealer": edition.settings.dealer.name,
        "stock_number": vehicle.stock_number,
        "details": "",
    }


def _trail(edition: Edition, stock: StockVehicle) -> list[Link]:
    vehicle, routes = stock.vehicle, edition.routes
    make = name_key(vehicle.make)
    model = f"{make}/{name_key(vehicle.model)}"
    trail = [Link(edition.t("nav.stock"), routes.stock())]
    if routes.has_facet("make", make):
        trail.append(Link(vehicle.make, routes.facet_of("make", make, vehicle.make)))
    if routes.has_facet("model", model):
        trail.append(Link(vehicle.model, routes.facet_of("model", model, vehicle.model)))
    return [*trail, Link(full_name(stock), "")]


def _node(edition: Edition, stock: StockVehicle, view: VehicleView, photos: list[Photo]) -> Node:
    vehicle, settings = stock.vehicle, edition.settings
    words = {
        "fuel": edition.word("fuel", vehicle.fuel),
        "transmission": edition.word("transmission", vehicle.transmission),
        "body": edition.word("body", vehicle.body),
        "color": edition.word("color", vehicle.color_family),
    }
    store = edition.absolute(edition.routes.rooftop(stock.rooftop.id))
    images = [edition.absolute(photo.src) for photo in photos if not photo.is_drawing]
    return car_node(
        vehicle, name=view.heading, url=edition.absolute(view.card.url), images=images, words=words, settings=settings,
        seller={"@id": f"{store}#dealer", "@type": "AutoDealer", "name": settings.dealer.name},
        description=" ".join(view.description.striptags().split())[:5000],
        status="sold" if stock.sold_on else vehicle.status,
    )  # fmt: skip
