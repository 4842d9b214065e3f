"""Every mapped column of a table read into a list as long as the table, ready to be joined to vehicles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal, TypeVar

from dealergen.config import InventorySettings, Rooftop

from .casing import color_spelling
from .cells import Cells, each
from .choices import read_choices, read_flags
from .dates import read_dates
from .features import features_of
from .meaning import Doubt, Meaning, Reader, meaning_of
from .mileage import Odometer, odometer, read_mileages, unit_named
from .money import foreign_currency, read_prices
from .photo_lists import read_photos, read_video
from .rooftops import read_rooftops
from .stats import ColumnStats, stats_of
from .table import Mapping
from .tokens import PARAGRAPH_LIMIT, line, paragraphs, says_nothing
from .vins import plate_doubt, plate_of, vin_of
from .years import YearOf, read_years

T = TypeVar("T")

_NUMERIC_FLOAT = re.compile(r"(\d{3,})\.0")
"""A number that a workbook has made of a stock number or a model (`1500.0`); `2.0` is an engine's."""
_COUNT = re.compile(r"(?<!\d)(\d{1,2})(?:[.,]0+)?(?:\s?/\s?(\d{1,2}))?(?!\d)")
_MOST_DOORS: Final = 9
_MOST_SEATS: Final = 99


@dataclass(slots=True)
class ReadContext:
    """What the reading of values depends on beside the file."""

    settings: InventorySettings
    currency: str
    """The site's currency, ISO 4217."""
    distance: Literal["km", "mi"]
    """The site's unit of distance; mileages are converted to it."""
    rooftops: Sequence[Rooftop]
    now: dt.date


