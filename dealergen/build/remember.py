"""Remembering what a build made its artifacts from, with what a person would want to know of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from dealergen.engine import digest_of
from dealergen.engine.makings import append_makings
from dealergen.engine.observer import Observer
from dealergen.engine.reads import ReadsLog, short
from dealergen.errors import OutputError
from dealergen.pages.edition import PRINTED, Edition
from dealergen.site import Site, StockVehicle

from .plan import Plan

READS = "reads.tsv"
DEPTH = 3
"""How deep settings are told apart: `dealer.socials.instagram`."""


@contextmanager
def remembered(state: Path, site: Site, plan: Plan) -> Iterator[Observer]:
    """An observer for one build; what it saw is kept in `state` when the build ends, well or not."""
    log = ReadsLog(site.now, NOTES, plan.templates.sources)
    try:
        yield log
    finally:
        with suppress(OutputError):  # a build is not lost because its explanation is
            append_makings(state / READS, list(log.lines()), lambda: {artifact.path for artifact in plan.artifacts})


def vehicle_note(stock: StockVehicle) -> Mapping[str, str]:
    """What is known of a vehicle: short values as they are, long ones as digests."""
    vehicle = stock.vehicle
    return {
        "code": vehicle.code,
        "status": "sold" if stock.sold_on else vehicle.status,
        "price": _amount(vehicle.price),
        "was_price": _amount(vehicle.was_price),
        "dropped_from": _amount(stock.dropped_from),
        "new_arrival": "yes" if stock.new_arrival else "no",
        "name": vehicle.name,
        "year": str(vehicle.year or ""),
        "mileage": "" if vehicle.mileage is None else str(vehicle.mileage),
        "rooftop": stock.rooftop.id,
        "condition": vehicle.condition,
        "stock_number": vehicle.stock_number,
        "color": vehicle.color,
        "photos": f"{len(vehicle.photos)}",
        "features": f"{len(vehicle.features)}",
    }


def edition_note(edition: Edition) -> Mapping[str, str]:
    """Digests over each setting, the theme's files, the words and the addresses that an edition's pages share."""
    settings = edition.settings
    parts: dict[str, object] = dict(_flat("", settings.model_dump(mode="json", include=PRINTED), DEPTH))
    parts["inventory.publish_vin"] = settings.inventory.publish_vin
    parts |= {f"theme {name}": value for name, value in _fields(edition.assets).items()}
    parts |= {f"content/pages/{name}": address for name, address in edition.pages.items()}
    parts |= {"the year of the clock": edition.year, "whether there is a blog": edition.has_blog}
    parts |= {"the words of the language": edition.locale.digest}
    return {key: short(digest_of(value)) for key, value in parts.items()}


NOTES: Mapping[str, Callable[[Any], Mapping[str, str]]] = {"vehicle": vehicle_note, "edition": edition_note}


def _amount(value: object) -> str:
    return "" if value is None else str(value)


def _fields(record: object) -> dict[str, object]:
    assert is_dataclass(record)  # noqa: S101 - `Assets` is one
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _flat(path: str, value: object, depth: int) -> Iterator[tuple[str, object]]:
    """Settings by their dotted names, as in site.yaml."""
    if isinstance(value, dict) and depth and value:
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}" if path else str(key), inner, depth - 1)
    elif isinstance(value, list) and depth and value and isinstance(value[0], dict):
        for index, inner in enumerate(value):
            name = inner.get("id", index) if isinstance(inner, dict) else index
            yield from _flat(f"{path}[{name}]", inner, depth - 1)
    else:
        yield path, value
