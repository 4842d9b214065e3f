"""Titles and descriptions from patterns such as `{make} {model} {year} in {city}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from dealergen.config.suggest import did_you_mean
from dealergen.errors import Place, Problem, SettingsError

_FIELD = re.compile(r"\{(\w+)\}")
_GAPS = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"\s+([,.;:!?)])"), r"\1"),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"(\s[|–—·-])(?:\s[|–—·-])+(?=\s)"), r"\1"),
    (re.compile(r"\(\s*\)"), ""),
    (re.compile(r"[\s,;:|–—·-]+$|^[\s,;:|–—·.-]+"), ""),
    (re.compile(r"[,;:|–—·-]\s*\."), "."),
)


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """`pattern` with its words in braces filled in; what stood around an empty one is tidied away.

    Raises `SettingsError` for a word that is not in `values`.
    """
    names = _fields(pattern)
    text = _FIELD.sub(lambda match: _value(match[1], pattern, values), pattern)
    if all(values[name] for name in names):
        return text
    for gap, replacement in _GAPS:
        text = gap.sub(replacement, text)
    return text.strip()


@lru_cache(maxsize=256)
def _fields(pattern: str) -> tuple[str, ...]:
    return tuple(_FIELD.findall(pattern))


def clipped(text: str, limit: int) -> str:
    """`text` cut at a word's end to `limit` characters, with an ellipsis when something was cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head[: head.rfind(" ")] if " " in head[limit // 2 :] else head).rstrip(" ,;:–—-") + "…"


def _value(name: str, pattern: str, values: Mapping[str, str]) -> str:
    if name in values:
        return values[name]
    guess = did_you_mean(name, list(values))
    raise SettingsError(
        f"The pattern {pattern!r} asks for {{{name}}}, which does not exist",
        remedy=f"Did you mean {{{guess}}}?" if guess else f"Known words: {', '.join(sorted(values))}.",
        problems=[Problem("settings.pattern-word", f"Unknown word {{{name}}} in a pattern", Place("site.yaml"), name)],
    )
