"""Make, model, trim and year out of one text, for files that have no columns of their own for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .casing import known_makes, known_models
from .tokens import folded

_YEARS = re.compile(r"\(?\b((?:19|20)\d\d)(?: ?/ ?((?:19|20)?\d\d))?\)?(?=$|[\s,;)/-])")
_LONGEST_NAME = 4
"""Words of the longest make or model in the dictionary."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a text tells; empty where it does not."""

    make: str = ""
    model: str = ""
    trim: str = ""
    year: int | None = None
    made: int | None = None


def parsed_title(text: str, latest: int) -> Title:
    """`2016 Kia Forte 5-Door` → Kia, Forte, 5-Door, 2016. Without a known make, only the year is taken out."""
    rest, year, made = _without_year(text, latest)
    make, rest = split_make(rest)
    if not make:
        return Title(model=rest, year=year, made=made)
    if not rest and year:  # a Peugeot 2008
        return Title(make, model=str(year))
    model, trim = split_model(rest)
    return Title(make, model, trim, year, made)


def split_make(text: str) -> tuple[str, str]:
    """A known make at the beginning and the rest, or "" and the whole text."""
    words = text.split()
    for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
        make = known_makes().get(folded(" ".join(words[:count])))
        if make:
            kept = _model_in_make(words[:count])
            return make, " ".join([*kept, *words[count:]])
    return "", text


def split_model(text: str) -> tuple[str, str]:
    """The model, of several words if the dictionary has it so, and what follows it: the trim."""
    words = text.split()
    for count in range(min(_LONGEST_NAME, len(words)), 1, -1):
        if folded(" ".join(words[:count])) in known_models():
            return " ".join(words[:count]), " ".join(words[count:])
    return " ".join(words[:1]), " ".join(words[1:])


def without_make(model: str, make: str) -> str:
    """`model` without a make that it repeats at its beginning: `Ram Pickup 1500` of Ram is `Pickup 1500`."""
    if not make or len(model) <= len(make) or not folded(model).startswith(folded(make) + " "):
        return model
    words = model.split()
    while len(words) > 1 and folded(" ".join(words[: len(make.split())])) == folded(make):
        words = words[len(make.split()) :]
    cut = " ".join(words)
    return cut if cut else model


def _model_in_make(words: list[str]) -> list[str]:
    """`Range Rover` names a make by one of its models; the model keeps it."""
    return words if folded(" ".join(words)) in _models_that_name_makes() else []


@cache
def _models_that_name_makes() -> frozenset[str]:
    return frozenset(set(known_makes()) & set(known_models()))


def _without_year(text: str, latest: int) -> tuple[str, int | None, int | None]:
    """The year at the beginning or the end of a title; a number within it may be a model (`Peugeot 2008 Allure`)."""
    for match in _YEARS.finditer(text):
        if match.start() and text[match.end() :].strip():
            continue
        first = int(match[1])
        second = first // 100 * 100 + int(match[2][-2:]) if match[2] else first
        if not 1900 <= first <= latest or not 0 <= second - first <= 2:
            continue
        rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split()).strip(" ,;-/")
        if rest:
            return rest, second, first if match[2] else None
    return text, None, None
