"""Structured data (schema.org, JSON-LD), built from the model and never from a text template.

Sources: schema.org's vocabulary; Google's former vehicle-listing guide for the shape of `Car` with `Offer`. No `Offer`
without a price, no rating of the dealer by itself, no VIN unless the dealer publishes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from dealergen.config import Rooftop, Settings
from dealergen.inventory import Vehicle
from dealergen.inventory.vocabulary import Status

Node = dict[str, Any]

AVAILABILITY = {"available": "InStock", "reserved": "Reserved", "sold": "SoldOut", "coming_soon": "PreOrder"}
DRIVETRAINS = {
    "fwd": "FrontWheelDriveConfiguration",
    "rwd": "RearWheelDriveConfiguration",
    "awd": "AllWheelDriveConfiguration",
    "4wd": "FourWheelDriveConfiguration",
}
ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
_UNSAFE = re.compile("[<>&\u2028\u2029]")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def as_script(node: Node) -> Markup:
    """`node` as text for `<script type="application/ld+json">`: nothing in it can close the element."""
    text = _JSON.encode({"@context": "https://schema.org", **_pruned(node)})
    if _UNSAFE.search(text):
        for character, escape in ESCAPES:
            text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - escaped just above


def dealer_node(settings: Settings, rooftop: Rooftop, url: str, image: str, hours: Sequence[Node]) -> Node:
    """One rooftop as an `AutoDealer`; `hours` are its OpeningHoursSpecification."""
    dealer, address = settings.dealer, rooftop.address
    return {
        "@type": "AutoDealer",
        "@id": f"{url}#dealer",
        "name": rooftop.name if len(settings.rooftops) > 1 else dealer.name,
        "legalName": dealer.legal_name,
        "url": url,
        "image": image,
        "telephone": rooftop.sales_phone,
        "email": rooftop.email or dealer.email,
        "currenciesAccepted": settings.currency,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": address.street,
            "addressLocality": address.city,
            "addressRegion": address.region,
            "postalCode": address.postal_code,
            "addressCountry": address.country,
        },
        "geo": rooftop.geo and {"@type": "GeoCoordinates", "latitude": rooftop.geo.lat, "longitude": rooftop.geo.lng},
        "openingHoursSpecification": hours,
        "sameAs": list(dealer.socials.urls().values()),
    }


def car_node(
    vehicle: Vehicle, *, name: str, url: str, images: Sequence[str], words: Mapping[str, str], settings: Settings,
    seller: Node, description: str, status: Status,
) -> Node:  # fmt: skip
    """A vehicle as a `Car` (or `Motorcycle`), with an `Offer` when it has a price.

    `words` holds what visitors read for fuel, transmission, body and colour.
    """
    publish_vin = settings.inventory.publish_vin
    return {
        "@type": "Motorcycle" if vehicle.body == "motorcycle" else "Car",
        "@id": f"{url}#vehicle",
        "name": name,
        "url": url,
        "description": description,
        "sku": vehicle.stock_number or vehicle.code,
        "vehicleIdentificationNumber": vehicle.vin if publish_vin else "",
        "image": list(images),
        "brand": vehicle.make and {"@type": "Brand", "name": vehicle.make},
        "model": vehicle.model,
        "vehicleConfiguration": vehicle.trim,
        "vehicleModelDate": vehicle.year and str(vehicle.year),
        "productionDate": vehicle.year_made and str(vehicle.year_made),
        "itemCondition": _condition(vehicle),
        "mileageFromOdometer": _mileage(vehicle, settings.units.distance),
        "fuelType": words.get("fuel"),
        "vehicleTransmission": words.get("transmission"),
        "bodyType": words.get("body"),
        "color": vehicle.color or words.get("color"),
        "vehicleInteriorColor": vehicle.interior_color,
        "driveWheelConfiguration": vehicle.drivetrain and f"https://schema.org/{DRIVETRAINS[vehicle.drivetrain]}",
        "numberOfDoors": vehicle.doors,
        "vehicleSeatingCapacity": vehicle.seats,
        "vehicleEngine": vehicle.engine and {"@type": "EngineSpecification", "name": vehicle.engine},
        "offers": _offer(vehicle, url, settings.currency, seller, status),
    }


def _condition(vehicle: Vehicle) -> str:
    return f"https://schema.org/{'NewCondition' if vehicle.condition == 'new' else 'UsedCondition'}"


def _mileage(vehicle: Vehicle, unit: str) -> Node | None:
    if vehicle.mileage is None:
        return None
    return {"@type": "QuantitativeValue", "value": vehicle.mileage, "unitCode": "KMT" if unit == "km" else "SMI"}


def _offer(vehicle: Vehicle, url: str, currency: str, seller: Node, status: Status) -> Node | None:
    if vehicle.price is None:
        return None
    return {
        "@type": "Offer",
        "url": url,
        "price": plain_price(vehicle.price),
        "priceCurrency": currency,
        "availability": f"https://schema.org/{AVAILABILITY[status]}",
        "itemCondition": _condition(vehicle),
        "seller": seller,
    }


def plain_price(price: Decimal) -> str:
    """A price as search engines want it: a dot, no grouping, no exponent."""
    return f"{price:f}"


def breadcrumb_node(trail: Sequence[tuple[str, str]]) -> Node:
    """From home to this page: names and absolute URLs; the last URL may be empty."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(trail, 1)
        ],
    }


def list_node(name: str, items: Sequence[tuple[str, str]]) -> Node:
    """A page of a listing: names and absolute URLs, in order."""
    return {
        "@type": "ItemList",
        "name": name,
        "numberOfItems": len(items),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": item, "url": url}
            for position, (item, url) in enumerate(items, 1)
        ],
    }


def site_node(name: str, url: str, language: str) -> Node:
    """The site itself."""
    return {"@type": "WebSite", "@id": f"{url}#site", "name": name, "url": url, "inLanguage": language}


def post_node(
    *,
    headline: str,
    url: str,
    image: str,
    published: str,
    updated: str,
    author: str,
    publisher: Node,
    language: str,
) -> Node:
    """A post; dates in ISO 8601 with zone."""
    return {
        "@type": "BlogPosting",
        "headline": headline,
        "url": url,
        "mainEntityOfPage": url,
        "image": image,
        "datePublished": published,
        "dateModified": updated,
        "inLanguage": language,
        "author": {"@type": "Person", "name": author},
        "publisher": publisher,
    }


def _pruned(value: Any) -> Any:
    """A node or a list without what is empty: an absent property says more truly that it is not known."""
    if isinstance(value, dict):
        pruned: Node = {}
        for key, item in value.items():
            kept = _pruned(item) if isinstance(item, dict | list) else item
            if kept or kept == 0:
                pruned[key] = kept
        return pruned
    return [_pruned(item) if isinstance(item, dict) else item for item in value]
