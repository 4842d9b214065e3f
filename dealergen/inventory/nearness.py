"""Near misses: the known header or name that a mistyped one most likely means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from dealergen.config.suggest import did_you_mean as meant


def nearest_key(key: str, known: Iterable[str], cutoff: float) -> str | None:
    """The header key of `known` that is closest to `key`; None when nothing is that near."""
    found = difflib.get_close_matches(key, known, n=1, cutoff=cutoff)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'Price'?`, or nothing when nothing is near."""
    found = meant(name, known)
    return f"; did you mean {found!r}?" if found else ""
