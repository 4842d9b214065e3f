"""A vehicle's card: what a grid shows of it, rendered once a language and shared by every page that has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dealergen.photos import Photo
from dealergen.site import StockVehicle

from .edition import Edition
from .pictures import picture_view
from .views import Badge, Card, Fact, PriceBlock


def card_context(edition: Edition, card: Card) -> Mapping[str, Any]:
    """The context of `fragments/vehicle_card.html`."""
    return {"card": card, "t": edition.t, "icon": edition.icon}


def card_view(edition: Edition, stock: StockVehicle, photos: list[Photo]) -> Card:
    """The card of a vehicle."""
    vehicle = stock.vehicle
    name = full_name(stock)
    drawn = photos[0].is_drawing
    total = 0 if drawn else len(photos)
    alt = edition.t("photo.drawing", name=name) if drawn else edition.t("photo.alt", name=name, n=1, total=total)
    return Card(
        url=edition.routes.vehicle(vehicle),
        make=vehicle.make,
        model=vehicle.model,
        trim=vehicle.trim,
        year=year_text(stock),
        mileage=mileage_text(edition, stock),
        facts=card_facts(edition, stock),
        price=price_block(edition, stock),
        badges=badges(edition, stock),
        picture=picture_view(photos[0], alt),
        photo_count=total,
        rooftop=edition.rooftop_label(stock.rooftop),
        status="sold" if stock.sold_on else vehicle.status,
    )


def full_name(stock: StockVehicle) -> str:
    """ "Fiat Argo Drive 1.0 2021"."""
    vehicle = stock.vehicle
    return " ".join(part for part in (vehicle.make, vehicle.model, vehicle.trim, str(vehicle.year or "")) if part)


def year_text(stock: StockVehicle) -> str:
    """ "2021", or "2020/2021" where the year made is another."""
    made, year = stock.vehicle.year_made, stock.vehicle.year
    if made and year and made != year:
        return f"{made}/{year}"
    return str(year or made or "")


def mileage_text(edition: Edition, stock: StockVehicle) -> str:
    mileage = stock.vehicle.mileage
    return "" if mileage is None else edition.locale.distance(mileage)


def card_facts(edition: Edition, stock: StockVehicle) -> tuple[Fact, ...]:
    """Year, mileage, transmission and fuel, as far as they are known."""
    vehicle = stock.vehicle
    values = (
        ("year", year_text(stock)),
        ("mileage", mileage_text(edition, stock)),
        ("transmission", edition.word("transmission", vehicle.transmission)),
        ("fuel", edition.word("fuel", vehicle.fuel)),
    )
    return tuple(Fact(name, edition.t(f"spec.{name}"), value) for name, value in values if value)


def price_block(edition: Edition, stock: StockVehicle) -> PriceBlock:
    """The price, an honest earlier price if there is one, or the word to ask."""
    price = stock.vehicle.price
    note = edition.text(edition.settings.legal.price_note)
    if price is None:
        return PriceBlock(ask=edition.t("vehicle.ask_price"), note="")
    was = max((amount for amount in (stock.vehicle.was_price, stock.dropped_from) if amount), default=None)
    if was is None or was <= price or stock.sold_on:
        return PriceBlock(amount=edition.locale.money(price), note=note)
    money = edition.locale.money
    return PriceBlock(amount=money(price), was=money(was), saving=money(was - price), note=note)


def badges(edition: Edition, stock: StockVehicle) -> tuple[Badge, ...]:
    """The words on the card: its state first, then at most two more."""
    vehicle = stock.vehicle
    if stock.sold_on:
        return (Badge("sold", edition.t("badge.sold")),)
    words: list[Badge] = []
    if vehicle.status == "reserved":
        words.append(Badge("reserved", edition.t("badge.reserved")))
    if vehicle.status == "coming_soon":
        words.append(Badge("coming_soon", edition.t("badge.coming_soon")))
    if stock.dropped_from is not None:
        words.append(Badge("price_drop", edition.t("badge.price_drop")))
    if vehicle.condition in ("new", "demo", "certified"):
        words.append(Badge(vehicle.condition, edition.t(f"badge.{vehicle.condition}")))
    if stock.new_arrival:
        words.append(Badge("new_arrival", edition.t("badge.new_arrival")))
    if vehicle.fuel == "electric":
        words.append(Badge("electric", edition.t("badge.electric")))
    return tuple(words[:3])
