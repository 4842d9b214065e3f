"""Falls in price worth showing, read from the prices that the ledger remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dealergen.config.presentation import LifecycleSettings

from .records import PriceChange

LARGEST_FALL = Decimal("0.5")
"""A price that more than halves overnight was a slip of the keyboard put right, not an offer."""
LOOK_BACK = dt.timedelta(days=30)
"""The lowest price of the 30 days before a fall is the one it is measured against (Directive 98/6/EC, article 6a)."""


def dropped_from(prices: Sequence[PriceChange], rules: LifecycleSettings, today: dt.date) -> Decimal | None:
    """The price before the present run of falls, if that run is recent and deep enough to show.

    A run is unbroken: a rise, or a time on request, ends it. A price that was raised first and then lowered is measured
    against the lowest of the 30 days before, so that no fall can be staged.
    """
    first = _first_fall(prices, rules, today)
    if first is None:
        return None
    before, price = _reference(prices, first), prices[-1][1]
    if before is None or price is None or before <= price:
        return None
    share = (before - price) / before
    return before if Decimal(str(rules.min_price_drop)) <= share <= LARGEST_FALL else None


def lapses(prices: Sequence[PriceChange], rules: LifecycleSettings, today: dt.date) -> Iterator[dt.date]:
    """The days to come on which `dropped_from` will differ from the day before."""
    shown = dropped_from(prices, rules, today)
    for day in sorted({changed + dt.timedelta(days=rules.price_drop_days) for changed, _ in prices}):
        if day > today and (then := dropped_from(prices, rules, day)) != shown:
            shown = then
            yield day


def _first_fall(prices: Sequence[PriceChange], rules: LifecycleSettings, today: dt.date) -> int | None:
    """The index of the earliest price of the present run of falls that is still recent."""
    first = None
    for index in range(len(prices) - 1, 0, -1):
        (_, before), (day, price) = prices[index - 1], prices[index]
        recent = today < day + dt.timedelta(days=rules.price_drop_days)
        if before is None or price is None or price >= before or not recent:
            break
        first = index
    return first


def _reference(prices: Sequence[PriceChange], first: int) -> Decimal | None:
    """The lowest price in force for a day or more in the 30 days before the fall; else the one just before it."""
    fall = prices[first][0]
    reference = prices[first - 1][1]
    for index in range(first - 1):
        (since, price), until = prices[index], prices[index + 1][0]
        if price is not None and reference is not None and since < until and until > fall - LOOK_BACK:
            reference = min(reference, price)
    return reference
