"""One language of the site: its strings by key, and its way of writing numbers, money, distances and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from dealergen.errors import RenderError

from .formats import DateStyle, Formats
from .slugs import slug
from .strings import Text, load_strings


def load_locale(language: str, *, currency: str, distance: Literal["km", "mi"], extra: Sequence[Path] = ()) -> Locale:
    """The locale of a language tag such as `pt-BR`, for prices in `currency` (ISO 4217) and distances in km or mi.

    `extra` are string files laid over the shipped ones, the last on top (a parent theme's, a theme's, the site's).
    Raises SettingsError for an unknown language, currency or unit, and for string files that do not hold.
    """
    return Locale(language, load_strings(language, extra), Formats(language, currency, distance))


class Locale:
    """Everything that depends on the visitor's language."""

    def __init__(self, language: str, strings: dict[str, Text], formats: Formats) -> None:
        self.language = language
        """The language tag, BCP 47."""
        self.direction = formats.cldr.text_direction
        """`ltr` or `rtl`."""
        self.og = formats.og()
        """The tag that Open Graph wants: `pt_BR`."""
        self.name = _own_name(formats)
        """The language's name in itself: "Português"."""
        self.digest = _digest(language, strings, formats)
        """Changes when any string, or the way of writing values, does."""
        self.number: Callable[[int], str] = formats.number
        self.money: Callable[[Decimal], str] = formats.money
        self.distance: Callable[[int], str] = formats.distance
        self.join: Callable[[Sequence[str]], str] = formats.join
        self.slug: Callable[[str], str] = slug
        self._strings = strings
        self._formats = formats

    def t(self, key: str, /, **values: object) -> str:
        """The text at `section.key`, with its `{words}` filled in; plain text, not yet escaped.

        `n` chooses the plural and is written as a number; other values are written as they are. Words filled in with
        nothing leave no double space. Raises RenderError for a key or a word that is not known.
        """
        text = self._strings.get(key)
        if text is None:
            raise self._unknown(key)
        if isinstance(text, dict):
            text = self._plural(key, text, values.get("n"))
        return self._filled(key, text, values) if values else text

    def has(self, key: str) -> bool:
        """Whether there is a text at `section.key`."""
        return key in self._strings

    def path(self, key: str) -> str:
        """A word of addresses in this language: `stock` → `estoque`."""
        return self.t(f"paths.{key}")

    def date(self, value: dt.date, style: DateStyle = "long") -> str:
        """A day: `long` "30 de novembro de 2026", `medium`, `month` "novembro de 2026", `day` "30 de novembro"."""
        return self._formats.date(value, style)

    def datetime(self, value: dt.datetime, style: DateStyle = "long") -> str:
        """A day and a time, in the value's own time zone."""
        return self._formats.datetime(value, style)

    def time(self, value: dt.time | str) -> str:
        """A time of day; as text it is `HH:MM`, where `24:00` is the midnight that ends a day."""
        return self._formats.time(_clock(value) if isinstance(value, str) else value)

    def weekday(self, index: int, short: bool = False) -> str:
        """The name of a day of the week, 0 for Monday: "segunda-feira", short "seg."."""
        return self._formats.weekday(index, "abbreviated" if short else "wide")

    def _plural(self, key: str, forms: dict[str, str], n: object) -> str:
        if not isinstance(n, int):
            raise RenderError(f"the text '{key}' is a plural and was asked for without its number 'n'")
        return forms.get(self._formats.plural(n)) or forms["other"]

    def _filled(self, key: str, text: str, values: dict[str, object]) -> str:
        n = values.get("n")
        if isinstance(n, int):
            values["n"] = self.number(n)
        try:
            filled = text.format_map(values)
        except KeyError as error:
            raise RenderError(
                f"the text '{key}' ({self.language}) asks for {{{error.args[0]}}}, which is not known there",
                remedy=f"It may use {', '.join(sorted(values))}.",
            ) from error
        return _single_spaced(filled) if "  " in filled else filled.strip(" ")

    def _unknown(self, key: str) -> RenderError:
        near = get_close_matches(key, self._strings, n=1)
        remedy = f"Did you mean '{near[0]}'?" if near else "Add it to the theme's strings."
        return RenderError(f"there is no text '{key}' in {self.language}", remedy=remedy)


def _own_name(formats: Formats) -> str:
    name = str(formats.cldr.get_language_name())
    return name[:1].upper() + name[1:]


def _digest(language: str, strings: dict[str, Text], formats: Formats) -> bytes:
    """Over the strings, and over samples of everything that is written by pattern."""
    samples = (formats.money(Decimal("1234567.5")), formats.money(Decimal(1)), formats.distance(1234))
    content = repr((language, sorted(strings.items(), key=lambda item: item[0]), samples))
    return blake2b(content.encode(), digest_size=16).digest()


def _clock(text: str) -> dt.time:
    hour, _, minute = text.partition(":")
    return dt.time(int(hour) % 24, int(minute))


def _single_spaced(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)
