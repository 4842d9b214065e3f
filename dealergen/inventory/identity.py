"""The code that a vehicle keeps: eight characters over its VIN, else stock number, else plate, else its lasting facts.

The code stands in the vehicle's URL. So it must not change with a price, or when rows are sorted, added or taken away;
and no two vehicles may share one. What alone cannot tell two vehicles apart is widened by their lasting facts, and
equal twins are numbered in an order that does not depend on their rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final, Literal

from .vehicle import Vehicle

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o, u."""
_LENGTH: Final = 8
_PAIRS: Final = tuple(a + b for a in _ALPHABET for b in _ALPHABET)
_KINDS: Final[dict[str, Literal["vin", "stock_number", "plate", "row"]]] = {
    "vin:": "vin", "stoc": "stock_number", "plat": "plate", "row:": "row",
}  # fmt: skip
_SHARED_BY_MANY: Final = 3
"""A VIN on so many rows of different vehicles is a placeholder."""


def code_of(identity: str, length: int = _LENGTH) -> str:
    """`length` characters (a multiple of 8) of a digest over `identity`."""
    digest = blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=length * 5 // 8).digest()
    bits = int.from_bytes(digest, "big")
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(length * 5 - 10, -1, -10)])


def give_codes(vehicles: Sequence[Vehicle], plates: Sequence[str]) -> None:
    """Sets the code of each vehicle, and empties VINs that turn out to be placeholders.

    Vehicles share a code only when they share a VIN, or a stock number or plate and all lasting facts: duplicates,
    which `without_duplicates` resolves.
    """
    _empty_placeholders(vehicles)
    scoped = _stock_numbers_of_several_rooftops(vehicles)
    identities = [_identity(vehicle, plate, scoped) for vehicle, plate in zip(vehicles, plates, strict=True)]
    _widen(vehicles, identities)
    _number_twins(vehicles, identities)
    _encode(vehicles, identities)


def lasting_facts(vehicle: Vehicle) -> tuple[object, ...]:
    """What stays while a vehicle is on the lot: not its price, photos, texts or state."""
    return (
        vehicle.make, vehicle.model, vehicle.trim, vehicle.year, vehicle.year_made, vehicle.mileage, vehicle.color,
        vehicle.interior_color, vehicle.fuel, vehicle.transmission, vehicle.drivetrain, vehicle.body, vehicle.engine,
        vehicle.power, vehicle.doors, vehicle.rooftop,
    )  # fmt: skip


def _identity(vehicle: Vehicle, plate: str, scoped: frozenset[str]) -> str:
    if vehicle.vin:
        return "vin:" + vehicle.vin
    if vehicle.stock_number:
        place = vehicle.rooftop + "/" if vehicle.stock_number in scoped else ""
        return f"stock:{place}{vehicle.stock_number.upper()}"
    return f"plate:{plate}" if plate else f"row:{lasting_facts(vehicle)!r}"


def _empty_placeholders(vehicles: Sequence[Vehicle]) -> None:
    counts = Counter(vehicle.vin for vehicle in vehicles)
    many = {vin for vin, count in counts.items() if vin and count >= _SHARED_BY_MANY}
    if not many:
        return
    kinds: defaultdict[str, set[tuple[object, ...]]] = defaultdict(set)
    for vehicle in vehicles:
        if vehicle.vin in many:
            kinds[vehicle.vin].add((vehicle.make, vehicle.model, vehicle.year))
    for vehicle in vehicles:
        if vehicle.vin in many and (len(kinds[vehicle.vin]) > 1 or len(vehicle.vin) < 17):
            vehicle.vin = ""


def _stock_numbers_of_several_rooftops(vehicles: Iterable[Vehicle]) -> frozenset[str]:
    places: defaultdict[str, set[str]] = defaultdict(set)
    for vehicle in vehicles:
        if vehicle.stock_number and not vehicle.vin:
            places[vehicle.stock_number].add(vehicle.rooftop)
    return frozenset(number for number, rooftops in places.items() if len(rooftops) > 1)


def _groups(identities: Sequence[str]) -> list[list[int]]:
    """The positions of each identity that occurs more than once."""
    counts = Counter(identities)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, identity in enumerate(identities):
        if counts[identity] > 1:
            groups[identity].append(index)
    return list(groups.values())


def _widen(vehicles: Sequence[Vehicle], identities: list[str]) -> None:
    """One stock number or plate on different vehicles: each is known by its lasting facts too."""
    for group in _groups(identities):
        if identities[group[0]].startswith(("stock:", "plate:")):
            facts = [repr(lasting_facts(vehicles[index])) for index in group]
            if len(set(facts)) > 1:
                for index, fact in zip(group, facts, strict=True):
                    identities[index] += "|" + fact


def _number_twins(vehicles: Sequence[Vehicle], identities: list[str]) -> None:
    """Rows alike without any number of their own may be several new cars: they are numbered, in order of the rest."""
    for group in _groups(identities):
        if identities[group[0]].startswith("row:"):
            for ordinal, index in enumerate(sorted(group, key=lambda index: vehicles[index].sealed().digest)):
                identities[index] += f"#{ordinal}" if ordinal else ""


def _encode(vehicles: Sequence[Vehicle], identities: Sequence[str]) -> None:
    """Codes; where the digests of different identities collide, all but the first by text get longer ones."""
    codes = {identity: code_of(identity) for identity in identities}
    if len(set(codes.values())) < len(codes):
        codes = _without_collisions(codes)
    for vehicle, identity in zip(vehicles, identities, strict=True):
        vehicle.code = codes[identity]
        vehicle.known_by = _KINDS[identity[:4]]


def _without_collisions(identities: Iterable[str]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for identity in sorted(identities):
        length = _LENGTH
        while owners.setdefault(code_of(identity, length), identity) != identity:
            length += 8
    return {identity: code for code, identity in owners.items()}
