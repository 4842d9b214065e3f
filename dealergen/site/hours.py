"""A rooftop's opening hours as rows for people and as data for search engines; the wording is not done here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from dealergen.config import Rooftop
from dealergen.config.rooftop import WEEKDAYS, Holiday

Span = tuple[str, str]
"""Opening and closing time, `HH:MM`."""

HOLIDAYS_AHEAD = 60
"""How many days ahead a holiday is announced."""
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A run of days with the same hours."""

    first: int
    """Weekday, 0 is Monday."""
    last: int
    """Weekday, included; equal to `first` for a single day."""
    spans: tuple[Span, ...]
    """In order of time, none touching another; empty when closed."""


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A day to come with hours of its own."""

    date: dt.date
    name: str
    spans: tuple[Span, ...]
    """Empty when closed."""


def weekly_rows(rooftop: Rooftop) -> list[HoursRow]:
    """The week from Monday, days with equal hours together; nothing for a rooftop that gives no hours."""
    if not rooftop.hours:
        return []
    rows = []
    for spans, run in groupby(enumerate(_week(rooftop)), key=lambda day: day[1]):
        days = [weekday for weekday, _ in run]
        rows.append(HoursRow(days[0], days[-1], spans))
    return rows


def holiday_rows(rooftop: Rooftop, now: dt.datetime) -> list[HolidayRow]:
    """Today's holiday and those of the next 60 days, soonest first."""
    today = now.astimezone(rooftop.zone).date()
    ahead = [day for day in rooftop.holidays if 0 <= (day.date - today).days <= HOLIDAYS_AHEAD]
    ahead.sort(key=lambda day: (day.date, day.name))
    return [HolidayRow(day.date, day.name, _holiday_spans(day)) for day in ahead]


def opening_hours_specification(rooftop: Rooftop, now: dt.datetime) -> list[dict[str, object]]:
    """schema.org OpeningHoursSpecification: the usual week, then the holidays of `holiday_rows`.

    A closed day opens and closes at 00:00, and midnight at the end of a day is 23:59, as Google's documentation of
    local business data asks.
    """
    week = _week(rooftop)
    spans = sorted({span for day in week for span in day})
    usual = [_specification(span) | {"dayOfWeek": _days_open(week, span)} for span in spans]
    return usual + [
        _specification(span) | {"validFrom": row.date.isoformat(), "validThrough": row.date.isoformat()}
        for row in holiday_rows(rooftop, now)
        for span in row.spans or (("00:00", "00:00"),)
    ]


def _week(rooftop: Rooftop) -> list[tuple[Span, ...]]:
    return [
        tuple(_joined((hours.opens, hours.closes) for hours in rooftop.hours if weekday in hours.days))
        for weekday in WEEKDAYS
    ]


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """In order of time; those that overlap or touch become one."""
    opens = closes = ""
    for next_opens, next_closes in sorted(spans):
        if closes and next_opens <= closes:
            closes = max(closes, next_closes)
            continue
        if closes:
            yield opens, closes
        opens, closes = next_opens, next_closes
    if closes:
        yield opens, closes


def _holiday_spans(day: Holiday) -> tuple[Span, ...]:
    return ((day.opens, day.closes),) if day.opens and day.closes else ()


def _specification(span: Span) -> dict[str, object]:
    opens, closes = span
    return {
        "@type": "OpeningHoursSpecification",
        "opens": opens,
        "closes": closes if closes < "24:00" else "23:59",
    }


def _days_open(week: Iterable[tuple[Span, ...]], span: Span) -> list[str]:
    return [name for name, spans in zip(DAY_NAMES, week, strict=True) if span in spans]
