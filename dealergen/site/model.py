"""The model of a site: everything known, joined, at the build's clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from dealergen.config import Rooftop, Settings
from dealergen.config.presentation import FacetName
from dealergen.content import Entry
from dealergen.errors import Problem
from dealergen.inventory import Inventory, Vehicle

from .ledger import Ledger


@dataclass(slots=True)
class StockVehicle:
    """A vehicle with what the clock and the ledger know of it."""

    vehicle: Vehicle
    rooftop: Rooftop
    first_seen: dt.date
    new_arrival: bool
    dropped_from: Decimal | None
    """The price before a fall that is recent enough to show; None otherwise."""
    sold_on: dt.date | None
    """Set exactly when the vehicle is shown as sold."""
    gone: bool = False
    """True when the vehicle is in the ledger only: its row has left the spreadsheet."""
    digest: bytes = b""
    """Over the vehicle and everything here."""


@dataclass(slots=True)
class FacetValue:
    """One value of a facet, and who has it."""

    facet: FacetName
    key: str
    """Stable and fit for a URL: `fiat`, `suv`, `ate-80000`; for a model `fiat/argo`."""
    label: str
    """As written in the data (`Fiat`), or the vocabulary's word (`suv`), or the band's bounds as `80000-100000`."""
    vehicles: tuple[StockVehicle, ...]
    """In listing order."""

    @property
    def count(self) -> int:
        return len(self.vehicles)


@dataclass(slots=True)
class Site:
    """Everything that pages, feeds and lints may draw on."""

    settings: Settings
    root: Path
    now: dt.datetime
    """The build's clock, in the main rooftop's time zone."""
    inventory: Inventory
    stock: list[StockVehicle]
    """Available, reserved and coming soon, in listing order."""
    sold: list[StockVehicle]
    """Sold within `lifecycle.sold_days`, most recent first; some are known from the ledger only."""
    facets: dict[FacetName, list[FacetValue]]
    """Over `stock`; each facet's values with the most vehicles first, bands in rising order."""
    similar: dict[str, tuple[StockVehicle, ...]]
    """Vehicle code → the most similar ones in stock, for every vehicle of `stock` and `sold`."""
    entries: list[Entry]
    """Content that is live at `now`: no drafts, no offers outside their dates, no posts to come."""
    ended_offers: list[Entry]
    """Offers whose last moment has passed."""
    ledger: Ledger
    """As it stands after this build's stock was entered."""
    changes_at: list[dt.datetime] = field(default_factory=list)
    """The next moments at which the site would differ with the same inputs, soonest first."""
    problems: list[Problem] = field(default_factory=list)
