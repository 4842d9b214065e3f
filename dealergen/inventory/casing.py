"""Case soup folded: one spelling for each make and model, `FORD` and `Ford` and `ford` alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from .tokens import folded
from .words import document

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_PAINT_CODE = re.compile(r"\s*\([A-Z0-9]{2,4}\)|^\*+")
_VOWELS: Final = frozenset("AEIOUYÁÀÂÃÄÉÈÊËÍÎÏÓÔÕÖÚÛÜ")


def make_spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """For each make as written: the dictionary's spelling, else the file's commonest one that is not all capitals."""
    known = known_makes()
    spelled = {text: known.get(folded(text)) for text in counts}
    common = _commonest({text: count for text, count in counts.items() if not spelled[text]}, 3)
    return {text: known_spelling or common[text] for text, known_spelling in spelled.items()}


def model_spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """For each model as written: the dictionary's spelling, else the file's commonest once shouting is lowered."""
    known = known_models()
    common = _commonest(counts, 3)
    return {text: known.get(folded(text)) or common[text] for text in counts}


def trim_spelling(text: str) -> str:
    """A trim in capitals in title case, but for short words, words with digits, and acronyms."""
    return lowered(text, 4) if text.isupper() else text


def color_spelling(text: str) -> str:
    """A paint's name as buyers read it: without its code in brackets and the star of a surcharge, and not shouted."""
    bare = " ".join(_PAINT_CODE.sub(" ", text).split())
    return lowered(bare, 2) if bare.isupper() else bare


def lowered(text: str, keep: int) -> str:
    """`text` with its words in capitals in title case, when they have more than `keep` letters and are words.

    Words with digits (`HB20`), without a vowel (`SXT`) and known acronyms (`PHEV`) stay as they are.
    """
    return _WORD.sub(lambda word: _lowered_word(word[0], keep), text)


def _lowered_word(word: str, keep: int) -> str:
    if not word.isupper() or len(word) <= keep or not word.replace("'", "").isalpha() or word in _acronyms():
        return word
    return word.capitalize() if not _VOWELS.isdisjoint(word) else word


def _commonest(counts: Mapping[str, int], keep: int) -> dict[str, str]:
    """For each text, the spelling that most of its kin have after lowering; kin differ in case alone."""
    kin: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, count in counts.items():
        kin[text.casefold()][lowered(text, keep)] += count
    best = {key: _best(spellings) for key, spellings in kin.items()}
    return {text: best[text.casefold()] for text in counts}


def _best(spellings: Counter[str]) -> str:
    """The commonest; of equals the one with capitals that is not all capitals, then the first by letters."""
    return min(spellings, key=lambda text: (-spellings[text], text.islower(), len(text) > 3 and text.isupper(), text))


@cache
def known_makes() -> dict[str, str]:
    """Folded spelling → the make as its owner spells it."""
    makes: dict[str, list[str] | None] = _makes_file()["makes"]
    return {folded(spelling): make for make, others in makes.items() for spelling in (make, *(others or ()))}


@cache
def known_models() -> dict[str, str]:
    """Folded spelling → model, for models of several words and those that a rule would misspell."""
    return {folded(str(model)): str(model) for model in _makes_file()["models"]}


@cache
def heavy_makes() -> frozenset[str]:
    """Makes of heavy trucks."""
    return frozenset(_makes_file()["heavy"])


@cache
def motorcycle_makes() -> frozenset[str]:
    """Makes of motorcycles and of no cars."""
    return frozenset(_makes_file()["motorcycles"])


def make_of_vin(vin: str) -> str:
    """The make to which the first three characters of a VIN belong (ISO 3780), or ""."""
    return str(_makes_file()["wmi"].get(vin[:3], ""))


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(str(word) for word in _makes_file()["acronyms"])


def _makes_file() -> dict[str, Any]:
    return document("makes")


def counted(texts: Iterable[str]) -> Counter[str]:
    """How often each text that is not empty occurs."""
    counts = Counter(texts)
    counts.pop("", None)
    return counts
