"""How numbers are written in a column, decided from all its cells at once, and the reading of one text that way.

One cell cannot tell: `229.950` is 229950 beside `269.950`, and 229.95 beside `6995.0`. The evidence, for each mark:

- strong for a decimal mark: it stands last after the other mark (`58.990,00`), or once before one, two or four and more
  digits (`6995.0`), or before three digits that cannot be a group (`1234.500`, `0.125`);
- strong for a thousands mark: it stands twice or more (`1,23,456`), or before the other mark;
- weak for a thousands mark: it stands once, before exactly three digits (`229.950`).

Spaces of every kind and apostrophes between digits only ever group them.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Mark = Literal[".", ","]
Quantity = Literal["money", "distance", "count"]

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r"
_APOSTROPHES = "\u2019\u2018\u02bc\u2032\u00b4`\u066c"
_MINUSES = "\u2212\u2012\u2013\u2014\uff0d"
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_MINUSES, "-"),
        "\uff0e": ".", "\uff0c": ",", "\u066b": ",",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)  # fmt: skip
NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?![\d ]\d)(?:[.,]\d+(?![.,]?\d))?|\d+(?:[.,']\d+)*", re.ASCII)
_GROUPING = re.compile("[ ']")
_MARK = re.compile("[.,]")
_MAX_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How the numbers of one column are written."""

    decimal: Mark | None
    """None when no cell has a fraction: then both marks group digits."""
    scale: int = 1
    """1000 for a column in thousands: `53,99` for 53990, a dot's zeros lost on the way through a spreadsheet."""
    forced: bool = False
    """Told by `inventory.numbers.decimal`."""
    note: str = ""
    """What was decided, with a sample, when the cells left doubt."""


@dataclass(slots=True)
class _Evidence:
    decimal: int = 0
    thousands: int = 0
    weak: int = 0
    sample_decimal: str = ""
    sample_weak: str = ""


def plain(text: str) -> str:
    """`text` with ASCII digits, marks, minus and spaces, single and none at the ends."""
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else " ".join(text.split())
    return " ".join(text.translate(_PLAIN).split())


def format_of(texts: Iterable[str], decimal: Literal["auto", ".", ","], quantity: Quantity) -> NumberFormat:
    """The format of a column from its distinct texts; of each text, the first number counts."""
    if decimal != "auto":
        return NumberFormat(decimal, forced=True)
    texts = list(texts)
    if all(text.isdecimal() for text in texts):
        return NumberFormat(None)
    numbers = [match[0] for text in texts if (match := NUMBER.search(plain(text)))]
    marked = [bare for number in numbers if _MARK.search(bare := _GROUPING.sub("", number))]
    if not marked:
        return NumberFormat(None)
    if quantity != "count" and (note := _in_thousands(numbers, marked, quantity)):
        return NumberFormat("." if "." in marked[0] else ",", scale=1000, note=note)
    return _decided(_evidence(marked))


def number_of(number: str, style: NumberFormat) -> Decimal | None:
    """One number (a match of `NUMBER`) in the column's format; None when it does not fit the format."""
    bare = _GROUPING.sub("", number)
    if bare.isdigit():
        return Decimal(int(bare)) * style.scale if len(bare) <= _MAX_DIGITS else None
    if len(bare) > _MAX_DIGITS + 6:
        return None
    if style.decimal is None:
        whole, fraction = bare, ""
    else:
        whole, _, fraction = bare.partition(style.decimal)
        if not fraction.isdigit() and fraction:
            return None
    if not _well_grouped(whole) or (len(fraction) == 3 and not _fraction_of_three(whole, style)):
        return None
    return tidy(Decimal(_MARK.sub("", whole) + "." + (fraction or "0")) * style.scale)


def tidy(value: Decimal) -> Decimal:
    """`value` to two decimals, without an exponent or idle zeros, so that equal amounts have one spelling."""
    rounded = round(value, 2)
    return Decimal(int(rounded)) if rounded == int(rounded) else rounded.normalize()


