"""Near misses: which of the known words somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, words: Iterable[str]) -> str | None:
    """The known word nearest to `word`, whatever the case and with `-`, `_` and space alike; None if none is near."""
    known = {_folded(candidate): candidate for candidate in words}
    near = get_close_matches(_folded(word), known, n=1, cutoff=0.6)
    return known[near[0]] if near else None


def _folded(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")
