"""The order of the listing: as the settings say, ties by code, so that it never depends on the file's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .model import StockVehicle

Key = Callable[[StockVehicle], tuple[Any, ...]]


def in_listing_order(stock: Iterable[StockVehicle], order: str) -> list[StockVehicle]:
    """`stock` by one of the orders of `ListingSettings.order`; vehicles without the value that counts come last."""
    return sorted(stock, key=ORDERS[order])


def _newest(entry: StockVehicle) -> tuple[Any, ...]:
    """What can be bought now comes first."""
    vehicle = entry.vehicle
    return vehicle.status != "available", -entry.first_seen.toordinal(), vehicle.code


def _price(entry: StockVehicle) -> tuple[Any, ...]:
    price = entry.vehicle.price
    return price is None, price or 0, entry.vehicle.code


def _price_down(entry: StockVehicle) -> tuple[Any, ...]:
    price = entry.vehicle.price
    return price is None, -(price or 0), entry.vehicle.code


def _mileage(entry: StockVehicle) -> tuple[Any, ...]:
    mileage = entry.vehicle.mileage
    return mileage is None, mileage or 0, entry.vehicle.code


def _year(entry: StockVehicle) -> tuple[Any, ...]:
    year = entry.vehicle.year
    return year is None, year or 0, entry.vehicle.code


def _year_down(entry: StockVehicle) -> tuple[Any, ...]:
    year = entry.vehicle.year
    return year is None, -(year or 0), entry.vehicle.code


ORDERS: dict[str, Key] = {
    "newest": _newest,
    "price": _price,
    "-price": _price_down,
    "mileage": _mileage,
    "year": _year,
    "-year": _year_down,
}
