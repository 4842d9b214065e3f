"""The store that has a vehicle, from what the file calls it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from dealergen.config import Rooftop

from .meaning import Doubt, Meaning, meaning_of
from .tokens import folded, says_nothing


def read_rooftops(texts: Sequence[str], rooftops: Sequence[Rooftop]) -> Meaning[str]:
    """A column of stores, each text once, as ids of `rooftops`; a store that is not known is the first one."""
    first = rooftops[0].id if rooftops else ""
    known = _names(rooftops)
    return meaning_of(texts, lambda text: _rooftop(text, known, first))


def _rooftop(text: str, known: dict[str, str], first: str) -> tuple[str, Doubt | None]:
    if says_nothing(text) or not first:
        return first, None
    found = known.get(folded(text[:200]))
    return (found, None) if found else (first, _unknown(text, known, first))


def _names(rooftops: Sequence[Rooftop]) -> dict[str, str]:
    """Folded id, name or alias → id; an earlier rooftop wins."""
    names: dict[str, str] = {}
    for rooftop in rooftops:
        for name in (rooftop.id, rooftop.name, *rooftop.aliases):
            names.setdefault(folded(name), rooftop.id)
    return names


def _unknown(text: str, known: dict[str, str], first: str) -> Doubt:
    near = get_close_matches(folded(text[:200]), known, n=1, cutoff=0.7)
    meant = f"Did you mean {known[near[0]]!r}? " if near else ""
    remedy = f"{meant}Add the name to rooftops[…].aliases of the store that it means."
    return Doubt("inventory.rooftop-unknown", f"no rooftop has this name; the vehicle goes to {first!r}", remedy)
