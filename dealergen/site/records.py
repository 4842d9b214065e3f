"""The lines of the ledger: one record a vehicle, one an address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dealergen.inventory import Vehicle
from dealergen.inventory.vocabulary import Body, Condition

PriceChange = tuple[dt.date, Decimal | None]
"""The day on which a price was first seen; None: the price was on request."""

PRICES_KEPT = 12
AWAY = dt.timedelta(days=90)
"""A vehicle that comes back after a longer absence has been bought again: it is new, with a new price history."""


@dataclass(slots=True)
class VehicleRecord:
    """What is remembered of a vehicle: dates, prices, and the few words that its sold page needs."""

    first_seen: dt.date
    initial: bool = False
    """True when it was there when the ledger was begun, so that `first_seen` does not tell when it arrived."""
    prices: tuple[PriceChange, ...] = ()
    """Asking prices, oldest first; only changes, the last twelve."""
    sold: dt.date | None = None
    """The day of sale, or the day on which it was first seen as sold."""
    left: dt.date | None = None
    """The day on which its row was first missed; None while it is in the file."""
    make: str = ""
    model: str = ""
    trim: str = ""
    year: int | None = None
    body: Body | None = None
    rooftop: str = ""
    condition: Condition = "used"
    reserved: bool = False
    """Whether it was reserved at the last build that found it."""

    @property
    def price(self) -> Decimal | None:
        """The last asking price."""
        return self.prices[-1][1] if self.prices else None


@dataclass(slots=True)
class UrlRecord:
    """An address that was published once."""

    code: str | None
    """The vehicle that it shows or showed; None for other pages."""
    since: dt.date
    gone: dt.date | None = None
    """The day on which it was first not published any more."""
    to: str | None = None
    """Where it leads now that it is gone; None: nowhere (410)."""
    changed: dt.date | None = None
    """The day on which what it shows last changed; None: since it was first published."""
    content: str = ""
    """A short digest of what it shows, by which a change is known."""

    @property
    def modified(self) -> dt.date:
        """The day for a sitemap's `lastmod`."""
        return self.changed or self.since


def entered(known: VehicleRecord | None, vehicle: Vehicle, today: dt.date, *, initial: bool) -> VehicleRecord:
    """The record of a vehicle that is in the file today."""
    if known is not None and known.left is not None and today - known.left > AWAY:
        known = None
    return VehicleRecord(
        known.first_seen if known else today,
        known.initial if known else initial,
        _prices(known.prices if known else (), vehicle, today),
        _sold(known.sold if known else None, vehicle, today),
        None,
        vehicle.make,
        vehicle.model,
        vehicle.trim,
        vehicle.year,
        vehicle.body,
        vehicle.rooftop,
        vehicle.condition,
        vehicle.status == "reserved",
    )


def _prices(known: tuple[PriceChange, ...], vehicle: Vehicle, today: dt.date) -> tuple[PriceChange, ...]:
    """A sold vehicle's column may hold what was really paid: only asking prices are remembered."""
    if vehicle.status == "sold" or (known and known[-1][1] == vehicle.price):
        return known
    return (*known, (today, vehicle.price))[-PRICES_KEPT:]


def _sold(known: dt.date | None, vehicle: Vehicle, today: dt.date) -> dt.date | None:
    if vehicle.status != "sold":
        return None
    if vehicle.sold_on is not None and vehicle.sold_on <= today:
        return vehicle.sold_on
    return known or today
