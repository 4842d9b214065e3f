"""Near misses: the known name that a mistyped one most likely means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_CUTOFF = 0.8


def nearest(name: str, known: Iterable[str], cutoff: float = _CUTOFF) -> str | None:
    """The closest of `known` to `name`, compared without case; None when nothing is near."""
    folded = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'Price'?`, or nothing when nothing is near."""
    found = nearest(name, known, 0.6)
    return f"; did you mean {found!r}?" if found else ""
