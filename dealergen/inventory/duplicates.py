"""One vehicle, two rows: which one stays, and codes that stay unique across files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from .identity import code_of, lasting_facts
from .model import Duplicate
from .vehicle import Vehicle


def without_duplicates(
    vehicles: list[Vehicle], policy: Literal["newest", "fullest"]
) -> tuple[list[Vehicle], list[Duplicate]]:
    """`vehicles` with one of each, in their order, and what was dropped. Afterwards no two share a code.

    Rows are one vehicle when they share a VIN; or, without one, a stock number or plate and all lasting facts.
    `newest` keeps the later row, `fullest` the one with the most values (of equals the later).
    """
    groups: defaultdict[object, list[Vehicle]] = defaultdict(list)
    for vehicle in vehicles:
        groups[vehicle.vin or vehicle.code].append(vehicle)
    if len(groups) == len(vehicles):
        return vehicles, []
    dropped: set[int] = set()
    duplicates: list[Duplicate] = []
    for twins in groups.values():
        for same in _same(twins) if len(twins) > 1 else ():
            kept = same[-1] if policy == "newest" else max(reversed(same), key=_fullness)
            gone = [vehicle for vehicle in same if vehicle is not kept]
            dropped.update(map(id, gone))
            duplicates.extend(Duplicate(_name(kept), _place(kept), _place(vehicle)) for vehicle in gone)
    left = [vehicle for vehicle in vehicles if id(vehicle) not in dropped]
    _tell_apart(left)
    return left, duplicates


def _same(twins: list[Vehicle]) -> Iterable[list[Vehicle]]:
    """Vehicles of one VIN; of one code, those whose lasting facts agree. Rows without any number stay apart."""
    if twins[0].vin:
        return [twins]
    alike: defaultdict[tuple[object, ...], list[Vehicle]] = defaultdict(list)
    for vehicle in twins:
        alike[lasting_facts(vehicle)].append(vehicle)
    return [same for same in alike.values() if same[0].known_by != "row"]


def _tell_apart(vehicles: list[Vehicle]) -> None:
    """Different vehicles of several files under one code: each is known by its lasting facts too, twins by a number."""
    sharing: defaultdict[str, list[Vehicle]] = defaultdict(list)
    for vehicle in vehicles:
        sharing[vehicle.code].append(vehicle)
    for same in sharing.values():
        if len(same) > 1:
            _widen_codes(same)


def _widen_codes(vehicles: list[Vehicle]) -> None:
    """Longer codes, the first of equal twins being the one with the least digest: row order plays no part."""
    seen: Counter[str] = Counter()
    for vehicle in sorted(vehicles, key=lambda vehicle: vehicle.digest):
        identity = f"{vehicle.code}|{vehicle.vin}|{lasting_facts(vehicle)!r}"
        seen[identity] += 1
        vehicle.code = code_of(f"{identity}#{seen[identity]}", 16)
        vehicle.sealed()


def _fullness(vehicle: Vehicle) -> int:
    texts = (
        vehicle.trim, vehicle.year, vehicle.mileage, vehicle.price, vehicle.fuel, vehicle.transmission,
        vehicle.drivetrain, vehicle.body, vehicle.engine, vehicle.power, vehicle.doors, vehicle.seats, vehicle.color,
        vehicle.interior_color, vehicle.description, vehicle.video, vehicle.arrived, vehicle.stock_number,
    )  # fmt: skip
    return sum(1 for text in texts if text not in (None, "")) + len(vehicle.photos) + len(vehicle.features)


def _name(vehicle: Vehicle) -> str:
    if vehicle.vin:
        return f"VIN {vehicle.vin}"
    return f"stock number {vehicle.stock_number}" if vehicle.stock_number else f"plate of {vehicle.name}"


def _place(vehicle: Vehicle) -> str:
    return f"{vehicle.file}:{vehicle.line}"
