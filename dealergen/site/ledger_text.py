"""The ledger as JSON text with one vehicle or address a line: quick to write, and kind to a diff."""

from __future__ import annotations

import datetime as dt
import gc
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from dealergen.inventory.vocabulary import VOCABULARIES

from .records import PriceChange, UrlRecord, VehicleRecord

VERSION = 1
MAX_PRICE = 10**15
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PATH = re.compile(r"[^\x00-\x20\x7f]{0,2000}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BODIES, _CONDITIONS = frozenset(VOCABULARIES["body"]), frozenset(VOCABULARIES["condition"])

Decoded = tuple[dt.date | None, dict[str, VehicleRecord], dict[str, UrlRecord]]


def encode(begun: dt.date | None, vehicles: Mapping[str, VehicleRecord], urls: Mapping[str, UrlRecord]) -> bytes:
    """UTF-8 JSON, sorted by code and by path."""
    start = f'"{begun}"' if begun else "null"
    cars = ",\n".join([_vehicle_line(code, vehicles[code]) for code in sorted(vehicles)])
    paths = ",\n".join([_url_line(path, urls[path]) for path in sorted(urls)])
    text = f'{{"version":{VERSION},"begun":{start},"vehicles":{{\n{cars}\n}},"urls":{{\n{paths}\n}}}}\n'
    return text.encode("utf-8", "replace")


def _vehicle_line(code: str, record: VehicleRecord) -> str:
    prices = ",".join([f'["{day}",{"null" if price is None else f"{price:f}"}]' for day, price in record.prices])
    extras = ',"initial":true' if record.initial else ""
    if record.sold:
        extras += f',"sold":"{record.sold}"'
    if record.left:
        extras += f',"left":"{record.left}"'
    if record.reserved:
        extras += ',"reserved":true'
    year = "null" if record.year is None else record.year
    body = f'"{record.body}"' if record.body else "null"
    return (
        f'"{code}":{{"first_seen":"{record.first_seen}"{extras},"prices":[{prices}],"make":{quoted(record.make)},'
        f'"model":{quoted(record.model)},"trim":{quoted(record.trim)},"year":{year},"body":{body},'
        f'"rooftop":{quoted(record.rooftop)},"condition":"{record.condition}"}}'
    )


def _url_line(path: str, record: UrlRecord) -> str:
    code = f'"{record.code}"' if record.code else "null"
    changed = f'"{record.changed}"' if record.changed else "null"
    live = f'{quoted(path)}:[{code},"{record.since}",{changed},{quoted(record.content)}'
    if not record.gone:
        return f"{live}]"
    to = quoted(record.to) if record.to is not None else "null"
    return f'{live},"{record.gone}",{to}]'


def decode(data: bytes) -> Decoded:
    """What `encode` was given; ValueError when `data` is not a ledger of this version."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _decoded(json.loads(data, parse_float=Decimal))
    except (KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not in the shape of a ledger ({error})") from error
    finally:
        if collecting:
            gc.enable()


def _decoded(document: dict[str, Any]) -> Decoded:
    if document["version"] != VERSION:
        raise ValueError(f"version {document['version']!r}, where this dealergen knows {VERSION}")
    begun = document["begun"]
    return (
        _day(begun) if begun is not None else None,
        {_code(code): _vehicle(line) for code, line in document["vehicles"].items()},
        {checked_path(path): _url(*line) for path, line in document["urls"].items()},
    )


def _vehicle(line: dict[str, Any]) -> VehicleRecord:
    year, body, condition = line["year"], line["body"], line["condition"]
    return VehicleRecord(
        _day(line["first_seen"]),
        line.get("initial", False) is True,
        tuple([_price_change(day, price) for day, price in line["prices"]]),
        _day(line["sold"]) if "sold" in line else None,
        _day(line["left"]) if "left" in line else None,
        _text(line["make"]),
        _text(line["model"]),
        _text(line["trim"]),
        int(year) if year is not None else None,
        body if body in _BODIES else None,
        _text(line["rooftop"]),
        condition if condition in _CONDITIONS else "used",
        line.get("reserved", False) is True,
    )


def _price_change(day: str, price: Any) -> PriceChange:
    if price is None:
        return _day(day), None
    if not isinstance(price, int | Decimal) or price >= MAX_PRICE:
        raise ValueError("a price is not a number of a sensible size")
    return _day(day), Decimal(price)


def _url(
    code: str | None, since: str, changed: str | None, content: str, gone: str | None = None, to: str | None = None
) -> UrlRecord:
    return UrlRecord(
        _code(code) if code is not None else None,
        _day(since),
        _day(gone) if gone is not None else None,
        checked_path(to) if to is not None else None,
        _day(changed) if changed is not None else None,
        _text(content),
    )


@lru_cache(maxsize=4096)
def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _code(text: str) -> str:
    """A code becomes part of a path on disk, so nothing but letters, digits, `-` and `_` may be in it."""
    if not _CODE.fullmatch(text):
        raise ValueError(f"{text[:80]!r} is not a vehicle's code")
    return text


def checked_path(text: str) -> str:
    """`text`; ValueError if it holds a space or a control character, for a path becomes a line of `_redirects`."""
    if not _PATH.fullmatch(text):
        raise ValueError(f"{text[:80]!r} is not the path of an address")
    return text


@lru_cache(maxsize=65536)
def _text(text: str) -> str:
    return _CONTROL.sub("", text)[:200]
