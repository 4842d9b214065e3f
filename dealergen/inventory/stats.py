"""What the values of one column span, for the account of how a file was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .tokens import says_nothing


@dataclass(slots=True)
class ColumnStats:
    """What the parsed values of one column span; empty texts for columns that hold no numbers or dates."""

    filled: int
    """Cells with a value."""
    minimum: str = ""
    median: str = ""
    maximum: str = ""


def stats_of(texts: Sequence[str], values: Sequence[object]) -> ColumnStats:
    """The span of `values`, where they are numbers or days; the lower of two medians."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, str | tuple):
        return ColumnStats(sum(map(bool, values)))
    blanks = {text for text in set(texts) if says_nothing(text)}
    filled = sum(1 for text in texts if text not in blanks) if blanks else len(texts)
    if not isinstance(first, int | Decimal | date) or isinstance(first, bool):
        return ColumnStats(filled)
    ordered: list[Any] = sorted([value for value in values if value is not None])
    return ColumnStats(filled, str(ordered[0]), str(ordered[(len(ordered) - 1) // 2]), str(ordered[-1]))
