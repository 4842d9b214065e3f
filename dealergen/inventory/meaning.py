"""What the distinct texts of one column mean: their values, the doubts about some of them, notes on the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a text was refused, or taken with a warning."""

    code: str
    """Permanent, `inventory.<word>`."""
    message: str
    remedy: str
    foreign: bool = False
    """True for a text of another kind altogether (a colour in the year column): a sign of a shifted row."""
    shown: str | None = None
    """What is shown of the text in its place, where logs should not hold it whole (a plate)."""


@dataclass(slots=True)
class Meaning(Generic[T]):
    """Of one column. Every distinct text has a value, be it None or empty."""

    values: dict[str, T]
    doubts: dict[str, Doubt] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


Reader = Callable[[Sequence[str]], Meaning[T]]
"""From the distinct texts of a column, as written in the file, to what they mean."""


def meaning_of(texts: Iterable[str], read: Callable[[str], tuple[T, Doubt | None]]) -> Meaning[T]:
    """Each text read by itself, once."""
    meaning: Meaning[T] = Meaning({})
    for text in texts:
        value, doubt = read(text)
        meaning.values[text] = value
        if doubt is not None:
            meaning.doubts[text] = doubt
    return meaning
