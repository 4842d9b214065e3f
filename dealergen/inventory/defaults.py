"""`inventory.defaults` of site.yaml, read as cells are; what does not hold is an error of the settings."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Final

from dealergen.errors import Place, Problem, SettingsError

from .cells import Cells
from .facts import Facts, ReadContext
from .fields import FIELDS
from .table import Mapping
from .vocabulary import VOCABULARIES

_SINGULAR: Final = frozenset({"vin", "stock_number", "plate", "title", "mileage_unit"})
"""What belongs to one vehicle, or to a column."""


def read_defaults(context: ReadContext) -> dict[str, Any]:
    """Field → value. Raises SettingsError with every default that does not hold."""
    given = context.settings.defaults
    problems = [_unknown(name) for name in given if name not in FIELDS or name in _SINGULAR]
    values: dict[str, Any] = {}
    for name in given:
        if name in FIELDS and name not in _SINGULAR:
            values[name], remedy = _value(name, given[name], context)
            if remedy or values[name] in (None, "", ()):
                problems.append(_unfit(name, given[name], remedy))
    if problems:
        raise SettingsError("inventory.defaults does not hold", remedy="Correct site.yaml.", problems=problems)
    return values


def _value(name: str, text: str, context: ReadContext) -> tuple[Any, str]:
    """The value of a table of this one cell, and what to do when it is doubtful; a vocabulary's own words are exact."""
    if text in VOCABULARIES.get(name, ()):
        return text, ""
    cells = Cells("site.yaml", [name], [[text]], [1])
    facts = Facts(cells, Mapping({name: [0]}, [""], [""]), context, {})
    value = _reader(name, facts)(name)[0]
    return value, next((problem.remedy for problem in cells.all_warnings()), "")


def _reader(name: str, facts: Facts) -> Callable[[str], list[Any]]:
    own: dict[str, Callable[[str], list[Any]]] = {
        "rooftop": lambda _: facts.rooftops(),
        "video": lambda _: facts.videos(),
        "choice": facts.choices,
        "flag": facts.flags,
        "year": facts.years,
        "date": facts.dates,
        "integer": facts.counts,
        "money": lambda name: facts.prices(name)[0],
        "distance": lambda _: facts.mileages(),
        "photos": lambda _: facts.photos(),
        "features": lambda _: facts.features(),
        "long_text": lambda _: facts.descriptions(),
    }
    return own.get(name) or own.get(FIELDS[name].kind) or facts.texts


def _unknown(name: str) -> Problem:
    place = Place("site.yaml", column=f"inventory.defaults.{name}")
    if name in _SINGULAR:
        return Problem("settings.default-singular", f"{name} belongs to one vehicle and has no default", place, name,
                       "Take it out.")  # fmt: skip
    near = get_close_matches(name, FIELDS, n=1)
    meant = f"Did you mean {near[0]!r}?" if near else f"Fields are: {', '.join(FIELDS)}."
    return Problem("settings.default-unknown", f"there is no field {name!r}", place, name, meant)


def _unfit(name: str, text: str, remedy: str) -> Problem:
    place = Place("site.yaml", column=f"inventory.defaults.{name}")
    words = VOCABULARIES.get(name)
    remedy = remedy or (f"Write one of: {', '.join(words)}." if words else "Write a value, or take it out.")
    return Problem("settings.default-unfit", f"the default of {name} is no {name} that is known", place, text, remedy)
