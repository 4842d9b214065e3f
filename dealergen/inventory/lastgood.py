"""The last good copy of a remote inventory, so that a build goes on when its server does not."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path


class LastGood:
    """The last good bytes of one address: `<digest>.body` beside `<digest>.json` with ETag, date and day."""

    def __init__(self, cache: Path, url: str) -> None:
        name = blake2b(url.encode(), digest_size=12).hexdigest()
        self._folder = cache
        self._body = cache / f"{name}.body"
        self._card = cache / f"{name}.json"

    def data(self) -> bytes | None:
        return self._body.read_bytes() if self._body.is_file() else None

    def conditions(self) -> dict[str, str]:
        card = self._read() if self._body.is_file() else {}
        asked = {"If-None-Match": card.get("etag", ""), "If-Modified-Since": card.get("last_modified", "")}
        return {name: value for name, value in asked.items() if value}

    def age(self, now: dt.date) -> str:
        """How old the copy is, in words: `fetched 2 days ago (2026-03-01)`."""
        return _age(self._read().get("day", ""), now)

    def touch(self, now: dt.date) -> None:
        self._write({**self._read(), "day": now.isoformat()})

    def store(self, data: bytes, headers: Mapping[str, str], now: dt.date) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._card.unlink(missing_ok=True)
        _replace(self._body, data)
        self._write(
            {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", ""), "day": now.isoformat()}
        )

    def _read(self) -> dict[str, str]:
        try:
            card = json.loads(self._card.read_bytes())
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in card.items()} if isinstance(card, dict) else {}

    def _write(self, card: dict[str, str]) -> None:
        _replace(self._card, json.dumps(card, indent=1).encode())


def _replace(path: Path, data: bytes) -> None:
    partial = path.with_suffix(path.suffix + ".part")
    partial.write_bytes(data)
    partial.replace(path)


def _age(day: str, now: dt.date) -> str:
    try:
        days = (now - dt.date.fromisoformat(day)).days
    except ValueError:
        return "of an unknown day"
    if days <= 0:
        return f"fetched today ({day})"
    return f"fetched {days} day{'s' if days > 1 else ''} ago ({day})"
