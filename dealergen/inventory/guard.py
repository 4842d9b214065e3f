"""The last look before an inventory replaces the published one: too few vehicles, too many gone, prices shifted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from dealergen.config.inventory import Guard
from dealergen.errors import InventoryRefused, Place, Problem

from .model import Inventory

_FACTORS: Final = tuple(Decimal(10) ** power for power in (-3, -2, -1, 1, 2, 3))
_CLOSENESS: Final = Decimal("0.01")
_ACCEPT: Final = "If the file is right, build once with --accept"


def check_guard(
    inventory: Inventory, guard: Guard, previous: Mapping[str, Decimal | None] | None, accept: bool
) -> list[Problem]:
    """What makes the inventory untrustworthy, as warnings; without `accept`, any such finding raises InventoryRefused.

    `previous` maps the codes of the last build to their prices; None when there was no earlier build.
    """
    suspicions = list(_suspicions(inventory, guard, previous or {}))
    if not suspicions:
        return []
    if accept:
        return [
            replace(suspicion, level="warning", remedy="Taken all the same, as --accept says.")
            for suspicion in suspicions
        ]
    raise InventoryRefused(
        "the inventory was refused: " + "; ".join(suspicion.message for suspicion in suspicions),
        remedy=" ".join(dict.fromkeys(suspicion.remedy for suspicion in suspicions)),
        problems=suspicions,
    )


def _suspicions(inventory: Inventory, guard: Guard, previous: Mapping[str, Decimal | None]) -> Iterator[Problem]:
    yield from _too_few(inventory, guard)
    yield from _too_many_set_aside(inventory, guard)
    yield from _too_many_gone(inventory, guard, previous)
    yield from _prices_shifted(inventory, guard, previous)


def _too_few(inventory: Inventory, guard: Guard) -> Iterator[Problem]:
    if (count := len(inventory.vehicles)) < guard.min_vehicles:
        yield _suspicion(
            inventory,
            "inventory.guard-few",
            f"it holds {_vehicles(count)}, and inventory.guard.min_vehicles is {guard.min_vehicles}",
            f"Check the export. {_ACCEPT}, or lower inventory.guard.min_vehicles.",
        )


def _too_many_set_aside(inventory: Inventory, guard: Guard) -> Iterator[Problem]:
    rows = sum(file.rows for file in inventory.files)
    aside = len(inventory.set_aside)
    if rows and aside / rows > guard.max_set_aside:
        yield _suspicion(
            inventory,
            "inventory.guard-set-aside",
            f"{aside} of {rows} rows cannot be read, more than inventory.guard.max_set_aside allows "
            f"({guard.max_set_aside:.0%}); the first: {inventory.set_aside[0]}",
            f"Run `dealergen inventory check` to see every row. {_ACCEPT}, or raise inventory.guard.max_set_aside.",
        )


def _too_many_gone(inventory: Inventory, guard: Guard, previous: Mapping[str, Decimal | None]) -> Iterator[Problem]:
    lost = len(previous) - len(inventory.vehicles)
    if previous and lost / len(previous) > guard.max_drop:
        yield _suspicion(
            inventory,
            "inventory.guard-drop",
            f"it shrank from {_vehicles(len(previous))} to {len(inventory.vehicles)}, by {lost / len(previous):.0%}, "
            f"more than inventory.guard.max_drop allows ({guard.max_drop:.0%})",
            f"Check that the export is complete. {_ACCEPT}, or raise inventory.guard.max_drop.",
        )


def _prices_shifted(inventory: Inventory, guard: Guard, previous: Mapping[str, Decimal | None]) -> Iterator[Problem]:
    pairs = [
        (old, vehicle.price) for vehicle in inventory.vehicles if (old := previous.get(vehicle.code)) and vehicle.price
    ]
    shifted = [
        (old, new) for old, new in pairs if any(abs(new / old / factor - 1) <= _CLOSENESS for factor in _FACTORS)
    ]
    if pairs and len(shifted) / len(pairs) > guard.max_price_shift:
        old, new = shifted[0]
        yield _suspicion(
            inventory,
            "inventory.guard-price-shift",
            f"{len(shifted)} of {len(pairs)} prices are ten, a hundred or a thousand times those of the last build, "
            f"or that small a part (the first was {old} and would be {new})",
            "The decimal mark was probably read wrongly: set inventory.numbers.decimal to '.' or ','. "
            f"{_ACCEPT}, or raise inventory.guard.max_price_shift.",
        )


def _suspicion(inventory: Inventory, code: str, message: str, remedy: str) -> Problem:
    place = Place(inventory.files[0].file) if len(inventory.files) == 1 else None
    return Problem(code, message, place, remedy=remedy)


def _vehicles(count: int) -> str:
    return "1 vehicle" if count == 1 else f"{count} vehicles"
