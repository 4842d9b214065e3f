"""The facets of the stock: who has which make, body, price band and so on, each value with a key fit for a URL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from slugify import slugify

from dealergen.config import Settings
from dealergen.config.presentation import FACETS, FacetName
from dealergen.inventory import Vehicle

from .bands import Number, band_key, band_of, bounds_of
from .model import FacetValue, StockVehicle

LEAST_MILEAGE = 1000
"""The lowest bound between mileage bands: delivery kilometres do not make a band."""
KEY_LENGTH = 60

Groups = dict[str, list[StockVehicle]]


def facets_of(stock: Sequence[StockVehicle], settings: Settings) -> dict[FacetName, list[FacetValue]]:
    """Every facet of the stock, which comes in listing order. Vehicles without a value are in none of its values."""
    steps = settings.listing.price_bands.steps
    found: dict[FacetName, list[FacetValue]] = {
        "condition": _words("condition", stock, lambda vehicle: vehicle.condition),
        "make": _names("make", stock, lambda vehicle: vehicle.make),
        "model": _models(stock),
        "body": _words("body", stock, lambda vehicle: vehicle.body),
        "fuel": _words("fuel", stock, lambda vehicle: vehicle.fuel),
        "transmission": _words("transmission", stock, lambda vehicle: vehicle.transmission),
        "price": _bands("price", stock, lambda vehicle: vehicle.price, steps),
        "year": _years(stock),
        "mileage": _bands("mileage", stock, lambda vehicle: vehicle.mileage, least=LEAST_MILEAGE),
        "color": _words("color", stock, lambda vehicle: vehicle.color_family),
        "rooftop": _rooftops(stock),
    }
    return {facet: found[facet] for facet in FACETS}


def _words(
    facet: FacetName, stock: Iterable[StockVehicle], word_of: Callable[[Vehicle], str | None]
) -> list[FacetValue]:
    """A facet whose values are words of a vocabulary."""
    groups: Groups = defaultdict(list)
    for entry in stock:
        if word := word_of(entry.vehicle):
            groups[word].append(entry)
    return _most_first(FacetValue(facet, word.replace("_", "-"), word, tuple(has)) for word, has in groups.items())


def _names(facet: FacetName, stock: Iterable[StockVehicle], name_of: Callable[[Vehicle], str]) -> list[FacetValue]:
    """A facet whose values are names: spellings with one key are one value, labelled as most often written."""
    groups: Groups = defaultdict(list)
    for entry in stock:
        if name := name_of(entry.vehicle):
            groups[name_key(name)].append(entry)
    return _most_first(
        FacetValue(facet, key, _commonest(name_of(entry.vehicle) for entry in has), tuple(has))
        for key, has in groups.items()
    )


def _models(stock: Iterable[StockVehicle]) -> list[FacetValue]:
    groups: Groups = defaultdict(list)
    for entry in stock:
        vehicle = entry.vehicle
        if vehicle.make and vehicle.model:
            groups[f"{name_key(vehicle.make)}/{name_key(vehicle.model)}"].append(entry)
    return _most_first(
        FacetValue("model", key, _commonest(entry.vehicle.model for entry in has), tuple(has))
        for key, has in groups.items()
    )


def _years(stock: Iterable[StockVehicle]) -> list[FacetValue]:
    groups: Groups = defaultdict(list)
    for entry in stock:
        if entry.vehicle.year is not None:
            groups[str(entry.vehicle.year)].append(entry)
    newest_first = sorted(groups, reverse=True)
    values = [FacetValue("year", year, year, tuple(groups[year])) for year in newest_first]
    return sorted(values, key=lambda value: -value.count)


def _rooftops(stock: Iterable[StockVehicle]) -> list[FacetValue]:
    groups: Groups = defaultdict(list)
    for entry in stock:
        groups[entry.rooftop.id].append(entry)
    return _most_first(FacetValue("rooftop", key, has[0].rooftop.name, tuple(has)) for key, has in groups.items())


def _bands(
    facet: FacetName,
    stock: Iterable[StockVehicle],
    number_of: Callable[[Vehicle], Number | None],
    steps: Sequence[int] = (),
    least: int = 1,
) -> list[FacetValue]:
    """A facet whose values are bands of a number, in rising order; bands that nobody is in are left out.

    None at all where the numbers are too alike to be told apart by a round bound.
    """
    pairs = [(number, entry) for entry in stock if (number := number_of(entry.vehicle)) is not None]
    bounds = bounds_of([number for number, _ in pairs], steps, least)
    if not bounds:
        return []
    groups: dict[int, list[StockVehicle]] = defaultdict(list)
    for number, entry in pairs:
        groups[band_of(number, bounds)].append(entry)
    keys = {band: band_key(band, bounds) for band in sorted(groups)}
    return [FacetValue(facet, key, key, tuple(groups[band])) for band, key in keys.items()]


def _most_first(values: Iterable[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: (-value.count, value.key))


def _commonest(names: Iterable[str]) -> str:
    counts: Mapping[str, int] = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The key of a make or model, fit for a URL: "Citroën" → `citroen`. Without a letter or digit, a digest."""
    return slugify(name, max_length=KEY_LENGTH) or blake2b(name.encode(), digest_size=4).hexdigest()
