"""Header words to fields: the tables of `aliases/*.yaml`, units told by headers, and the words of `private.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from .fields import FIELDS
from .header import key_of, words_of

_HERE: Final = Path(__file__).parent
_DISTANCE_UNITS: Final = {
    "km": "km", "kms": "km", "kilometer": "km", "kilometers": "km", "kilometre": "km", "kilometres": "km",
    "quilometragem": "km", "kilometragem": "km", "quilometros": "km", "kilometraje": "km", "kilometros": "km",
    "kilometrage": "km", "kilometerstand": "km", "kilometers driven": "km", "chilometraggio": "km", "chilometri": "km",
    "mi": "mi", "mile": "mi", "miles": "mi", "millas": "mi", "milhas": "mi", "miltal": "mil",
}  # fmt: skip
_CURRENCIES: Final = {
    "brl": "BRL", "usd": "USD", "eur": "EUR", "euro": "EUR", "cad": "CAD", "gbp": "GBP", "libra": "GBP", "sek": "SEK",
    "nok": "NOK", "dkk": "DKK", "chf": "CHF", "pln": "PLN", "zl": "PLN", "czk": "CZK", "mxn": "MXN", "ars": "ARS",
    "clp": "CLP", "cop": "COP", "pen": "PEN", "uyu": "UYU", "aud": "AUD", "nzd": "NZD", "zar": "ZAR", "try": "TRY",
    "r": "BRL", "rs": "BRL", "reais": "BRL", "dolar": "USD",
}  # fmt: skip
_TRAILERS: Final = frozenset({"incl", "vat", "tax", "ttc", "ht", "kw", "ps", "hp", "cv", "ch", "cc", "ccm", "l", "url"})
_NUMBERED: Final = re.compile(r"^(?P<stem>[a-z ]*?[a-z]) ?(?P<number>\d{1,3})(?P<rest>(?: [a-z]+)*)$")


@dataclass(frozen=True, slots=True)
class Alias:
    """What a header word stands for."""

    target: str
    """A field's name; of an ambiguous word, the name of the rule in sniff.py that decides."""
    rank: int
    """0 is the most telling word for the field."""
    ambiguous: bool = False
    number: int | None = None
    """Of a numbered column (`Image 3`), its number."""


def alias_of(header: str) -> Alias | None:
    """What a header stands for, in any of the languages; None when it is unknown."""
    words = words_of(header)
    table = _aliases()
    if found := table.get(words.replace(" ", "")):
        return found
    if found := table.get(_without_trailers(words).replace(" ", "")):
        return found
    return _numbered(words, table)


def unit_of(header: str, field: str) -> str | None:
    """The unit that a header tells: `km`, `mi` or `mil` for a distance, a currency (ISO 4217) for money."""
    kind = FIELDS[field].kind
    if kind not in ("distance", "money"):
        return None
    known = _DISTANCE_UNITS if kind == "distance" else _CURRENCIES
    if kind == "money" and "€" in header:
        return "EUR"
    return next((known[word] for word in words_of(header).split() if word in known), None)


def private_reason(header: str) -> str | None:
    """`private (cost)`, `private (notes)` and the like for a header that must not be published; else None."""
    words = words_of(header)
    if not words:
        return None
    compact = words.replace(" ", "")
    padded = f" {words} "
    for group, table in _private().items():
        alone = compact in table.compact or compact in table.exact
        if alone or any(phrase in padded for phrase in table.phrases):
            return f"private ({group})"
    return None if " " in words or compact in _aliases() else _private_part(compact)


def _private_part(word: str) -> str | None:
    for group, table in _private().items():
        if word.startswith(table.parts) or word.endswith(table.parts):
            return f"private ({group})"
    return None


def known_words() -> Iterable[str]:
    """Every header word of the alias tables, as compared."""
    return _aliases().keys()


@dataclass(frozen=True, slots=True)
class _Private:
    phrases: tuple[str, ...]
    """With a space at both ends, to be found as whole words."""
    compact: frozenset[str]
    exact: frozenset[str]
    parts: tuple[str, ...]
    """What a header written as one word may begin or end with (`unitcost`, `custototal`)."""


@cache
def _aliases() -> dict[str, Alias]:
    table: dict[str, Alias] = {}
    for path in sorted((_HERE / "aliases").glob("*.yaml")):
        for key, alias in _entries(_loaded(path)):
            known = table.get(key)
            if known is None or (alias.ambiguous, -alias.rank) > (known.ambiguous, -known.rank):
                table[key] = alias
    return table


def _entries(data: Mapping[str, Mapping[str, list[Any]]]) -> Iterator[tuple[str, Alias]]:
    for field, words in data.get("fields", {}).items():
        for rank, word in enumerate(words):
            yield key_of(str(word)), Alias(field, rank)
    for rule, words in data.get("ambiguous", {}).items():
        for rank, word in enumerate(words):
            yield key_of(str(word)), Alias(rule, 100 + rank, ambiguous=True)


@cache
def _private() -> dict[str, _Private]:
    return {group: _private_group(lists) for group, lists in _loaded(_HERE / "private.yaml").items()}


def _private_group(lists: Mapping[str, list[Any]]) -> _Private:
    spaced = [words_of(str(word)) for word in (*lists.get("words", ()), *lists.get("phrases", ()))]
    compact = [word.replace(" ", "") for word in spaced]
    return _Private(
        tuple(f" {word} " for word in spaced),
        frozenset(compact),
        frozenset(key_of(str(word)) for word in lists.get("exact", ())),
        tuple(word for word in compact if len(word) >= 4),
    )


def _loaded(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return data


def _without_trailers(words: str) -> str:
    """`price usd` → `price`, `mileage km` → `mileage`, `preco r` → `preco` (from `Preço (R$)`)."""
    parts = words.split()
    while len(parts) > 1 and (parts[-1] in _TRAILERS or parts[-1] in _CURRENCIES or parts[-1] in _DISTANCE_UNITS):
        parts.pop()
    return " ".join(parts)


def _numbered(words: str, table: Mapping[str, Alias]) -> Alias | None:
    """`image 3`, `image 0 url`, `foto12`: one of several columns that feed a field which takes many."""
    match = _NUMBERED.match(words)
    if match is None:
        return None
    stem, rest = match["stem"].replace(" ", ""), match["rest"].replace(" ", "")
    found = table.get(stem + rest)
    field = "features" if found and found.target == "options" else found.target if found else ""
    if found is None or field not in ("photos", "features"):
        return None
    return Alias(found.target, found.rank, found.ambiguous, int(match["number"]))
