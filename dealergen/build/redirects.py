"""Where an address leads once its page is gone: to the nearest page that stands, in the same language."""

from __future__ import annotations

from collections.abc import Sequence

from dealergen.pages.edition import Edition
from dealergen.site.facets import name_key
from dealergen.site.ledger import TargetFor
from dealergen.site.records import VehicleRecord


def better_place(editions: Sequence[Edition]) -> TargetFor:
    """A vehicle's page leads to its model's, else its make's, else the listing; any other page to the one above it."""
    by_home = sorted(editions, key=lambda edition: -len(edition.routes.home()))

    def target(path: str, record: VehicleRecord | None) -> str | None:
        edition = next((edition for edition in by_home if path.startswith(edition.routes.home())), None)
        if edition is None:
            return None
        return _of_vehicle(edition, record) if record else _above(edition, path)

    return target


def _of_vehicle(edition: Edition, record: VehicleRecord) -> str:
    routes, make = edition.routes, name_key(record.make)
    model = f"{make}/{name_key(record.model)}"
    if record.model and routes.has_facet("model", model):
        return routes.facet_of("model", model, record.model)
    if record.make and routes.has_facet("make", make):
        return routes.facet_of("make", make, record.make)
    return routes.stock()


def _above(edition: Edition, path: str) -> str | None:
    """The listing for what stood under it, the offers for an offer; nothing for the rest."""
    routes = edition.routes
    for top in (routes.stock(), routes.offers(), routes.blog(), routes.rooftops()):
        if path.startswith(top) and path != top:
            return top
    return None
