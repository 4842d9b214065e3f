"""What is remembered of a photo at an address: the digest of its bytes, its validators, until when it is current."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from .cache import write_whole

_MAX_AGE: Final = re.compile(r"(?:^|[\s,])max-age=(\d{1,9})", re.IGNORECASE)
_ALWAYS_ASK: Final = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """One address as its server last gave it."""

    url: str
    digest: str
    fresh_until: float
    """Seconds since 1970."""
    etag: str = ""
    last_modified: str = ""

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the photo only if it has changed (RFC 9110, 13.1)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


def read_card(file: Path) -> Card | None:
    """None where there is none, or a damaged one."""
    try:
        card = Card(**json.loads(file.read_bytes()))
        return card if re.fullmatch(r"[0-9a-f]{32}", card.digest) and card.fresh_until >= 0 else None
    except (OSError, ValueError, TypeError):
        return None


def write_card(file: Path, card: Card) -> None:
    """Raises `OutputError`."""
    write_whole(file, json.dumps(asdict(card), indent=1).encode("utf-8", "surrogatepass"))


def fresh_seconds(headers: Mapping[str, str], most: float) -> float:
    """How long an answer counts as current: what its server says (RFC 9111, 5.2.2), and never longer than `most`."""
    says = headers.get("cache-control", "")
    if _ALWAYS_ASK.search(says):
        return 0.0
    age = _MAX_AGE.search(says)
    return min(most, float(age[1])) if age else most
