"""Condition and status of a vehicle, from the several columns that may tell them."""

from __future__ import annotations

import datetime as dt
from typing import cast

from .vocabulary import Condition, Status


def condition_of(told: str | None, new: bool | None, certified: bool | None, default: str | None) -> Condition:
    """The column's word first; flags refine it: `certified` a used vehicle, `new` one that nothing else tells of."""
    if told is None and new is not None:
        told = "new" if new else "used"
    if certified and told in (None, "used"):
        return "certified"
    return cast(Condition, told or default or "used")


def status_of(
    told: str | None, reserved: bool | None, sold_on: dt.date | None, default: str | None, now: dt.date
) -> Status:
    """Sold beats all; a day of sale that has come counts when no column says otherwise; then reservations."""
    if told is None and sold_on is not None and sold_on <= now:
        return "sold"
    if reserved and told in (None, "available", "coming_soon"):
        return "reserved"
    return cast(Status, told or default or "available")


def mileage_of(value: int | None, condition: Condition) -> int | None:
    """0 on a vehicle that is not new means: not known."""
    return None if value == 0 and condition in ("used", "certified") else value
