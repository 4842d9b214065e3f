"""The build's clock on a wall: bare dates and naive moments get the main rooftop's time zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

SECOND = dt.timedelta(seconds=1)


def in_zone(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """`now` in `zone`; a naive one is taken to be there already."""
    return now.replace(tzinfo=zone) if now.tzinfo is None else now.astimezone(zone)


def first_second(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The first moment of `day`; where clocks skip midnight, the moment that they skip to."""
    return dt.datetime.combine(day, dt.time.min, zone).astimezone(dt.UTC).astimezone(zone)


def begins(value: dt.datetime | dt.date, zone: ZoneInfo) -> dt.datetime:
    """The first moment at which something that starts at `value` is on."""
    return in_zone(value, zone) if isinstance(value, dt.datetime) else first_second(value, zone)


def is_over(value: dt.datetime | dt.date, zone: ZoneInfo) -> dt.datetime:
    """The first moment at which something whose last second (or last day) is `value` is over."""
    if isinstance(value, dt.datetime):
        return (in_zone(value, zone).astimezone(dt.UTC) + SECOND).astimezone(zone)
    return first_second(value + dt.timedelta(days=1), zone)
