"""Days, moments and amounts as they are written in front matter."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from dealergen.config.base import SettingFault

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?( ?(Z|[+-]\d{2}:?\d{2}))?)?$"
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+")


def moment(value: dt.datetime | dt.date, zone: ZoneInfo, end: bool) -> dt.datetime:
    """`value` as a moment in `zone`: of a bare date its first second, or with `end` its last."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(23, 59, 59) if end else dt.time(), zone)
    return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)


def read_moment(value: object) -> object:
    """Text as a date or a datetime; a bare date stays one, since it stands for a whole day."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
        if re.fullmatch(MOMENT, text):
            return dt.datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        raise SettingFault(
            "date", "the calendar has no such day or time", remedy="Check year, month and day."
        ) from None
    raise SettingFault(
        "date",
        "this is not a date",
        remedy="Write year-month-day, like 2026-11-30, or with a time: 2026-11-30 18:00.",
    )


def read_amount(value: object) -> object:
    """Text as it stands, unless a point or comma before three digits leaves thousands and decimals in doubt."""
    if isinstance(value, str) and _GROUPED.fullmatch(value.strip()):
        plain = re.sub(r"[.,]", "", value.strip())
        raise SettingFault("amount", "it could be thousands or decimals", remedy=f"Write {plain}, without separators.")
    return value
