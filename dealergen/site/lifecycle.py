"""The states of a vehicle at the build's clock: just arrived, lower in price, sold, gone from the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from dealergen.config import Rooftop, Settings
from dealergen.config.presentation import LifecycleSettings
from dealergen.inventory import Vehicle

from .ledger import Ledger
from .ledger_io import LEDGER_FILE
from .model import StockVehicle
from .price_history import dropped_from
from .records import VehicleRecord


@dataclass(slots=True)
class Standing:
    """Who is shown, and as what: `stock` in the file's order, `sold` most recent first."""

    stock: list[StockVehicle]
    sold: list[StockVehicle]


def standing(vehicles: Iterable[Vehicle], ledger: Ledger, settings: Settings, today: dt.date) -> Standing:
    """The vehicles to show today. `ledger` is the one in which `vehicles` have been entered."""
    rooftops = _Rooftops(settings.rooftops)
    rules = settings.lifecycle
    stock: list[StockVehicle] = []
    sold: list[StockVehicle] = []
    for vehicle in vehicles:
        record = ledger.vehicles.get(vehicle.code)
        if record is None:
            continue
        if vehicle.status != "sold":
            stock.append(_in_stock(vehicle, record, rooftops, rules, today))
        elif shown_as_sold(record.sold, rules, today):
            sold.append(_sold(vehicle, record, rooftops))
    for code, record in ledger.vehicles.items():
        if record.left and shown_as_sold(record.sold or record.left, rules, today):
            sold.append(_sold(_remembered(code, record), record, rooftops))
    sold.sort(key=lambda entry: (-(entry.sold_on or today).toordinal(), entry.vehicle.code))
    return Standing(stock, sold)


def to_enter(
    vehicles: Iterable[Vehicle], ledger: Ledger, rules: LifecycleSettings, today: dt.date
) -> Iterator[Vehicle]:
    """Those that the ledger may remember: a car sold too long ago to be shown was never public, unless it is known."""
    for vehicle in vehicles:
        known = vehicle.code in ledger.vehicles
        if vehicle.status != "sold" or known or shown_as_sold(vehicle.sold_on or today, rules, today):
            yield vehicle


def shown_as_sold(sold: dt.date | None, rules: LifecycleSettings, today: dt.date) -> bool:
    """Whether a vehicle sold on that day still has a page that says so."""
    return sold is not None and today < sold + dt.timedelta(days=rules.sold_days)


def arrival(vehicle: Vehicle, record: VehicleRecord) -> dt.date | None:
    """The day from which it counts as just arrived; None when nobody knows, or when it is still to come."""
    if vehicle.status == "coming_soon":
        return None
    if record.initial:
        return vehicle.arrived
    return min(record.first_seen, vehicle.arrived or record.first_seen)


def just_arrived(since: dt.date | None, rules: LifecycleSettings, today: dt.date) -> bool:
    return since is not None and since <= today < since + dt.timedelta(days=rules.new_arrival_days)


class _Rooftops:
    """Rooftops by id, each with a digest; an id that is not known (any more) is the main one's."""

    def __init__(self, rooftops: Iterable[Rooftop]) -> None:
        self._known: Mapping[str, tuple[Rooftop, bytes]] = {
            rooftop.id: (rooftop, rooftop.model_dump_json().encode()) for rooftop in rooftops
        }
        self._main = next(iter(self._known.values()))

    def of(self, vehicle: Vehicle) -> tuple[Rooftop, bytes]:
        return self._known.get(vehicle.rooftop, self._main)


def _in_stock(
    vehicle: Vehicle, record: VehicleRecord, rooftops: _Rooftops, rules: LifecycleSettings, today: dt.date
) -> StockVehicle:
    new = just_arrived(arrival(vehicle, record), rules, today)
    drop = dropped_from(record.prices, rules, today) if len(record.prices) > 1 else None
    return _sealed(vehicle, record, rooftops, new_arrival=new, drop=drop, sold_on=None)


def _sold(vehicle: Vehicle, record: VehicleRecord, rooftops: _Rooftops) -> StockVehicle:
    return _sealed(vehicle, record, rooftops, new_arrival=False, drop=None, sold_on=record.sold or record.left)


def _sealed(
    vehicle: Vehicle,
    record: VehicleRecord,
    rooftops: _Rooftops,
    *,
    new_arrival: bool,
    drop: Decimal | None,
    sold_on: dt.date | None,
) -> StockVehicle:
    rooftop, details = rooftops.of(vehicle)
    first_seen = min(record.first_seen, vehicle.arrived or record.first_seen)
    gone = record.left is not None
    digest = blake2b(vehicle.digest or vehicle.sealed().digest, digest_size=16)
    digest.update(details)
    digest.update(f"{first_seen}|{new_arrival}|{drop}|{sold_on}|{gone}".encode())
    return StockVehicle(vehicle, rooftop, first_seen, new_arrival, drop, sold_on, gone, digest.digest())


def _remembered(code: str, record: VehicleRecord) -> Vehicle:
    """A vehicle whose row has left the file, from what the ledger knows of it."""
    return Vehicle(
        code=code,
        file=LEDGER_FILE,
        line=0,
        rooftop=record.rooftop,
        condition=record.condition,
        status="sold",
        make=record.make,
        model=record.model,
        trim=record.trim,
        year=record.year,
        price=record.price,
        body=record.body,
    ).sealed()