@dataclass(slots=True)
class Facts:
    """Reads columns on demand. Fields without a column are empty, or what `inventory.defaults` says."""

    cells: Cells
    mapping: Mapping
    context: ReadContext
    defaults: dict[str, Any]
    stats: dict[int, ColumnStats] = field(default_factory=dict)
    _currencies_told: set[str] = field(default_factory=set)

    def texts(self, name: str) -> list[str]:
        """A field of single lines."""
        return self._single(name, each(_text), "")

    def choices(self, name: str) -> list[str | None]:
        return self._single(name, lambda texts: read_choices(name, texts), None)

    def flags(self, name: str) -> list[bool | None]:
        return self._single(name, lambda texts: read_flags(name, texts), None)

    def years(self, name: str) -> list[YearOf | None]:
        return self._single(name, lambda texts: read_years(texts, self.context.now), None, _year_number)

    def dates(self, name: str) -> list[dt.date | None]:
        now, currency = self.context.now, self.context.currency
        return self._single(name, lambda texts: read_dates(texts, now, currency), None)

    def counts(self, name: str) -> list[int | None]:
        return self._single(name, lambda texts: read_counts(name, texts), None)

    def rooftops(self) -> list[str]:
        first = self.context.rooftops[0].id if self.context.rooftops else ""
        return self._single("rooftop", lambda texts: read_rooftops(texts, self.context.rooftops), first)

    def vins(self) -> list[str]:
        return self._single("vin", read_vins, "")

    def plates(self) -> list[str]:
        currency = self.context.currency
        return self._single("plate", lambda texts: read_plates(texts, currency), "")

    def colors(self, name: str) -> list[str]:
        return self._single(name, each(lambda text: color_spelling(_text(text))), "")

    def descriptions(self) -> list[str]:
        return self._single("description", read_descriptions, "")

    def videos(self) -> list[str]:
        return self._single("video", lambda texts: meaning_of(texts, read_video), "")

    def prices(self, name: str) -> list[list[Decimal | None]]:
        """One list a column, in order of preference; a default comes last."""
        told = self.mapping.units.get(name, "")
        columns = []
        for index in self.mapping.columns.get(name, ()):
            texts = self.cells.texts(index)
            self._warn_of_currency(index, texts, told)
            columns.append(self._column(index, name, texts, self._read_prices, None))
        return [*columns, *self._default_column(name)]

    def features(self) -> list[tuple[str, ...]]:
        return self._joined("features", each(features_of))

    def photos(self) -> list[tuple[str, ...]]:
        return self._joined("photos", read_photos)

    def mileages(self) -> list[int | None]:
        """In the site's unit; a unit column's word is read with the number that it stands for."""
        indexes = self.mapping.columns.get("mileage", [])
        if not indexes:
            return [self.defaults.get("mileage")] * len(self.cells.rows)
        texts = self._with_units(self.cells.texts(indexes[0]))
        values = self._column(indexes[0], "mileage", texts, self._read_mileages, None)
        return self._filled("mileage", texts, values)

    def _with_units(self, texts: list[str]) -> list[str]:
        units = self.mapping.columns.get("mileage_unit", [])
        if not units:
            return texts
        words = {text: unit_named(text) or "" for text in self.cells.texts(units[0])}
        named = [words[unit] for unit in self.cells.texts(units[0])]
        return [f"{text} {unit}" if unit and text.strip() else text for text, unit in zip(texts, named, strict=True)]

    def _read_prices(self, texts: Sequence[str]) -> Meaning[Decimal | None]:
        return read_prices(texts, self.context.settings.numbers.decimal)

    def _read_mileages(self, texts: Sequence[str]) -> Meaning[int | None]:
        return read_mileages(texts, self.context.settings.numbers.decimal, self._odometer())

    def _odometer(self) -> Odometer:
        told, setting = self.mapping.units.get("mileage", ""), self.context.settings.mileage_unit
        return odometer(told, setting, self.context.currency, self.context.distance)

    def _warn_of_currency(self, index: int, texts: Sequence[str], told: str) -> None:
        """Once for each currency, at the first cell that names it, or the first of a column whose header does."""
        currency = self.context.currency
        found = foreign_currency(dict.fromkeys(texts), told, currency)
        if found and texts and found[0] not in self._currencies_told:
            self._currencies_told.add(found[0])
            message = f"prices are in {found[0]} and the site's currency is {currency}; they are shown unconverted"
            remedy = f"Set currency in site.yaml, or export the prices in {currency}."
            doubt = Doubt("inventory.currency-differs", message, remedy)
            self.cells.doubt(index, texts, {found[1] or texts[0]: doubt})

    def _single(self, name: str, reader: Reader[T], empty: T, number: Callable[[T], object] | None = None) -> list[T]:
        indexes = self.mapping.columns.get(name, [])
        if not indexes:
            default: T = self.defaults.get(name, empty)
            return [default] * len(self.cells.rows)
        texts = self.cells.texts(indexes[0])
        return self._filled(name, texts, self._column(indexes[0], name, texts, reader, empty, number))

    def _column(
        self, index: int, name: str, texts: Sequence[str], reader: Reader[T], empty: T,
        number: Callable[[T], object] | None = None,
    ) -> list[T]:  # fmt: skip
        values = self.cells.read(index, name, texts, reader, empty)
        self.stats[index] = stats_of(texts, [number(value) for value in values] if number else values)
        return values

    def _filled(self, name: str, texts: Sequence[str], values: list[T]) -> list[T]:
        if name not in self.defaults:
            return values
        default: T = self.defaults[name]
        return [default if says_nothing(text) else value for text, value in zip(texts, values, strict=True)]

    def _default_column(self, name: str) -> list[list[Any]]:
        return [[self.defaults[name]] * len(self.cells.rows)] if name in self.defaults else []

    def _joined(self, name: str, reader: Reader[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Several columns of lists as one list a row, each item once."""
        none: tuple[str, ...] = ()
        default = self.defaults.get(name, none)
        columns = [
            self._column(index, name, self.cells.texts(index), reader, none)
            for index in self.mapping.columns.get(name, ())
        ]
        if len(columns) == 1:
            return [items or default for items in columns[0]] if default else columns[0]
        if not columns:
            return [default] * len(self.cells.rows)
        rows = zip(*columns, strict=True)
        return [tuple(dict.fromkeys([item for items in row for item in items])) or default for row in rows]


def read_counts(name: str, texts: Sequence[str]) -> Meaning[int | None]:
    """Doors or seats: `4`, `4dr`, `5.0`, `4 portas`; of `4/5` the greater."""
    most = _MOST_DOORS if name == "doors" else _MOST_SEATS
    return meaning_of(texts, lambda text: _count(name, text, most))


def read_vins(texts: Sequence[str]) -> Meaning[str]:
    """VINs; placeholders are empty without a doubt, sentences are of another kind."""
    return meaning_of(texts, _vin)


def read_plates(texts: Sequence[str], currency: str) -> Meaning[str]:
    return meaning_of(texts, lambda text: (plate_of(text), plate_doubt(text, currency)))


def read_descriptions(texts: Sequence[str]) -> Meaning[str]:
    """Texts of several lines, cut at `PARAGRAPH_LIMIT`."""
    meaning: Meaning[str] = Meaning({})
    for text in texts:
        clean = "" if says_nothing(text) else paragraphs(text)
        meaning.values[text] = clean[:PARAGRAPH_LIMIT]
        if len(clean) > PARAGRAPH_LIMIT:
            message = f"the description is longer than {PARAGRAPH_LIMIT} characters and is cut"
            meaning.doubts[text] = Doubt("inventory.text-cut", message, "Shorten it.")
    return meaning


def _text(text: str) -> str:
    if says_nothing(text):
        return ""
    clean = line(text[:2_000])
    match = _NUMERIC_FLOAT.fullmatch(clean)
    return match[1] if match else clean


def _vin(text: str) -> tuple[str, Doubt | None]:
    vin = vin_of(text)
    if vin or says_nothing(text) or (any(map(str.isdigit, text)) and len(text.split()) < 3 and "//" not in text):
        return vin, None
    if len(text.split()) < 2 and len(text.strip()) > 5:
        return "", None
    return "", Doubt(
        "inventory.vin-unreadable", "the text is no VIN, and is left out", "Correct the cell.", foreign=True
    )


def _count(name: str, text: str, most: int) -> tuple[int | None, Doubt | None]:
    if says_nothing(text):
        return None, None
    match = _COUNT.search(text[:40])
    number = max(int(match[1]), int(match[2] or 0)) if match else None
    if number is not None and number <= most:
        return number or None, None
    message = f"the number of {name} is not from 1 to {most}, and is left out"
    return None, Doubt(f"inventory.{name}-implausible", message, "Correct the cell.")


def _year_number(value: YearOf | None) -> int | None:
    return value.year if value else None