def _well_grouped(whole: str) -> bool:
    """Groups of three; of two before the last three in the Indian manner (`1,23,456`); never both marks."""
    if whole.isdigit():
        return True
    first, *groups = _MARK.split(whole)
    if not first or len(first) > 3 or ("." in whole and "," in whole) or len(groups[-1]) != 3:
        return False
    return all(len(group) == 3 for group in groups) or all(len(group) == 2 for group in groups[:-1])


def _fraction_of_three(whole: str, style: NumberFormat) -> bool:
    """Whether three digits after the decimal mark are a fraction: in doubt, they may be a group of thousands."""
    return style.forced or style.scale != 1 or not whole.isdigit() or len(whole) > 3 or whole == "0"


def _in_thousands(numbers: Sequence[str], marked: Sequence[str], quantity: Quantity) -> str:
    """A note when the column counts in thousands. A spreadsheet that took `53.990` for a fraction writes `53,99`.

    Signs: all below 1000, one mark, fractions of different lengths; or, for money, a median at which no vehicle sells.
    """
    parts = [_MARK.split(number) for number in marked]
    plausible = all(len(part) == 2 and len(part[0]) <= 3 and part[1] and len(part[1]) <= 3 for part in parts)
    if not plausible or len({"." in number for number in marked}) > 1 or len(marked) * 2 < len(numbers):
        return ""
    if any(not _MARK.search(number) and len(_GROUPING.sub("", number)) > 3 for number in numbers):
        return ""
    lengths = {len(part[1]) for part in parts}
    if lengths == {3} or all(not part[1].strip("0") for part in parts):
        return ""
    cheap = quantity == "money" and 5 <= statistics.median(int(part[0]) for part in parts) < 200
    if not cheap and (len(lengths) == 1 or (quantity == "distance" and 3 not in lengths)):
        return ""
    sample = next(number for number, part in zip(marked, parts, strict=True) if len(part[1]) < 3)
    return f'"{sample}" is read as {_thousands(sample)} (all cells are below 1000, so the column counts in thousands)'


def _thousands(number: str) -> str:
    whole, fraction = _MARK.split(number)
    return str(int(whole + fraction.ljust(3, "0")))


def _evidence(marked: Iterable[str]) -> dict[Mark, _Evidence]:
    found: dict[Mark, _Evidence] = {".": _Evidence(), ",": _Evidence()}
    for number in marked:
        last: Mark = "." if number.rfind(".") > number.rfind(",") else ","
        other: Mark = "," if last == "." else "."
        whole, _, tail = number.rpartition(last)
        if other in whole:
            found[other].thousands += 1
        seen = found[last]
        if last in whole:
            seen.thousands += 1
        elif other in whole or len(tail) != 3 or len(whole) > 3 or whole == "0":
            seen.decimal += 1
            seen.sample_decimal = seen.sample_decimal or number
        else:
            seen.weak += 1
            seen.sample_weak = seen.sample_weak or number
    return found


def _decided(found: dict[Mark, _Evidence]) -> NumberFormat:
    """The mark with the most evidence for a decimal mark that outweighs what speaks for grouping."""
    dot, comma = found["."], found[","]
    mark: Mark = "." if dot.decimal >= comma.decimal else ","
    seen, other = found[mark], found["," if mark == "." else "."]
    against = seen.thousands + seen.weak
    if seen.decimal and seen.decimal >= against:
        doubt = seen.weak and f'"{seen.sample_weak}" is refused: "{seen.sample_decimal}" makes "{mark}" a decimal mark'
        return NumberFormat(mark, note=doubt or "")
    if seen.decimal:
        note = (
            f'"{seen.sample_decimal}" is refused: most cells have three digits after "{mark}", which groups thousands'
        )
        return NumberFormat("," if mark == "." else ".", note=note)
    if other.thousands or seen.thousands:
        grouping = [name for name, evidence in found.items() if evidence.thousands]
        return NumberFormat(None if len(grouping) > 1 else ("," if grouping[0] == "." else "."))
    sample = dot.sample_weak or comma.sample_weak
    name = "dot" if "." in sample else "comma"
    note = f'"{sample}" is read as {_thousands(sample)} (a {name} before three digits, in every cell)'
    return NumberFormat(None, note=note)
