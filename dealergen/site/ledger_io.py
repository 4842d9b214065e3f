"""Where the ledger is kept: `.dealergen/ledger.json`, and the site itself, for machines that start from nothing."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from dealergen.errors import OutputError, Place, Problem

from .ledger import Ledger

LEDGER_FILE = ".dealergen/ledger.json"
"""Relative to the site's root."""
PUBLIC_PATH = "dealergen/ledger.json"
"""Relative to the site's address, and to the output folder."""
TIMEOUT = 10.0
TOTAL_TIMEOUT = 60.0
MAX_BYTES = 64_000_000
_RESERVED = re.compile(r"(^|\.)(example(\.(com|net|org))?|invalid|test)$")

Fetch = Callable[[str], bytes | None]


def read_ledger(root: Path, site_url: str, fetch: Fetch | None) -> tuple[Ledger, list[Problem]]:
    """The ledger of the last build, from the disk, else from the live site, else begun; and notices of what was met."""
    notices: list[Problem] = []
    ledger = _from_disk(root / LEDGER_FILE, notices)
    if ledger is None and fetch is not None:
        ledger = _from_site(f"{site_url.rstrip('/')}/{PUBLIC_PATH}", fetch, notices)
    if ledger is None:
        notices.append(_begun(site_url, asked=fetch is not None))
        ledger = Ledger()
    return ledger, notices


def _from_disk(path: Path, notices: list[Problem]) -> Ledger | None:
    try:
        return Ledger.parse(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        notices.append(_damaged(str(path), error, f"It is kept as {path.name}.damaged; put a backup in its place."))
        with suppress(OSError):
            path.replace(path.with_name(f"{path.name}.damaged"))
        return None


def _from_site(url: str, fetch: Fetch, notices: list[Problem]) -> Ledger | None:
    data = fetch(url)
    if data is None:
        return None
    try:
        ledger = Ledger.parse(data)
    except ValueError as error:
        notices.append(_damaged(url, error, "The next deployment replaces it."))
        return None
    message = "there is no ledger of earlier builds here, so the live site's own is used"
    notices.append(Problem("ledger.from-site", message, Place(url), level="notice"))
    return ledger


def _damaged(where: str, error: Exception, remedy: str) -> Problem:
    message = f"the ledger of earlier builds cannot be read: {error}"
    return Problem("ledger.damaged", message, Place(where), remedy=remedy, level="notice")


def _begun(site_url: str, *, asked: bool) -> Problem:
    where = f"neither in {LEDGER_FILE} nor at {site_url}" if asked else f"not in {LEDGER_FILE}"
    message = (
        f"there is no ledger of earlier builds ({where}), so one is begun: "
        "arrivals, price drops and moved addresses are known from this build on"
    )
    return Problem("ledger.begun", message, remedy="Nothing to do for a new site.", level="notice")


def fetch_bytes(url: str) -> bytes | None:
    """What stands at `url`, or None: it never raises, waits 10 s for an answer, and takes 64 MB at most."""
    import httpx

    try:
        if _is_reserved(url):
            return None
        with httpx.stream("GET", url, timeout=TIMEOUT, follow_redirects=True) as response:
            return _body(response.iter_bytes()) if response.status_code == httpx.codes.OK else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
        return None


def _is_reserved(url: str) -> bool:
    """Whether the host's name is one that nobody can own (RFC 2606), as a site that is being tried out has."""
    return bool(_RESERVED.search(urlsplit(url).hostname or ""))


def _body(chunks: Iterator[bytes]) -> bytes | None:
    deadline = time.monotonic() + TOTAL_TIMEOUT
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MAX_BYTES or time.monotonic() > deadline:
            return None
    return bytes(data)


def write_ledger(ledger: Ledger, path: Path) -> bool:
    """Puts the ledger at `path` in one stroke; True when it was not there already, byte for byte."""
    data = ledger.public_bytes()
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        remedy = "Check the disk's space and the folder's permissions, then build again."
        raise OutputError(f"{path}: the ledger cannot be written: {error.strerror}", remedy=remedy) from error
    return True


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
