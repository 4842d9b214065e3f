"""Bands of price and mileage: bounds that a person would choose, so that each band holds a fair share of the stock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from math import floor, log10

Number = int | Decimal

BANDS = (6, 7, 5, 4)
"""How many bands to try for, the likeliest to please first."""
FEWEST = 4
LADDERS: tuple[tuple[int, ...], ...] = (
    (10, 15, 20, 25, 30, 40, 50, 60, 80),
    (10, 12, 14, 15, 16, 18, 20, *range(25, 100, 5)),
    tuple(range(10, 100)),
)
"""Round numbers of two digits, from coarse to fine; with any number of zeros behind them, or a dot between."""


def bounds_of(values: Iterable[Number], steps: Sequence[int] = (), least: int = 1) -> list[int]:
    """The bounds between bands, rising: `steps` if there are any, else round ones near the values' quantiles.

    Four to seven bands come out, each with at least one value, if the values differ enough; no bound is below `least`.
    """
    if steps:
        return sorted(set(steps))
    ordered = sorted(values)
    chosen: list[int] = []
    for ladder in LADDERS:
        for count in BANDS:
            bounds = _filled(ordered, _round_quantiles(ordered, count, ladder, least))
            if len(bounds) + 1 >= FEWEST:
                return bounds
            chosen = max(chosen, bounds, key=len)
    return chosen


def band_of(value: Number, bounds: Sequence[int]) -> int:
    """The 0-based band of `value`; a band ends with its upper bound, as in "up to 80,000"."""
    return bisect_left(bounds, value)


def band_key(band: int, bounds: Sequence[int]) -> str:
    """`-20000`, `20000-40000` or `100000-`."""
    lower = bounds[band - 1] if band else ""
    upper = bounds[band] if band < len(bounds) else ""
    return f"{lower}-{upper}"


def _round_quantiles(ordered: Sequence[Number], count: int, ladder: Sequence[int], least: int) -> list[int]:
    if not ordered:
        return []
    quantiles = (ordered[len(ordered) * part // count] for part in range(1, count))
    return sorted({max(least, _nearest(quantile, ladder)) for quantile in quantiles if quantile > 0})


def _nearest(value: Number, ladder: Sequence[int]) -> int:
    """The number nearest to `value` that is a rung of `ladder` times a power of ten; at least 1."""
    power = floor(log10(value)) - 1
    rungs = chain(ladder, (100,))
    candidates = (int(rung * 10**power) if power >= 0 else round(rung / 10**-power) for rung in rungs)
    return max(1, min(candidates, key=lambda candidate: (abs(candidate - value), candidate)))


def _filled(ordered: Sequence[Number], bounds: Sequence[int]) -> list[int]:
    """`bounds` without those that would leave a band empty."""
    kept: list[int] = []
    below = 0
    for bound in bounds:
        at_most = bisect_right(ordered, bound)
        if below < at_most < len(ordered):
            kept.append(bound)
            below = at_most
    return kept
