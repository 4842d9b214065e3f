"""Header cells: their names made comparable, and the row that holds them found among titles and junk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

_CAMEL: Final = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])"
)
_NAMESPACE: Final = re.compile(r"^\s*[a-z]{1,3}:(?=\w)", re.I)
_NOT_WORD: Final = re.compile(r"[^0-9a-z]+")
_STROKES: Final = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "œ": "oe"})
_DATA: Final = re.compile(
    r"""^(?:
        [^A-Za-z]*\d[\d.,\s'/:-]*\s*(?:[A-Za-z$€£¥%.]{0,4})  # a number, a date, a price, `7560 km`
      | [A-HJ-NPR-Z0-9]{17}                                  # a VIN
      | (?:https?:)?//\S+ | \S+@\S+\.\S+ | \S+\.(?:jpe?g|png|webp|gif|avif)
      | true | false | yes | no | sim | n[aã]o | null | n/?a
    )$""",
    re.I | re.X,
)
SEARCHED = 20
"""Records among which the header row is looked for."""
_LONGEST_HEADER = 80


@lru_cache(maxsize=4096)
def words_of(header: str) -> str:
    """A header as lower-case words with single spaces: no accents, no `g:`, no punctuation, camel case taken apart.

    >>> words_of("g:additional_image_link"), words_of("Preço Público/Venda"), words_of("SellingPrice")
    ('additional image link', 'preco publico venda', 'selling price')
    """
    bare = _NAMESPACE.sub("", header.translate(_STROKES))
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", _CAMEL.sub(" ", plain).casefold()).strip()


def key_of(header: str) -> str:
    """What headers are compared by: the words without the spaces (`Stock #` → `stock`)."""
    return words_of(header).replace(" ", "")


def find_header(rows: Sequence[Sequence[str]], meaning_of: Callable[[str], str | None]) -> int | None:
    """The index of the header row among the first records; None for a file without one.

    `meaning_of` tells what a header cell stands for (a field, a private column), or None when it is unknown.
    """
    best, best_score = None, 0
    for index, row in enumerate(rows[:SEARCHED]):
        score = _likeness(row, meaning_of)
        if score > best_score:
            best, best_score = index, score
    return best if best is not None else _shaped_like_header(rows)


def looks_like_data(cell: str) -> bool:
    """Whether a cell holds what headers never are: a number, a date, a VIN, an address, a long text."""
    text = cell.strip()
    return len(text) > _LONGEST_HEADER or bool(_DATA.match(text))


def _likeness(row: Sequence[str], meaning_of: Callable[[str], str | None]) -> int:
    """Distinct known meanings, less one for each cell of data; 0 when the row cannot be a header row."""
    cells = [cell for cell in row[:400] if cell.strip()]
    meanings = {meaning for cell in cells if len(cell) <= _LONGEST_HEADER and (meaning := meaning_of(cell))}
    score = len(meanings) - sum(map(looks_like_data, cells))
    return score if len(meanings) >= 2 else 0


def _shaped_like_header(rows: Sequence[Sequence[str]]) -> int | None:
    """A row of distinct short words over rows of data, though none of the words is known."""
    filled = [index for index, row in enumerate(rows[:SEARCHED]) if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        return None
    first = rows[filled[0]]
    cells = [cell.strip() for cell in first if cell.strip()]
    below = [sum(map(looks_like_data, rows[index])) for index in filled[1:]]
    distinct = len(set(cells)) == len(cells) >= 2
    if distinct and not any(map(looks_like_data, cells)) and sum(below) >= len(below):
        return filled[0]
    return None
