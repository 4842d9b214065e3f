"""Ambiguous headers decided by the values below them: `Type`, `Condition`, `Estado`, `Description`, `Veículo`, `id`…

Each rule looks at a sample of one column and answers with a field, or None when the column is better left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, Final

import yaml

from .header import words_of

SAMPLE = 200
"""Rows at which a rule looks."""
_NULLS: Final = frozenset({"", "-", "--", "'-", "n/a", "na", "null", "none", "#n/a", "/ /"})
_MOST: Final = 0.6
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_PICTURE: Final = re.compile(r"^(?:https?:)?\S*\.(?:jpe?g|png|webp|gif|avif|heic)(?:[?#]\S*)?(?:[,;|\s]|$)", re.I)
_FIPE: Final = re.compile(r"^\d{6}-\d$")
_YES_NO: Final = frozenset(
    {"0", "1", "true", "false", "yes", "no", "y", "n", "sim", "nao", "s", "si", "ja", "nein", "oui"}
)
_OPTION_CODE: Final = re.compile(r"^(?:\(\w+\) ?)?[A-Z0-9]{2,6}$")


def decide(rule: str, rows: Sequence[Sequence[str]], index: int) -> str | None:
    """The field that column `index` feeds by `rule` (a name under `ambiguous:` in the alias files), or None."""
    return _RULES[rule](_values(rows, index))


def why_not(rule: str) -> str:
    """Why a column of an ambiguous name was left out when `decide` says None."""
    return _WHY_NOT.get(rule, "unknown (the name is ambiguous, and so are the values)")


def rules() -> frozenset[str]:
    """The names of all rules."""
    return frozenset(_RULES)


def _values(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    cells = (row[index].strip() for row in rows[:SAMPLE] if index < len(row))
    return [cell for cell in cells if cell.casefold() not in _NULLS]


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "sniff.yaml").read_bytes())
    return {kind: frozenset(map(str, words)) for kind, words in data.items()}


def _mostly(values: Sequence[str], kind: str) -> bool:
    """Whether most values are a few words long and hold a word of `kind`."""
    known = _vocabulary()[kind]
    hits = sum(len(value) < 50 and not known.isdisjoint(words_of(value).split()) for value in values)
    return bool(values) and hits >= len(values) * _MOST


def _among(values: Sequence[str], kind: str, letters: frozenset[str]) -> bool:
    """As `_mostly`, with the single-letter codes of some exports (`N`/`U`) allowed too."""
    return _mostly(values, kind) or (bool(values) and all(value.casefold() in letters for value in values))


def _is_condition(values: Sequence[str]) -> bool:
    return _among(values, "condition", frozenset({"n", "u", "c", "d"}))


def _kind(values: Sequence[str]) -> str | None:
    if _is_condition(values):
        return "condition"
    return "body" if _mostly(values, "body") else None


def _state(values: Sequence[str]) -> str | None:
    if _is_condition(values):
        return "condition"
    return "status" if _mostly(values, "status") and not _mostly(values, "wear") else None


def _standing(values: Sequence[str]) -> str | None:
    return "condition" if _is_condition(values) and not _mostly(values, "status") else "status"


def _label(values: Sequence[str]) -> str | None:
    return "condition" if _is_condition(values) and max(map(len, values)) < 30 else "title"


def _name(values: Sequence[str]) -> str | None:
    return "title" if len(set(values)) > 1 or len(values) == 1 else None


def _text(values: Sequence[str]) -> str | None:
    """A "description" that is short and mostly begins or ends with a year is a title."""
    if not values:
        return "description"
    dated = sum(len(value) < 80 and bool(_YEAR.search(value[:4] + " " + value[-5:])) for value in values)
    return "title" if dated >= len(values) * _MOST else "description"


def _code(values: Sequence[str]) -> str | None:
    """A stock number is short and its own in every row; a FIPE code is none."""
    if _is_condition(values):
        return "condition"
    if not values or all(map(_FIPE.match, values)):
        return None
    short = all(len(value) <= 24 and value.count(" ") <= 1 for value in values)
    if short and len(set(values)) >= len(values) * 0.9:
        return "stock_number"
    wordy = sum(" " in value and bool(re.search(r"[^\W\d]{2}", value)) for value in values)
    return "title" if wordy >= len(values) * _MOST else None


def _style(values: Sequence[str]) -> str | None:
    return "body" if _mostly(values, "body") and median(map(len, values)) < 14 else "trim"


def _engine(values: Sequence[str]) -> str | None:
    known = _vocabulary()["fuel"]
    whole = sum(bool(words := words_of(value).split()) and known.issuperset(words) for value in values)
    return "fuel" if values and whole >= len(values) * 0.9 else "engine"


def _link(values: Sequence[str]) -> str | None:
    return "photos" if values and sum(map(bool, map(_PICTURE.match, values))) >= len(values) * _MOST else None


def _options(values: Sequence[str]) -> str | None:
    """Lists of equipment; not the maker's option codes, not marketing prose."""
    if not values:
        return "features"
    parts = [re.split(r"[|;,\n]", value) for value in values]
    coded = sum(all(_OPTION_CODE.match(part.strip()) for part in pieces if part.strip()) for pieces in parts)
    longest = median(max(len(piece.split()) for piece in pieces) for pieces in parts)
    return None if coded >= len(values) * _MOST or longest > 8 else "features"


def _fresh(values: Sequence[str]) -> str | None:
    if values and all(words_of(value).replace(" ", "") in _YES_NO for value in values):
        return "new"
    return "condition" if _is_condition(values) else None


def _assurance(values: Sequence[str]) -> str | None:
    return "certified" if values else None


_RULES: Final[dict[str, Callable[[Sequence[str]], str | None]]] = {
    "kind": _kind,
    "state": _state,
    "standing": _standing,
    "label": _label,
    "name": _name,
    "text": _text,
    "code": _code,
    "line": lambda values: "model" if values else None,
    "style": _style,
    "engine": _engine,
    "link": _link,
    "options": _options,
    "fresh": _fresh,
    "assurance": _assurance,
}

_WHY_NOT: Final = {
    "kind": "unknown (neither a condition nor a body style)",
    "state": "unknown (neither new/used nor a status)",
    "code": "unknown (not one value for each vehicle)",
    "link": "unknown (links to pages, not photos)",
    "options": "unknown (codes or prose, not a list)",
    "fresh": "unknown (neither yes/no nor new/used)",
}
