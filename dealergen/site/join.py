"""Settings, inventory, content and ledger joined at the build's clock into the one model that everything draws on."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dealergen.config import Settings
from dealergen.content import Entry
from dealergen.inventory import Inventory

from .clock import in_zone
from .facets import facets_of
from .ledger import Ledger
from .lifecycle import standing, to_enter
from .live import ended_offers, live_entries
from .model import Site
from .order import in_listing_order
from .schedule import changes_at
from .similar import similar_vehicles


def build_site_model(
    settings: Settings, root: Path, inventory: Inventory, entries: Sequence[Entry], ledger: Ledger, now: dt.datetime
) -> Site:
    """The site as it is at `now`. `ledger` is the last build's; the site's own has this build's stock entered."""
    zone = settings.rooftops[0].zone
    now = in_zone(now, zone)
    today = now.date()
    vehicles = inventory.vehicles
    with _without_collector():
        ledger = ledger.enter(to_enter(vehicles, ledger, settings.lifecycle, today), now)
        shown = standing(vehicles, ledger, settings, today)
        stock = in_listing_order(shown.stock, settings.listing.order)
        facets = facets_of(stock, settings)
        similar = similar_vehicles(stock, shown.sold, settings.listing.similar)
    return Site(
        settings=settings,
        root=root,
        now=now,
        inventory=inventory,
        stock=stock,
        sold=shown.sold,
        facets=facets,
        similar=similar,
        entries=live_entries(entries, now, zone),
        ended_offers=ended_offers(entries, now, zone),
        ledger=ledger,
        changes_at=changes_at(settings, [*stock, *shown.sold], vehicles, entries, ledger, now),
    )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing made here is garbage, and to look for it among a hundred thousand new objects takes long."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
