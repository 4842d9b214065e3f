"""Numbers, money, distances and dates as a language writes them.

Patterns come from CLDR through Babel once; what is called for every vehicle then fills them in without Babel.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from babel import Locale as Cldr
from babel.core import UnknownLocaleError, get_global
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision, is_currency
from babel.units import format_unit

from dealergen.errors import SettingsError

DateStyle = Literal["long", "medium", "month", "day"]
"""`long` "30 de novembro de 2026", `medium` "30 de nov. de 2026", `month` "novembro de 2026", `day` the day alone."""

_SKELETONS = {"month": "yMMMM", "day": "MMMMd"}
_PLURAL_PROBES = (2, 3, 5, 11, 21, 100)
"""One number at least for each plural category of CLDR's cardinal rules from 2 to a million (Unicode TR 35, part 3)."""
_MILLION = 1_000_000
"""Where some languages begin another plural ("um milhão de …")."""
_LETTER_BESIDE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""CLDR parts a currency's letters from digits by a no-break space (TR 35, `currencySpacing`); Babel does not."""
_UNITS = {"km": "length-kilometer", "mi": "length-mile"}


class Formats:
    """One language's way of writing values, for one currency and one unit of distance."""

    def __init__(self, language: str, currency: str, distance: str) -> None:
        if not is_currency(currency):
            raise SettingsError(
                f"there is no currency '{currency}'", remedy="Use its ISO 4217 code, such as BRL, EUR or USD."
            )
        self.cldr = cldr = _cldr(language)
        self._currency = currency
        self._unit = _UNITS[distance]
        self._grouping = cldr.decimal_formats[None].grouping
        symbols = cldr.number_symbols["latn"]
        self._marks = {ord(","): symbols["group"], ord("."): symbols["decimal"]}
        self._money = _around(self._money_by_babel(1), "1")
        self._cents = Decimal(1).scaleb(-get_currency_precision(currency))
        self._distance = self._distance_pattern()
        self._plurals: dict[int, str] = {}
        self._dates: dict[tuple[dt.date, str], str] = {}

    def number(self, value: int) -> str:
        """A whole number with its groups: "42.000"."""
        if self._grouping == (3, 3):
            return f"{value:,}".translate(self._marks)
        return str(format_decimal(value, locale=self.cldr))

    def plural(self, value: int) -> str:
        """The plural category of a number (CLDR): `one`, `other`, …"""
        if value not in self._plurals:
            self._plurals[value] = str(self.cldr.plural_form(value))
        return self._plurals[value]

    def money(self, amount: Decimal) -> str:
        """An amount, rounded to the currency's own precision; without decimals when it is whole: "R$ 89.900"."""
        cents = amount.quantize(self._cents, ROUND_HALF_EVEN)
        whole = int(cents)
        value = whole if whole == cents else cents
        if self._grouping != (3, 3) or cents < 0:
            return self._money_by_babel(value)
        before, after = self._money
        return before + f"{value:,}".translate(self._marks) + after

    def _money_by_babel(self, value: int | Decimal) -> str:
        whole = isinstance(value, int)
        pattern = _whole_pattern(self.cldr) if whole else None
        text = format_currency(value, self._currency, pattern, self.cldr, currency_digits=not whole)
        return _LETTER_BESIDE_DIGIT.sub("\u00a0", text)

    def distance(self, value: int) -> str:
        """A distance in the site's unit: "42.000 km"."""
        if not 2 <= value < _MILLION or self._grouping != (3, 3) or self._distance is None:
            return format_unit(value, self._unit, "short", locale=self.cldr)
        before, after = self._distance
        return before + f"{value:,}".translate(self._marks) + after

    def _distance_pattern(self) -> tuple[str, str] | None:
        """What stands around a plural distance; None in a language with several plurals."""
        probes = {
            _around(format_unit(probe, self._unit, "short", locale=self.cldr), str(probe)) for probe in _PLURAL_PROBES
        }
        return probes.pop() if len(probes) == 1 else None

    def date(self, value: dt.date, style: DateStyle) -> str:
        """A day; a datetime's day in its own time zone."""
        day = value.date() if isinstance(value, dt.datetime) else value
        key = (day, style)
        if key not in self._dates:
            self._dates[key] = self._write_date(day, style)
        return self._dates[key]

    def _write_date(self, day: dt.date, style: DateStyle) -> str:
        if skeleton := _SKELETONS.get(style):
            return format_skeleton(skeleton, dt.datetime.combine(day, dt.time()), locale=self.cldr)
        return format_date(day, style, locale=self.cldr)

    def datetime(self, value: dt.datetime, style: DateStyle) -> str:
        """A day and the time on it, in the value's own time zone: "30 de novembro de 2026 às 18:00"."""
        pattern = str(self.cldr.datetime_formats["long"]).replace("'", "")
        return pattern.replace("{0}", self.time(value.time())).replace("{1}", self.date(value, style))

    def time(self, value: dt.time) -> str:
        """A time of day: "18:00", "6:00 PM"."""
        return format_time(value.replace(tzinfo=None), "short", locale=self.cldr)

    def join(self, words: Sequence[str]) -> str:
        """A list as a sentence has it: "a, b e c"."""
        return format_list(list(words), locale=self.cldr) if words else ""

    def weekday(self, index: int, width: Literal["wide", "abbreviated"]) -> str:
        """The name of a day, 0 for Monday."""
        return str(self.cldr.days["stand-alone"][width][index])

    def og(self) -> str:
        """The tag of Open Graph, which wants a country: the language's most likely one where none is named."""
        if self.cldr.territory:
            return f"{self.cldr.language}_{self.cldr.territory}"
        likely = Cldr.parse(get_global("likely_subtags")[self.cldr.language])
        return f"{self.cldr.language}_{likely.territory}"


def _cldr(language: str) -> Cldr:
    try:
        return Cldr.parse(language, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise SettingsError(
            f"'{language}' is not a language that CLDR knows", remedy="Use a tag such as pt-BR, en or es."
        ) from error


def _whole_pattern(cldr: Cldr) -> str:
    """The currency's pattern without decimals, for both signs: `¤ #,##0`."""
    return str(cldr.currency_formats["standard"].pattern).replace(".00", "")


def _around(text: str, number: str) -> tuple[str, str]:
    before, _, after = text.partition(number)
    return before, after
