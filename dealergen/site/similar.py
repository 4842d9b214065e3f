"""Similar vehicles: for each one shown, the best few others in stock.

Nobody is compared with everybody: candidates are the neighbours in price among those of the same model, of the same
make and body, and of the same body, so the work grows with the stock and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from statistics import median_low

from dealergen.inventory import Vehicle

from .model import StockVehicle

MAKE, MODEL, BODY, CONDITION = 2.0, 3.0, 3.0, 1.0
"""What it is worth to have the same."""
PRICE = 4.0
"""What a factor of e between two prices costs."""
YEAR = 0.2
"""What each year between two model years costs."""
UNKNOWN_PRICE, UNKNOWN_YEAR = 1.5, 0.8
"""What it costs when one of the two has none."""

Place = tuple[float, str]
"""The logarithm of the price, and the code to break ties: where a vehicle stands in a bucket."""
Traits = tuple[str, str, str | None, str, float | None, int | None]
"""Make, model, body, condition, logarithm of the price, model year."""


def similar_vehicles(
    stock: Sequence[StockVehicle], others: Sequence[StockVehicle], count: int
) -> dict[str, tuple[StockVehicle, ...]]:
    """Code → `count` vehicles that can be bought, most similar first, for each of `stock` and `others`.

    Fewer only where the lot has fewer. The answer does not depend on the order of either list.
    """
    asking = [*stock, *others]
    offered = [entry for entry in stock if entry.vehicle.status in {"available", "reserved"}]
    if not count or not offered:
        return {entry.vehicle.code: () for entry in asking}
    lot = _Lot(offered, count)
    return {entry.vehicle.code: lot.similar_to(entry.vehicle) for entry in asking}


class _Lot:
    """What can be bought, sorted by price: as a whole, and in a bucket for each model, make and body, and body."""

    def __init__(self, offered: Sequence[StockVehicle], count: int) -> None:
        self._count = count
        traits = [_traits(entry.vehicle) for entry in offered]
        self._middle = median_low([price for *_, price, _ in traits if price is not None] or [0.0])
        ranked = sorted(zip(map(self._place, offered, traits), offered, traits, strict=True), key=lambda row: row[0])
        self._places = [place for place, _, _ in ranked]
        self._offered = [entry for _, entry, _ in ranked]
        self._traits = [trait for _, _, trait in ranked]
        self._index = {code: index for index, (_, code) in enumerate(self._places)}
        self._buckets = _buckets(self._traits)

    def similar_to(self, vehicle: Vehicle) -> tuple[StockVehicle, ...]:
        """The most similar of the others; among equally similar ones the cheapest first."""
        wanted = _traits(vehicle)
        own = self._index.get(vehicle.code, -1)
        position = own if own >= 0 else bisect_left(self._places, self._place_of(vehicle.code, wanted))
        near = self._near(wanted, position) - {own}
        if len(near) < self._count:
            near = self._around(position, self._count + len(near) + 1).union(near) - {own}
        ranked = sorted(_differences(wanted, near, self._traits))
        return tuple([self._offered[index] for _, index in ranked[: self._count]])

    def _near(self, wanted: Traits, position: int) -> set[int]:
        near: set[int] = set()
        for key in _bucket_keys(wanted):
            if bucket := self._buckets.get(key):
                near.update(_neighbours(bucket, position, self._count))
        return near

    def _around(self, position: int, reach: int) -> set[int]:
        """The neighbours in price in the whole lot, for a vehicle that has hardly anything like it."""
        return set(range(max(0, position - reach), min(len(self._offered), position + reach + 1)))

    def _place(self, entry: StockVehicle, traits: Traits) -> Place:
        return self._place_of(entry.vehicle.code, traits)

    def _place_of(self, code: str, traits: Traits) -> Place:
        """A vehicle without a price stands in the middle of the lot."""
        price = traits[4]
        return (self._middle if price is None else price), code


def _traits(vehicle: Vehicle) -> Traits:
    price = log(vehicle.price) if vehicle.price and vehicle.price > 0 else None
    return vehicle.make, vehicle.model, vehicle.body, vehicle.condition, price, vehicle.year


def _bucket_keys(traits: Traits) -> list[tuple[str | None, ...]]:
    make, model, body, *_ = traits
    keys: list[tuple[str | None, ...]] = []
    if make and model:
        keys.append((make, model, None))
    if make and body:
        keys.append((make, None, body))
    if body:
        keys.append((None, None, body))
    return keys


def _buckets(traits: Sequence[Traits]) -> dict[tuple[str | None, ...], list[int]]:
    """Key → indexes into the price-sorted lot, rising: so a bucket is sorted by price too."""
    buckets: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for index, trait in enumerate(traits):
        for key in _bucket_keys(trait):
            buckets[key].append(index)
    return dict(buckets)


def _neighbours(bucket: Sequence[int], position: int, reach: int) -> Sequence[int]:
    """The members of `bucket` up to `reach` places below and above `position` of the lot."""
    middle = bisect_left(bucket, position)
    return bucket[max(0, middle - reach) : middle + reach + 1]


def _differences(wanted: Traits, near: Iterable[int], lot: Sequence[Traits]) -> list[tuple[float, int]]:
    """How unlike each one is, and which: lower is more alike. One loop without calls, for it runs a million times."""
    make, model, body, condition, price, year = wanted
    found = []
    for index in near:
        make2, model2, body2, condition2, price2, year2 = lot[index]
        cost = UNKNOWN_PRICE if price is None or price2 is None else PRICE * abs(price - price2)
        cost += UNKNOWN_YEAR if year is None or year2 is None else YEAR * abs(year - year2)
        if make == make2 and make:
            cost -= MAKE + MODEL if model == model2 and model else MAKE
        if body == body2 and body:
            cost -= BODY
        if condition == condition2:
            cost -= CONDITION
        found.append((cost, index))
    return found
