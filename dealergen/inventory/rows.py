"""A table and its mapping, read into vehicles; rows that cannot be trusted are set aside with their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

from dealergen.config import InventorySettings, Rooftop
from dealergen.errors import Place, Problem

from .model import Duplicate
from .table import Mapping, Table
from .vehicle import Vehicle


@dataclass(slots=True)
class ReadContext:
    """What the reading of values depends on beside the file."""

    settings: InventorySettings
    currency: str
    """The site's currency, ISO 4217."""
    distance: Literal["km", "mi"]
    """The site's unit of distance; mileages are converted to it."""
    rooftops: Sequence[Rooftop]
    now: dt.date


@dataclass(slots=True)
class ColumnStats:
    """What the parsed values of one column span; empty texts for columns that hold no numbers or dates."""

    filled: int
    minimum: str = ""
    median: str = ""
    maximum: str = ""


@dataclass(slots=True)
class Rows:
    """The vehicles of one table, in file order, and everything worth telling about their values."""

    vehicles: list[Vehicle] = field(default_factory=list)
    set_aside: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stats: dict[int, ColumnStats] = field(default_factory=dict)
    """By 0-based column, for mapped columns."""


def vehicles_of(table: Table, mapping: Mapping, context: ReadContext) -> Rows:
    """The vehicles of `table`. Bad cells become warnings, bad rows are set aside; only bad settings raise."""
    rows = Rows()
    for line, cells in zip(table.lines, table.rows, strict=True):
        texts = {name: _first_text(cells, indexes) for name, indexes in mapping.columns.items()}
        if not any(texts.get(name) for name in ("make", "model", "title")):
            rows.set_aside.append(
                Problem("inventory.row-nameless", "the row names no make or model", Place(table.file, line))
            )
            continue
        identity = texts.get("vin") or texts.get("stock_number") or repr(cells)
        rows.vehicles.append(
            Vehicle(
                code=blake2b(identity.encode(), digest_size=4).hexdigest(),
                file=table.file,
                line=line,
                rooftop=context.rooftops[0].id if context.rooftops else "",
                make=texts.get("make", ""),
                model=texts.get("model", "") or texts.get("title", ""),
            ).sealed()
        )
    for indexes in mapping.columns.values():
        for index in indexes:
            rows.stats[index] = ColumnStats(sum(1 for cells in table.rows if _first_text(cells, [index])))
    return rows


def without_duplicates(
    vehicles: list[Vehicle], policy: Literal["newest", "fullest"]
) -> tuple[list[Vehicle], list[Duplicate]]:
    """`vehicles` with one of each identity, in their order, and what was dropped."""
    kept: dict[str, Vehicle] = {}
    duplicates = []
    for vehicle in vehicles:
        if earlier := kept.pop(vehicle.code, None):
            place = f"{vehicle.file}:{vehicle.line}"
            duplicates.append(Duplicate(vehicle.vin or vehicle.code, place, f"{earlier.file}:{earlier.line}"))
        kept[vehicle.code] = vehicle
    return list(kept.values()), duplicates


def _first_text(cells: list[str], indexes: list[int]) -> str:
    return next((cells[index].strip() for index in indexes if index < len(cells) and cells[index].strip()), "")
