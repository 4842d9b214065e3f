"""A table and its mapping, read into vehicles; rows that cannot be trusted are set aside with their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from dealergen.errors import Problem

from .cells import Cells, cells_of
from .defaults import read_defaults
from .duplicates import without_duplicates
from .facts import Facts, ReadContext
from .identity import give_codes
from .join import joined_vehicles
from .stats import ColumnStats
from .table import Mapping, Table
from .vehicle import Vehicle

__all__ = ["ColumnStats", "ReadContext", "Rows", "vehicles_of", "without_duplicates"]

_PRICES: Final = frozenset({"price", "sale_price", "was_price", "msrp"})
_LATE_DEFAULTS: Final = frozenset({"condition", "status", "make"})
"""Fields that other columns may tell, too: their defaults hold only when none does."""
_TOO_FOREIGN: Final = 2
"""Fields of a row that hold texts of another kind, from which on the row counts as shifted."""


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
    """The vehicles of `table`. Bad cells become warnings, bad rows are set aside.

    Raises SettingsError when `inventory.defaults` does not hold.
    """
    cells = cells_of(table)
    defaults = read_defaults(context)
    facts = Facts(cells, mapping, context, {name: defaults[name] for name in defaults if name not in _LATE_DEFAULTS})
    vehicles = joined_vehicles(facts, defaults)
    _set_shifted_aside(cells)
    taken = [row for row in range(len(vehicles)) if row not in cells.set_aside]
    plates = facts.plates()
    vehicles = _coded([vehicles[row] for row in taken], [plates[row] for row in taken])
    set_aside = sorted([*cells.ragged, *cells.set_aside.values()], key=_line)
    return Rows(vehicles, set_aside, cells.all_warnings(), cells.notes, facts.stats)


def _line(problem: Problem) -> int:
    return problem.place.line or 0 if problem.place else 0


def _coded(vehicles: list[Vehicle], plates: Sequence[str]) -> list[Vehicle]:
    give_codes(vehicles, plates)
    for vehicle in vehicles:
        vehicle.sealed()
    return vehicles


def _set_shifted_aside(cells: Cells) -> None:
    """Rows of which several cells are of another kind than their columns."""
    for row, found in cells.foreign.items():
        fields = {"price" if name in _PRICES else name for name in found}
        if len(fields) < _TOO_FOREIGN or row in cells.set_aside:
            continue
        index = next(iter(found.values()))
        message = f"several cells do not fit their columns ({', '.join(sorted(fields))}), so the row seems shifted"
        remedy = f"Look for a separator too many or too few before {cells.header[index]!r} on this line."
        cells.set_aside[row] = Problem(
            "inventory.row-shifted", message, cells.place(row, index), cells.rows[row][index][:200], remedy
        )
