"""The build's clock on a wall: when days, and what lasts from one to another, begin and are over."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from dealergen.content import moment

SECOND = dt.timedelta(seconds=1)


def in_zone(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """`now` in `zone`; a naive one is taken to be there already. Where clocks skip it, what they skip to."""
    aware = now.replace(tzinfo=zone) if now.tzinfo is None else now
    return aware.astimezone(dt.UTC).astimezone(zone)


def begins(value: dt.datetime | dt.date, zone: ZoneInfo) -> dt.datetime:
    """The first moment at which something that starts at `value` is on; of a bare date its first second."""
    return in_zone(moment(value, zone, end=False), zone)


def is_over(value: dt.datetime | dt.date, zone: ZoneInfo) -> dt.datetime:
    """The first moment at which something whose last second (or last day) is `value` is over."""
    last = moment(value, zone, end=True).astimezone(dt.UTC)
    return (last + SECOND).astimezone(zone)
