"""When the site will next differ although nothing is edited, so that a pipeline can rebuild exactly then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from dealergen.config import Rooftop, Settings
from dealergen.config.presentation import LifecycleSettings
from dealergen.content import Entry
from dealergen.inventory import Vehicle

from .clock import begins
from .hours import HOLIDAYS_AHEAD
from .ledger import Ledger
from .lifecycle import arrival
from .live import turning_points
from .model import StockVehicle
from .price_history import lapses

DAY = dt.timedelta(days=1)


def changes_at(
    settings: Settings,
    shown: Iterable[StockVehicle],
    vehicles: Iterable[Vehicle],
    entries: Iterable[Entry],
    ledger: Ledger,
    now: dt.datetime,
) -> list[dt.datetime]:
    """The moments after `now` at which the site would change, soonest first, in the main rooftop's time zone.

    `shown` is the stock and the sold; `vehicles` is all that the file holds; `entries` is all content, live or not.
    """
    zone = settings.rooftops[0].zone
    days = set(chain(_vehicle_days(shown, ledger, settings.lifecycle, now.date()), _days_of_sale(vehicles)))
    days.add(dt.date(now.year + 1, 1, 1))
    moments = {begins(day, zone) for day in days}
    moments.update(turning_points(entries, zone))
    moments.update(moment.astimezone(zone) for rooftop in settings.rooftops for moment in _holiday_moments(rooftop))
    return sorted(moment for moment in moments if moment > now)


def _vehicle_days(
    shown: Iterable[StockVehicle], ledger: Ledger, rules: LifecycleSettings, today: dt.date
) -> Iterator[dt.date]:
    new_for, sold_for = dt.timedelta(days=rules.new_arrival_days), dt.timedelta(days=rules.sold_days)
    for entry in shown:
        if entry.sold_on is not None:
            yield entry.sold_on + sold_for
            continue
        record = ledger.vehicles[entry.vehicle.code]
        if (since := arrival(entry.vehicle, record)) is not None and rules.new_arrival_days:
            yield from (since, since + new_for)
        if len(record.prices) > 1:
            yield from lapses(record.prices, rules, today)


def _days_of_sale(vehicles: Iterable[Vehicle]) -> Iterator[dt.date]:
    """A day of sale that is still to come dates the sale from then on."""
    return (vehicle.sold_on for vehicle in vehicles if vehicle.status == "sold" and vehicle.sold_on is not None)


def _holiday_moments(rooftop: Rooftop) -> Iterator[dt.datetime]:
    """A holiday is announced from 60 days before to its end, by the rooftop's own clock."""
    for holiday in rooftop.holidays:
        yield begins(holiday.date - HOLIDAYS_AHEAD * DAY, rooftop.zone)
        yield begins(holiday.date + DAY, rooftop.zone)
