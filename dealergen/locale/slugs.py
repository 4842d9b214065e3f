"""Texts as parts of addresses: `Citroën C4 Cactus 1.6` → `citroen-c4-cactus-1-6`."""

from __future__ import annotations

from functools import lru_cache

LIMIT = 80
"""The longest slug, in characters: file systems stop at 255 bytes, readers much earlier."""


def slug(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and single hyphens; empty when nothing of it can be written so.

    Words are transliterated once each and kept: stock repeats the same few hundred words over and over.
    """
    parts: list[str] = []
    length = 0
    for word in text[: LIMIT * 8].split():
        part = _word(word)
        if not part:
            continue
        length += len(part) + 1
        if length > LIMIT + 1:
            break
        parts.append(part)
    return "-".join(parts)


@lru_cache(maxsize=65_536)
def _word(word: str) -> str:
    from slugify import slugify

    return slugify(word[:LIMIT], max_length=LIMIT)
