"""Text of a cell made safe and comparable: clean lines and paragraphs, folded keys, and the ways to say nothing."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from .words import document

LINE_LIMIT: Final = 200
"""Characters kept of a single-line text."""
PARAGRAPH_LIMIT: Final = 20_000
"""Characters kept of a description."""

_LONGEST_NOTHING: Final = 60

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff]"
)
"""Controls (not tab and line feed), zero-width marks, bidirectional overrides and lone surrogates."""
_BREAK = re.compile(r"<\s{0,9}br\s{0,9}/?\s{0,9}>|</p\s{0,9}>\s{0,9}(?=<p\b)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_BLANKS = re.compile(r"[ \t\u00a0\u202f]+(?=\n)")
_GAP = re.compile(r"\n{3,}")
_ENTITY = re.compile(r"&[a-zA-Z#]")
_WORD = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_SPLIT_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "×": "x"})
_SAYS_NOTHING = re.compile(r"[\W_]*|x{3,}(?:\s+x+)*|(?:0000|0001)-\d\d-\d\d.*|0{1,2}[/.]0{1,2}[/.]0{2,4}.*", re.ASCII)


def says_nothing(text: str) -> bool:
    """Whether a cell is empty in effect: `NULL`, `N/A`, `'-`, `  /  /  `, `0001-01-01`, `xxx`, …"""
    if not text or text.isspace():
        return True
    if len(text) > _LONGEST_NOTHING or (text.isalnum() and not text.isalpha()):
        return False
    folded = text.strip().casefold()
    return folded in _nothing() or (_SAYS_NOTHING.fullmatch(folded) is not None and not _has_letters(folded))


@cache
def _nothing() -> frozenset[str]:
    return frozenset(str(word) for word in document("nothing")["nothing"])


def _has_letters(folded: str) -> bool:
    """Letters of any script, where the ASCII pattern saw none; `xxx` and null dates count as having none."""
    return not folded.isascii() and any(character.isalnum() for character in folded)


def line(text: str) -> str:
    """One line, fit to be shown: entities decoded, white space collapsed, nothing invisible, `LINE_LIMIT` at most."""
    if _ENTITY.search(text):
        text = decoded(text)
    if not text.isprintable() or "  " in text:
        text = " ".join(_INVISIBLE.sub("", " ".join(text.split())).split())
    return text.strip()[:LINE_LIMIT].rstrip()


def paragraphs(text: str) -> str:
    """Text of several lines: `<br>` and CR LF become line feeds, entities are decoded, nothing invisible."""
    text = text[: 4 * PARAGRAPH_LIMIT]
    if text.isprintable() and "<" not in text and not _ENTITY.search(text):
        return text.strip()
    text = decoded(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _INVISIBLE.sub("", _BREAK.sub("\n", text))
    return _GAP.sub("\n\n", _BLANKS.sub("", text)).strip()


def decoded(text: str) -> str:
    """Entities decoded, at most twice: exports often escape what was escaped already (`&amp;amp;`)."""
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def without_tags(text: str) -> str:
    """HTML tags taken out, a space in place of each."""
    return _TAG.sub(" ", text) if "<" in text else text


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A key for comparing words, without case, accents or punctuation: `Utilitário/SUV` → `utilitario suv`."""
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_SPLIT_LETTERS))
        text = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    return " ".join(_WORD.findall(text))
