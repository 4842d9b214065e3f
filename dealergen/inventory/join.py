"""The facts of a table, joined row by row into vehicles that have all but their codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Any, Final

from dealergen.errors import Problem

from .casing import heavy_makes, motorcycle_makes
from .choices import color_family
from .facts import Facts
from .money import asking_price, first_real
from .names import Names, recovered_names
from .states import condition_of, mileage_of, status_of
from .vehicle import Vehicle
from .vins import vin_doubt
from .vocabulary import Condition, Status
from .years import AHEAD, YearOf

_PRICE_FIELDS: Final = ("sale_price", "price", "msrp", "was_price")
_ENOUGH: Final = 5
"""Rows, below which two columns are not compared."""


def joined_vehicles(facts: Facts, defaults: dict[str, Any]) -> list[Vehicle]:
    """One vehicle a row, in file order, yet without codes and digests; rows without a name are set aside.

    `defaults` are of condition, status and make, which hold only where no column tells.
    """
    vins = facts.vins()
    names = _names(facts, vins, defaults.get("make", ""))
    years, made = _years(facts, names)
    _doubt_vins(facts, vins, years)
    conditions = _conditions(facts, defaults.get("condition"))
    prices, was_prices = _prices(facts, conditions)
    sold_on = facts.dates("sold_on")
    statuses = _statuses(facts, sold_on, defaults.get("status"))
    mileages = map(mileage_of, _mileages(facts, years, prices), conditions)
    colors = facts.colors("color")
    families = {color: color_family(color) if color else None for color in dict.fromkeys(colors)}
    # In the order of the fields of Vehicle: calling it once a row from C is three times faster than by keywords.
    columns: tuple[Iterable[Any], ...] = (
        repeat(""), repeat(facts.cells.file), facts.cells.lines, vins, facts.texts("stock_number"), facts.rooftops(),
        conditions, statuses, names.make, names.model, names.trim, years, made, mileages, prices, was_prices,
        facts.choices("fuel"), facts.choices("transmission"), facts.choices("drivetrain"), _bodies(facts, names),
        facts.texts("engine"), facts.texts("power"), facts.counts("doors"), facts.counts("seats"),
        colors, map(families.get, colors), facts.colors("interior_color"), facts.descriptions(), facts.features(),
        facts.photos(), facts.videos(), facts.dates("arrived"), sold_on,
    )  # fmt: skip
    return list(map(Vehicle, *columns))


def _names(facts: Facts, vins: Sequence[str], default_make: str) -> Names:
    makes, models, trims, titles = (facts.texts(name) for name in ("make", "model", "trim", "title"))
    latest = facts.context.now.year + AHEAD
    names = recovered_names(makes, models, trims, titles, vins, default_make=default_make, latest=latest)
    cells = facts.cells
    for row, told in enumerate(names.told):
        if not told:
            message = "the row names no make, model or title"
            remedy = "Fill the model, or take the row out if it is no vehicle (a total, a remark)."
            cells.set_aside[row] = Problem("inventory.row-nameless", message, cells.place(row), None, remedy)
    return names


def _years(facts: Facts, names: Names) -> tuple[list[int | None], list[int | None]]:
    """Model years and years of manufacture; a year of manufacture alone stands for the model year."""
    told: list[YearOf | None] = facts.years("year")
    told = [year or title for year, title in zip(told, names.title_years, strict=True)]
    built = facts.years("year_made")
    made = [other.year if other else year.made if year else None for year, other in zip(told, built, strict=True)]
    return [year.year if year else other for year, other in zip(told, made, strict=True)], made


def _doubt_vins(facts: Facts, vins: Sequence[str], years: Sequence[int | None]) -> None:
    indexes = facts.mapping.columns.get("vin", [])
    if indexes:
        texts = facts.cells.texts(indexes[0])
        found = ((text, vin_doubt(vin, year)) for text, vin, year in zip(texts, vins, years, strict=True) if vin)
        facts.cells.doubt(indexes[0], texts, {text: doubt for text, doubt in found if doubt})


def _prices(facts: Facts, conditions: Sequence[Condition]) -> tuple[list[Decimal | None], list[Decimal | None]]:
    """The price asked and the one before, by row. What the maker suggests is asked for new vehicles only."""
    size = len(facts.cells.rows)
    sale, listed, msrp, was = (_first_of(facts.prices(name), size) for name in _PRICE_FIELDS)
    msrp = [price if condition == "new" else None for price, condition in zip(msrp, conditions, strict=True)]
    pairs = list(map(asking_price, sale, listed, msrp, was))
    return [price for price, _ in pairs], [before for _, before in pairs]


def _first_of(columns: list[list[Decimal | None]], size: int) -> list[Decimal | None]:
    if len(columns) == 1:
        return columns[0]
    return [first_real(row) for row in zip(*columns, strict=True)] if columns else [None] * size


def _conditions(facts: Facts, default: str | None) -> list[Condition]:
    flags = facts.flags("new"), facts.flags("certified")
    return list(map(condition_of, facts.choices("condition"), *flags, repeat(default)))


def _statuses(facts: Facts, sold_on: Sequence[Any], default: str | None) -> list[Status]:
    told, reserved = facts.choices("status"), facts.flags("reserved")
    return list(map(status_of, told, reserved, sold_on, repeat(default), repeat(facts.context.now)))


def _mileages(facts: Facts, years: list[int | None], prices: list[Decimal | None]) -> list[int | None]:
    """The column, unless it repeats the years or the prices."""
    mileages = facts.mileages()
    others: tuple[tuple[str, Sequence[object]], ...] = (("year", years), ("price", prices))
    for name, values in others:
        pairs = [(mileage, other) for mileage, other in zip(mileages, values, strict=True) if mileage]
        if len(pairs) >= _ENOUGH and sum(1 for one, other in pairs if one == other) * 2 > len(pairs):
            header = facts.cells.header[facts.mapping.columns["mileage"][0]]
            facts.cells.notes.append(f"{header}: repeats the {name} on most rows, so it is not read as mileage")
            return [None] * len(mileages)
    return mileages


def _bodies(facts: Facts, names: Names) -> list[str | None]:
    """Volkswagen's Kombi is a van, the truck of a maker of heavy trucks is no pickup, and who makes motorcycles alone
    has made one."""
    bodies = facts.choices("body")
    for row, body in enumerate(bodies):
        if body == "wagon" and names.make[row] == "Volkswagen" and names.model[row].startswith("Kombi"):
            bodies[row] = "van"
        elif body == "pickup" and names.make[row] in heavy_makes():
            bodies[row] = "truck"
        elif body is None and names.make[row] in motorcycle_makes():
            bodies[row] = "motorcycle"
    return bodies
