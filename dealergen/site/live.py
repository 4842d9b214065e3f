"""Which content is published at the build's clock: no drafts, offers between their dates, no posts to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from dealergen.content import Entry, OfferMeta, PostMeta

from .clock import begins, is_over


def live_entries(entries: Iterable[Entry], now: dt.datetime, zone: ZoneInfo) -> list[Entry]:
    """The entries to publish, in the order given; bare dates are days in `zone`."""
    return [entry for entry in entries if _is_live(entry, now, zone)]


def ended_offers(entries: Iterable[Entry], now: dt.datetime, zone: ZoneInfo) -> list[Entry]:
    """The offers whose last second has passed."""
    return [
        entry
        for entry in entries
        if isinstance(entry.meta, OfferMeta) and not entry.meta.draft and is_over(entry.meta.valid_to, zone) <= now
    ]


def turning_points(entries: Iterable[Entry], zone: ZoneInfo) -> list[dt.datetime]:
    """Every moment at which an offer starts or is over, or a post appears."""
    moments: list[dt.datetime] = []
    for entry in entries:
        if isinstance(entry.meta, OfferMeta) and not entry.meta.draft:
            moments += [begins(entry.meta.valid_from, zone), is_over(entry.meta.valid_to, zone)]
        elif isinstance(entry.meta, PostMeta) and not entry.meta.draft:
            moments.append(begins(entry.meta.date, zone))
    return moments


def _is_live(entry: Entry, now: dt.datetime, zone: ZoneInfo) -> bool:
    meta = entry.meta
    if meta.draft:
        return False
    if isinstance(meta, OfferMeta):
        return begins(meta.valid_from, zone) <= now < is_over(meta.valid_to, zone)
    return not isinstance(meta, PostMeta) or begins(meta.date, zone) <= now
