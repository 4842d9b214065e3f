"""Odometer readings in the site's unit: kilometres, miles and Swedish mil, in figures or in thousands ("10 mil km")."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from .meaning import Doubt, Meaning
from .numbers import NUMBER, NumberFormat, format_of, number_of, plain
from .tokens import folded, says_nothing
from .words import document

Unit = Literal["km", "mi", "mil"]

KM_IN_MILE: Final = Decimal("1.609344")
"""Exact, by the international yard and pound agreement of 1959."""
KM_IN_MIL: Final = 10
"""A Swedish mil."""
_FURTHEST: Final = 5_000_000
"""Kilometres that no road vehicle has run; a phone number or a price in the wrong column has."""
_POWER = re.compile(r"\d\s*(?:ps|ch|cv|hp|bhp|kw|hk|pk|л\.?\s?с)\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"-\s?\d")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Odometer:
    """What the column tells of its unit."""

    column_unit: Unit
    """Of cells without a unit of their own."""
    swedish: bool
    """Whether a bare `mil` is ten kilometres; in Portuguese and Spanish it is a thousand."""
    distance: Literal["km", "mi"]
    """The site's unit."""
    style: NumberFormat = field(default_factory=lambda: NumberFormat(None))


def odometer(told: str, setting: str, currency: str, distance: Literal["km", "mi"]) -> Odometer:
    """The column's unit: what its header tells, else the setting, else the site's own."""
    unit = unit_named(told) or unit_named(setting)
    return Odometer(unit or distance, unit == "mil" or currency == "SEK", distance)


def unit_named(text: str) -> Unit | None:
    """The unit that a word names (`KM`, `Miles`, `mil`); None for any other word."""
    units = _units()
    return units.get(folded(text)) or units.get(text.strip().casefold())


def read_mileages(texts: Sequence[str], decimal: Literal["auto", ".", ","], meter: Odometer) -> Meaning[int | None]:
    """A column of odometer readings, each text once. A column of engine power is None throughout, with a note."""
    if note := power_in(texts):
        return Meaning(dict.fromkeys(texts), notes=[note])
    meter.style = format_of(texts, decimal, "distance")
    meaning: Meaning[int | None] = Meaning({}, notes=[meter.style.note] if meter.style.note else [])
    native = meter.column_unit == meter.distance and meter.style.scale == 1
    for text in texts:
        if native and text.isdecimal() and len(text) < 7:
            meaning.values[text] = int(text)
            continue
        value, doubt = _mileage(text, meter)
        meaning.values[text] = value
        if doubt:
            meaning.doubts[text] = doubt
    return meaning


def converted(value: int, given: Unit, distance: Literal["km", "mi"]) -> int:
    """`value`, counted in `given`, in the site's unit."""
    if given == distance:
        return value
    km = Decimal(value) * (KM_IN_MIL if given == "mil" else KM_IN_MILE if given == "mi" else 1)
    return round(km / KM_IN_MILE if distance == "mi" else km)


def power_in(texts: Sequence[str]) -> str:
    """A note when most cells hold engine power: `440 PS`, `136 ch`; or the Polish `178 KM`, which is no distance."""
    filled = [text for text in texts if not says_nothing(text)]
    named = [text for text in filled if _POWER.search(text)]
    if filled and len(named) * 2 > len(filled):
        return f'"{named[0].strip()}" is engine power, so the column is not read as mileage'
    horses = [int(match[1]) for text in filled if (match := re.fullmatch(r"\s*(\d{2,3})\s*KM\s*", text))]
    if len(horses) > 2 and len(horses) * 10 > len(filled) * 9 and statistics.median(horses) > 60 and min(horses) > 20:
        return f'"{filled[0].strip()}" is engine power (Polish "KM"), so the column is not read as mileage'
    return ""


def _mileage(text: str, meter: Odometer) -> tuple[int | None, Doubt | None]:
    if says_nothing(text):
        return None, None
    bare = plain(text[:100])
    numbers = NUMBER.findall(bare)
    unit, factor = _unit_of(bare, meter)
    if doubt := _no_distance(bare, len(numbers), unit):
        return None, doubt
    number = number_of(numbers[0], meter.style)
    if number is None:
        return None, _doubt("does not fit the way in which the column writes numbers")
    return _in_site_unit(number * factor, unit or meter.column_unit, meter)


def _no_distance(bare: str, numbers: int, unit: Unit | None) -> Doubt | None:
    if not numbers:
        return _doubt("is not a number", foreign=True)
    if "<" in bare or ">" in bare:
        return _doubt("is markup", foreign=True)
    if _POWER.search(bare):
        return _doubt("is engine power", foreign=True)
    if _NEGATIVE.match(bare):
        return _doubt("is negative")
    return _doubt("holds more than one number", foreign=True) if numbers > 1 and unit is None else None


def _in_site_unit(number: Decimal, unit: Unit, meter: Odometer) -> tuple[int | None, Doubt | None]:
    if unit == "mil" and not meter.swedish:
        if number >= 1000:
            return None, _doubt('has the unit "mil", which is ten kilometres in Swedish and a thousand in Portuguese')
        unit, number = meter.column_unit, number * 1000
    value = round(number)
    if converted(value, unit, "km") > _FURTHEST:
        return None, _doubt("is further than any vehicle runs", foreign=True)
    return converted(value, unit, meter.distance), None


def _unit_of(bare: str, meter: Odometer) -> tuple[Unit | None, int]:
    """The first unit among the words of the text, and the factor of a word for thousands."""
    units, thousands, ten_thousands = _units(), document("unit")["thousands"], document("unit")["ten_thousands"]
    unit: Unit | None = None
    factor = 1
    for word in _WORDS.findall(bare.casefold()):
        named = units.get(word)
        if unit == "mil" and named and not meter.swedish:
            return named, 1000
        unit = unit or named
        factor = 1000 if word in thousands else 10_000 if word in ten_thousands else factor
    return unit, factor


@cache
def _units() -> dict[str, Unit]:
    """Word → unit."""
    return {word: unit for unit, words in document("unit")["units"].items() for word in words}


def _doubt(reason: str, *, foreign: bool = False) -> Doubt:
    remedy = "Correct the cell, or set inventory.mileage_unit or inventory.numbers.decimal if the column was mistaken."
    return Doubt("inventory.mileage-unreadable", f"the mileage {reason}, and is left out", remedy, foreign)
