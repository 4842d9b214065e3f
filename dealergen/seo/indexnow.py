"""IndexNow: telling search engines which addresses changed, so that a sold car is gone from them within hours.

Each build's report of changes is announced once. What a build finds not yet announced it leaves waiting in a receipt
beside the report, and an address is taken off it when an endpoint has accepted it.

Source: the IndexNow protocol (www.indexnow.org/documentation): a POST of at most 10,000 addresses of one host, and a
text file that holds the key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dealergen.engine import Artifact, Fact, digest_of
from dealergen.engine.writer import replace_file
from dealergen.errors import DealergenError, Place

from .sitemap import origin_of

ENDPOINT = "https://api.indexnow.org/indexnow"
"""Hands on to every search engine that takes part."""
BATCH = 10_000
PAUSES = (1.0, 4.0, 15.0, 60.0)
"""Seconds between the attempts to hand in one batch."""
LONGEST_PAUSE = 120.0
TIMEOUT = 30.0
REPORT = "changes.json"
RECEIPT = "indexnow.json"
_REFUSALS = {
    400: "it does not understand what it was sent",
    403: "it does not find the key's file on the site, or not this key in it: build with seo.indexnow_key and deploy",
    422: "the addresses are not of the key's host",
}

Sleep = Callable[[float], None]


@dataclass(slots=True)
class Receipt:
    """What is still to be announced, and what became of it before."""

    waiting: list[str] = field(default_factory=list)
    """Absolute addresses, in the order of their changes."""
    report: str = ""
    """The id of the last report whose addresses were taken in."""
    accepted: int = 0
    """How many addresses were accepted in all."""


def key_artifact(key: str) -> Artifact:
    """The file by which a search engine knows that the key is the site's own."""
    return Artifact(f"{key}.txt", _key_file, (Fact("key", digest_of(key), key),), Place("site.yaml"))


def _key_file(key: str) -> bytes:
    return key.encode()


def take_in(state: Path, site_url: str) -> Receipt:
    """The receipt, with the addresses of the last report added if they were not before.

    Addresses that are not of `site_url` (a preview's) are left out.
    """
    receipt, report = _read_receipt(state / RECEIPT), _read(state / REPORT)
    identity = str(report.get("id") or "")
    if identity in ("", receipt.report):
        return receipt
    origin = origin_of(str(report.get("site", "")))
    urls = [f"{origin}{path}" for path in report.get("announce", ())]
    ours = [url for url in urls if url.startswith(f"{site_url.rstrip('/')}/")]
    return Receipt(list(dict.fromkeys([*receipt.waiting, *ours])), identity, receipt.accepted)


def save_receipt(state: Path, receipt: Receipt) -> None:
    """Keep `receipt` where `take_in` finds it; nothing is written that stands there already."""
    if receipt != _read_receipt(state / RECEIPT):
        replace_file(state / RECEIPT, (json.dumps(asdict(receipt), indent=1) + "\n").encode())


def announce(
    state: Path, site_url: str, key: str, *, endpoint: str = ENDPOINT, sleep: Sleep = time.sleep
) -> Iterator[int]:
    """Hand in everything that waits; yields the size of each batch once it is accepted and struck off.

    Raises `DealergenError` when the endpoint refuses, or stays out of reach; what was not accepted waits on.
    """
    receipt = take_in(state, site_url)
    save_receipt(state, receipt)
    while receipt.waiting:
        batch = receipt.waiting[:BATCH]
        _submit(payload(batch, site_url, key), endpoint, sleep)
        receipt = Receipt(receipt.waiting[BATCH:], receipt.report, receipt.accepted + len(batch))
        save_receipt(state, receipt)
        yield len(batch)


def payload(urls: list[str], site_url: str, key: str) -> dict[str, Any]:
    """What is posted."""
    location = f"{site_url.rstrip('/')}/{key}.txt"
    return {"host": urlsplit(site_url).netloc, "key": key, "keyLocation": location, "urlList": urls}


def _submit(content: dict[str, Any], endpoint: str, sleep: Sleep) -> None:
    failure = ""
    for pause in (*PAUSES, None):
        failure, asked = _attempt(content, endpoint)
        if not failure:
            return
        if pause is not None:
            sleep(min(asked if asked is not None else pause, LONGEST_PAUSE))
    raise DealergenError(
        f"{endpoint} did not take the addresses: {failure}",
        remedy="They wait in .dealergen/indexnow.json: run the command again later.",
    )


def _attempt(content: dict[str, Any], endpoint: str) -> tuple[str, float | None]:
    """Why it should be tried again (empty when accepted), and after how many seconds if the endpoint says so."""
    import httpx

    try:
        answer = httpx.post(endpoint, json=content, timeout=TIMEOUT)
    except httpx.InvalidURL as error:
        raise DealergenError(f"{endpoint} is not an address: {error}") from error
    except httpx.HTTPError as error:
        return f"{type(error).__name__}: {error}", None
    status = answer.status_code
    if status in (httpx.codes.OK, httpx.codes.ACCEPTED):
        return "", None
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        wished = answer.headers.get("Retry-After", "")
        return f"status {status}", float(wished) if wished.isdigit() else None
    raise DealergenError(
        f"{endpoint} refused the addresses with status {status}: {_REFUSALS.get(status, answer.text[:200])}",
        remedy="They wait in .dealergen/indexnow.json.",
    )


def _read_receipt(file: Path) -> Receipt:
    found = _read(file)
    try:
        return Receipt([str(url) for url in found["waiting"]], str(found["report"]), int(found["accepted"]))
    except (KeyError, TypeError, ValueError):
        return Receipt()


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
