"""Words in six languages onto the closed vocabularies, from the data files in `choices/`: one file a field.

A text is tried whole, then by its words under rules whose order is their priority (`Gasoline / Electric Hybrid` is a
hybrid before it is anything else). Everything is compared folded: no case, accents or punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

from .meaning import Doubt, Meaning, meaning_of
from .tokens import folded, says_nothing
from .vocabulary import VOCABULARIES
from .words import document

_UNSPECIFIED: Final = "unspecified"
_TICKS: Final = frozenset("✓✔☑✅")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATE = re.compile(r"\s*(?:/|\||;|,|\bwith\b|\band\b|\bmit\b|\bund\b|\bcom\b|\bcon\b|\bavec\b|\s-\s|\bw/)\s*", re.I)


@dataclass(frozen=True, slots=True)
class _Rule:
    value: str
    phrases: tuple[tuple[re.Pattern[str], ...], ...]
    """One of these must hold; each holds when all of its patterns are found."""

    def holds(self, key: str) -> bool:
        return any(all(pattern.search(key) for pattern in phrase) for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class _Choices:
    spellings: dict[str, str]
    rules: tuple[_Rule, ...]


def read_choices(field: str, texts: Sequence[str]) -> Meaning[str | None]:
    """A column of a closed vocabulary; a text that is not in it is None, with a doubt."""
    return meaning_of(texts, lambda text: _choice(field, text))


def choice(field: str, text: str) -> str | None:
    """The vocabulary's word for `text`; None when it tells nothing or is not known."""
    return _choice(field, text)[0]


def read_flags(field: str, texts: Sequence[str]) -> Meaning[bool | None]:
    """A column of yes and no; words of the field itself count too (`Certified`, `As-Is`)."""
    return meaning_of(texts, lambda text: _flag(field, text))


def says_ask(text: str) -> bool:
    """Whether a text says "price on request" in one of the languages."""
    return any(pattern.search(folded(text[:100])) for pattern in _ask_patterns())


def color_family(name: str) -> str | None:
    """The colour family of a paint's name, by the words that it holds; None for a name that tells no colour."""
    families = _families()
    for part in _SEPARATE.split(name)[:4]:
        words = folded(part).split()
        if found := _first(words, families["names_first"]) or _first(words[::-1], families["names_last"]):
            return found
    return _first(folded(name).split(), families["hints"])


def known_spellings(field: str) -> tuple[str, ...]:
    """The words of the field's vocabulary, for remedies and did-you-mean."""
    return VOCABULARIES[field]


def _choice(field: str, text: str) -> tuple[str | None, Doubt | None]:
    if says_nothing(text):
        return None, None
    short = text[:200]
    keys = (folded(short), folded(_CAMEL.sub(" ", short)))
    found = _lookup(_choices(field), keys)
    if found is not None:
        return (None if found == _UNSPECIFIED else found), None
    return None, _unknown(field, short)


def _lookup(choices: _Choices, keys: Iterable[str]) -> str | None:
    for key in keys:
        if found := choices.spellings.get(key):
            return found
    return next((rule.value for key in keys for rule in choices.rules if rule.holds(key)), None)


def _flag(field: str, text: str) -> tuple[bool | None, Doubt | None]:
    if text.strip() in _TICKS:
        return True, None
    if says_nothing(text):
        return None, None
    key = folded(text[:60].strip().removesuffix(".0"))
    truth = _flags(field).get(key)
    if truth is None:
        message = f"{field}: the text is neither yes nor no"
        return None, Doubt(f"inventory.{field}-unknown", message, "Write yes or no.", foreign=True)
    return truth, None


def _unknown(field: str, text: str) -> Doubt:
    words = known_spellings(field)
    near = get_close_matches(folded(text), _choices(field).spellings, n=1, cutoff=0.78)
    meant = f"Did you mean {_choices(field).spellings[near[0]]!r} ({near[0]})? " if near else ""
    message = f"the {field} is not one that is known, and is left out"
    return Doubt(f"inventory.{field}-unknown", message, f"{meant}Write one of: {', '.join(words)}.")


def _first(words: Iterable[str], families: dict[str, str]) -> str | None:
    return next((families[word] for word in words if word in families), None)


@cache
def _choices(field: str) -> _Choices:
    words = document(field)
    spellings = {value.replace("_", " "): value for value in VOCABULARIES[field]}
    for value, texts in words["spellings"].items():
        spellings.update((folded(str(text)), str(value)) for text in texts)
    rules = tuple(
        _Rule(str(value), tuple(_patterns(str(phrase)) for phrase in phrases))
        for rule in words["words"]
        for value, phrases in rule.items()
    )
    return _Choices(spellings, rules)


def _patterns(phrase: str) -> tuple[re.Pattern[str], ...]:
    """`alco* & gasol*` → one pattern a part, each on whole words, `*` for any letters."""
    return tuple(re.compile(rf"\b{part.strip().replace('*', '[a-z0-9]*')}\b") for part in phrase.split("&"))


@cache
def _flags(field: str) -> dict[str, bool]:
    words = document("flag")
    sections = (words["flag"], words.get(field, {}))
    return {
        folded(str(text)): truth
        for section in sections
        for truth, name in ((True, "true"), (False, "false"))
        for text in section.get(name, ())
    }


@cache
def _ask_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b{folded(str(word))}\b") for word in document("price")["ask"])


@cache
def _families() -> dict[str, dict[str, str]]:
    return {
        section: {folded(str(word)): str(family) for family, words in families.items() for word in words}
        for section, families in document("color_family").items()
    }
