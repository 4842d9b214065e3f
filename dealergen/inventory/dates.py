"""Days, from the ways in which systems write them; the order of day and month is decided from the whole column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .meaning import Doubt, Meaning, meaning_of
from .numbers import plain
from .tokens import folded, says_nothing

_EXCEL_EPOCH: Final = dt.date(1899, 12, 30)
"""Day 0 of Excel's 1900 system, with its leap-year error of 1900 counted in."""
_NO_DATES: Final = frozenset({dt.date(1899, 12, 30), dt.date(1900, 1, 1), dt.date(1970, 1, 1), dt.date(1753, 1, 1)})
"""First days of common systems, written for an empty date."""
_EARLIEST: Final = 1980
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:\d{6})?")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?:[ T,].*)?")
_DAY_WORD = re.compile(r"(\d{1,2})\.?[ /.-](?:de )?([^\W\d_]{3,12})\.?[ /.-](?:de )?,?(\d{4}|\d\d)(?:[ T,].*)?")
_WORD_DAY = re.compile(r"([^\W\d_]{3,12})\.?[ /.-](\d{1,2})(?:st|nd|rd|th)?,?[ /.-](\d{4})(?:[ T,].*)?")
_SERIAL = re.compile(r"([2-6]\d{4})(?:[.,]\d+)?")
_MONTHS: Final[tuple[str, ...]] = (
    "jan januar january janeiro enero ene janvier janv gennaio gen januari",
    "feb fev februar february fevereiro febrero fevrier fevr febbraio februari",
    "mar marz maerz mrz march marco marzo mars",
    "apr abr avr april abril avril aprile",
    "mai may mayo maio maggio mag maj",
    "jun june juni junho junio juin giugno giu",
    "jul july juli julho julio juillet juil luglio lug",
    "aug ago august agosto aout augusti",
    "sep sept set september setembro septiembre septembre settembre",
    "oct okt out ott october oktober outubro octubre octobre ottobre",
    "nov november novembro noviembre novembre",
    "dec dez dic dezember december dezembro diciembre decembre dicembre",
)
_MONTH_NUMBERS: Final = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}


def month_named(word: str) -> int | None:
    """1 to 12 for a month's name or its usual short form, in six languages and Swedish."""
    return _MONTH_NUMBERS.get(folded(word))


def read_dates(texts: Sequence[str], now: dt.date, currency: str) -> Meaning[dt.date | None]:
    """A column of days, each text once. Where no cell tells, dollars of the US mean the month comes first."""
    order = _order_of((plain(text[:40]) for text in texts), currency)
    meaning = meaning_of(texts, lambda text: _date(text, order.month_first, now))
    if order.note:
        meaning.notes.append(order.note)
    return meaning


@dataclass(frozen=True, slots=True)
class _Order:
    month_first: bool
    note: str = ""


def _order_of(texts: Iterable[str], currency: str) -> _Order:
    """A first part above 12 is a day, so is a second one; the majority decides, dots only stand in day-first dates."""
    parts = [(int(match[1]), int(match[2]), text) for text in texts if (match := _NUMERIC.fullmatch(text))]
    day_first = sum(1 for first, second, text in parts if first > 12 or "." in text[:3])
    month_first = sum(1 for first, second, _ in parts if second > 12)
    if day_first or month_first:
        return _Order(month_first > day_first)
    guess = currency == "USD"
    doubtful = next((text for first, second, text in parts if first != second), "")
    order = "month/day" if guess else "day/month"
    return _Order(guess, f'"{doubtful}" is read as {order} (no cell has a day above 12)' if doubtful else "")


def _date(text: str, month_first: bool, now: dt.date) -> tuple[dt.date | None, Doubt | None]:
    if says_nothing(text) or text.strip() == "0":
        return None, None
    found = _pattern(plain(text[:40]), month_first, now)
    if found in _NO_DATES:
        return None, None
    if found is None or found.year < _EARLIEST or found > now + dt.timedelta(days=731):
        message = f"the text is not a day from {_EARLIEST} to two years from now, and is left out"
        return None, Doubt("inventory.date-unreadable", message, "Write the day as YYYY-MM-DD.", foreign=True)
    return found, None


def _pattern(bare: str, month_first: bool, now: dt.date) -> dt.date | None:
    if match := _ISO.fullmatch(bare) or _COMPACT.fullmatch(bare):
        return _day(match[1], int(match[2]), match[3], now)
    if match := _NUMERIC.fullmatch(bare):
        day, month = (match[2], match[1]) if month_first else (match[1], match[2])
        return _day(match[3], int(month), day, now)
    if match := _DAY_WORD.fullmatch(bare):
        return _day(match[3], month_named(match[2]), match[1], now)
    if match := _WORD_DAY.fullmatch(bare):
        return _day(match[3], month_named(match[1]), match[2], now)
    if match := _SERIAL.fullmatch(bare):
        return _EXCEL_EPOCH + dt.timedelta(days=int(match[1]))
    return None


def _day(year: str, month: int | None, day: str, now: dt.date) -> dt.date | None:
    number = int(year) + (0 if len(year) == 4 else 2000 if 2000 + int(year) <= now.year + 2 else 1900)
    try:
        return dt.date(number, month or 0, int(day))
    except ValueError:
        return None
