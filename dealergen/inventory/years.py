"""Model years and years of manufacture, as dealers write them: `2025/2025`, `03/2013`, `2015 reg`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .dates import month_named
from .meaning import Doubt, Meaning, meaning_of
from .numbers import plain
from .tokens import says_nothing

EARLIEST: Final = 1900
AHEAD: Final = 2
"""Years after the present one in which a model year may lie."""
_FLOAT = re.compile(r"\.0+$")
_PAIR = re.compile(r"((?:19|20)\d\d) ?[/-] ?((?:19|20)\d\d)")
_YEAR_AND_TWO = re.compile(r"((?:19|20)\d\d) ?[/-] ?(\d\d)")
_TWO_AND_TWO = re.compile(r"(\d\d) ?/ ?(\d\d)")
_MONTH_YEAR = re.compile(r"(?:\d{1,2}[/.-])?(\d{1,2}) ?[/.-] ?((?:19|20)\d\d)(?:[ T].*)?")
_ISO = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_MONTH_WORD = re.compile(
    r"(?:(\d{1,2})[ /.-])?([^\W\d_]{3,12})\.?[ /.-]?'?(\d\d|\d{4})|(\d\d)[ /.-]([^\W\d_]{3,12})\.?"
)
_ANY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TWO = re.compile(r"'?(\d\d)")


@dataclass(frozen=True, slots=True)
class YearOf:
    """What one cell tells: the model year, and the year of manufacture when it tells both."""

    year: int
    made: int | None = None


def read_years(texts: Sequence[str], now: dt.date) -> Meaning[YearOf | None]:
    """A column of years, each text once."""
    latest = now.year + AHEAD
    years = {str(year): YearOf(year) for year in range(EARLIEST, latest + 1)}
    bare = [plain(text[:60]).strip("\"' ") for text in texts]
    column = _Column(latest, _second_is_month(bare), _mostly_two_digits(bare))
    return meaning_of(texts, lambda text: (years[text], None) if text in years else _year(text, column))


@dataclass(frozen=True, slots=True)
class _Column:
    latest: int
    second_is_month: bool
    two_digits: bool


def _second_is_month(texts: Sequence[str]) -> bool:
    """Whether `2013/03` is a month here: some cell's second part is a month, and no year that follows the first."""
    pairs = [match.groups() for text in texts if (match := _YEAR_AND_TWO.fullmatch(text))]
    return any(1 <= int(two) <= 12 and int(two) - int(year) % 100 not in (0, 1) for year, two in pairs)


def _mostly_two_digits(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return sum(1 for text in filled if _TWO.fullmatch(text)) * 2 > len(filled)


def _year(text: str, column: _Column) -> tuple[YearOf | None, Doubt | None]:
    if says_nothing(text):
        return None, None
    bare = _FLOAT.sub("", plain(text[:60]).strip("\"' "))
    if bare == "0":
        return None, None
    found, damaged = _pattern(bare, column)
    if found is None or not EARLIEST <= found.year <= column.latest:
        return None, _implausible(column.latest)
    if damaged:
        return found, _damage(found.year)
    return found, None


def _pattern(bare: str, column: _Column) -> tuple[YearOf | None, bool]:
    """The year by the first pattern that fits the whole text, and whether a spreadsheet turned it into a date."""
    if match := _MONTH_WORD.fullmatch(bare):
        return _month_word(match, column.latest)
    if match := _PAIR.fullmatch(bare):
        return _pair(int(match[1]), int(match[2])), False
    if match := _ISO.fullmatch(bare) or _MONTH_YEAR.fullmatch(bare):
        return YearOf(int(match[1] if len(match[1]) == 4 else match[2])), False
    return _short(bare, column) or _only_year(bare), False


def _short(bare: str, column: _Column) -> YearOf | None:
    """`2025/26`, `18/19`, `04/18`, and `19` in a column of such."""
    if match := _YEAR_AND_TWO.fullmatch(bare):
        year = int(match[1])
        return YearOf(year) if column.second_is_month else _pair(year, year // 100 * 100 + int(match[2]))
    if match := _TWO_AND_TWO.fullmatch(bare):
        return _two_and_two(int(match[1]), int(match[2]), column.latest)
    match = _TWO.fullmatch(bare) if column.two_digits else None
    return YearOf(_century(int(match[1]), column.latest)) if match else None


def _only_year(bare: str) -> YearOf | None:
    """The only year in a short text: `2015 reg`, `2020年`, `MY2024`."""
    years = set(_ANY.findall(bare))
    return YearOf(int(years.pop())) if len(years) == 1 and len(bare) <= 24 and not _PAIR.search(bare) else None


def _pair(first: int, second: int) -> YearOf | None:
    """Made and model year (Brazil: `2018/2019`); the model year is the later one, by a year or two at most."""
    made, model = sorted((first, second))
    return YearOf(model, made) if model - made <= 2 else None


def _two_and_two(first: int, second: int, latest: int) -> YearOf | None:
    """`18/19` is made and model year; `04/18` is a month and a year."""
    if second - first in (0, 1):
        return _pair(_century(first, latest), _century(second, latest))
    return YearOf(_century(second, latest)) if 1 <= first <= 12 else None


def _month_word(match: re.Match[str], latest: int) -> tuple[YearOf | None, bool]:
    """`Apr-18` and `18-Apr` are what Excel makes of 04/2018 and 18/04."""
    digits, word = (match[3], match[2]) if match[3] else (match[4], match[5])
    if month_named(word) is None:
        return (YearOf(int(digits)), False) if len(digits) == 4 else (None, False)
    if len(digits) == 4:
        return YearOf(int(digits)), False
    return YearOf(_century(int(digits), latest)), True


def _century(two: int, latest: int) -> int:
    return 2000 + two if 2000 + two <= latest else 1900 + two


def _implausible(latest: int) -> Doubt:
    message = f"the text is not a year from {EARLIEST} to {latest}, and is left out"
    return Doubt("inventory.year-implausible", message, "Write the year with four digits.", foreign=True)


def _damage(year: int) -> Doubt:
    message = f"a spreadsheet has turned the year into a date; it is read as {year}"
    return Doubt("inventory.year-damaged", message, "Format the column as text before typing 04/2018, or write 2018.")
