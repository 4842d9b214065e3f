"""Make, model, trim and year of each row: from their own columns, else out of a title or the model, else the VIN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .casing import counted, make_of_vin, make_spellings, model_spellings, trim_spelling
from .titles import parsed_title, without_make
from .years import YearOf


@dataclass(slots=True)
class Names:
    """By row. `make`, `model` and `trim` are spelled alike throughout the file; `title_years` are of titles alone."""

    make: list[str]
    model: list[str]
    trim: list[str]
    title_years: list[YearOf | None]
    told: list[bool]
    """Whether the row itself names anything; a VIN or a default alone is no name."""


def recovered_names(
    makes: list[str], models: list[str], trims: list[str], titles: list[str], vins: Sequence[str], *,
    default_make: str, latest: int,
) -> Names:  # fmt: skip
    """The names of every row. `latest` is the last plausible model year."""
    told = [bool(make or model or title) for make, model, title in zip(makes, models, titles, strict=True)]
    names = Names(makes[:], models[:], trims[:], [None] * len(makes), told)
    for row, (make, model) in enumerate(zip(makes, models, strict=True)):
        if not make or not model:
            _recover(names, row, titles[row], latest)
            names.make[row] = names.make[row] or default_make or (make_of_vin(vins[row]) if vins[row] else "")
    _spell(names)
    return names


def _recover(names: Names, row: int, title: str, latest: int) -> None:
    """Fills what is missing from the model if it holds all, else from the title."""
    make, model, trim = names.make[row], names.model[row], names.trim[row]
    source = model if model and not make else title
    if not source:
        return
    found = parsed_title(source, latest)
    if found.make or not model:
        names.make[row] = make or found.make
        names.model[row], names.trim[row] = _model_and_trim(found.model, found.trim, trim)
        names.title_years[row] = YearOf(found.year, found.made) if found.year else None
    elif title and source is not title:
        names.make[row] = parsed_title(title, latest).make


def _model_and_trim(model: str, rest: str, trim: str) -> tuple[str, str]:
    """With a trim of its own, all that the title says is the model: its length cannot be guessed."""
    if not trim:
        return model, rest
    whole = f"{model} {rest}".strip()
    shorter = whole[: -len(trim)].strip() if whole.casefold().endswith(trim.casefold()) else whole
    return shorter or whole, trim


def _spell(names: Names) -> None:
    spelled_makes = make_spellings(counted(names.make)) | {"": ""}
    names.make = [spelled_makes[make] for make in names.make]
    pairs = list(zip(names.model, names.make, strict=True))
    cut = {pair: without_make(*pair) for pair in dict.fromkeys(pairs)}
    names.model = [cut[pair] for pair in pairs]
    spelled_models = model_spellings(counted(names.model)) | {"": ""}
    names.model = [spelled_models[model] for model in names.model]
    spelled_trims = {trim: trim_spelling(trim) for trim in dict.fromkeys(names.trim)}
    names.trim = [spelled_trims[trim] for trim in names.trim]
