"""Equipment lists split into what a buyer can read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .tokens import line, says_nothing, without_tags

_BREAKS = re.compile(r"[|;\n\r•·]|<br\s{0,9}/?>|</li>", re.IGNORECASE)
_COMMAS = re.compile(r",(?!\d)")
_READABLE = re.compile(r"[^\W\d_]{3,}")
_CODE = re.compile(r"\([^()]{1,8}\)\s*[A-Z0-9]{2,5}")
_SENTENCE = re.compile(r"[.!?]\s+\S")
_SHORT: Final = 40
"""Characters of a piece of a list by commas."""
_LONGEST: Final = 120
"""Characters of a feature; longer pieces are prose."""
_MOST: Final = 200
_CELL_LIMIT: Final = 50_000


def features_of(text: str) -> tuple[str, ...]:
    """The pieces of a cell, each once. Commas split when most pieces are then short; option codes are left out."""
    if says_nothing(text):
        return ()
    text = text[:_CELL_LIMIT]
    pieces = text.split("|") if "|" in text and "<" not in text else _BREAKS.split(text)
    if len(pieces) == 1:
        pieces = _by_commas(text)
    return tuple(dict.fromkeys([piece for raw in pieces[:_MOST] if (piece := _feature(raw))]))


def _by_commas(text: str) -> list[str]:
    pieces = _COMMAS.split(text)
    short = sum(1 for piece in pieces if len(piece.strip()) <= _SHORT)
    return pieces if short * 2 > len(pieces) and not _SENTENCE.search(text) else [text]


@lru_cache(maxsize=65_536)
def _feature(piece: str) -> str:
    shown = line(without_tags(piece[:2_000])).strip("-–*•· ,.")
    if len(shown) > _LONGEST or not _READABLE.search(shown) or _CODE.fullmatch(shown) or says_nothing(shown):
        return ""
    return shown
