"""An inventory at an address: fetched with patience, checked before it is trusted, and the last good copy kept.

HTTPS is demanded except for this machine itself. Google Sheets links of any form are turned into their CSV export.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dealergen.config.inventory import Source
from dealergen.errors import InventoryRefused, Place, Problem

from .decode import decode
from .lastgood import LastGood
from .workbook import is_workbook, opened

if TYPE_CHECKING:
    import httpx

_SHEET: Final = re.compile(r"^https://docs\.google\.com/spreadsheets/d/(?P<id>(?!e/)[\w-]+)(?:/|$|\?)")
_PUBLISHED: Final = re.compile(r"^(https://docs\.google\.com/spreadsheets/d/e/[\w-]+)/pub(?:html)?(?:\?(.*))?$")
_GID: Final = re.compile(r"[#&?]gid=(\d+)")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_REDIRECTS = 5
_LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class Fetched:
    """The bytes behind an address, and what was odd about getting them."""

    data: bytes
    warnings: list[Problem] = field(default_factory=list)


class _TroubleError(Exception):
    """One attempt failed; `again` says whether another may succeed, `pause` what the server asks for (seconds)."""

    def __init__(self, why: str, *, again: bool = False, pause: float | None = None) -> None:
        super().__init__(why)
        self.again = again
        self.pause = pause


def is_address(source: str) -> bool:
    """Whether a source is a URL rather than a path."""
    return bool(re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]+://", source))


def export_address(url: str) -> str:
    """A Google Sheets link as the address of its CSV export; any other address as it is."""
    if (published := _PUBLISHED.match(url)) and "output=" not in (published[2] or ""):
        gid = _GID.search(url)
        return f"{published[1]}/pub?output=csv" + (f"&single=true&gid={gid[1]}" if gid else "")
    if (sheet := _SHEET.match(url)) and "/export" not in url:
        gid = _GID.search(url)
        return f"https://docs.google.com/spreadsheets/d/{sheet['id']}/export?format=csv" + (
            f"&gid={gid[1]}" if gid else ""
        )
    return url


class Fetcher:
    """Fetches addresses; keeps each one's last good bytes, ETag and day in `cache`."""

    def __init__(
        self,
        options: Source,
        cache: Path,
        now: dt.date,
        *,
        offline: bool = False,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.options = options
        self.cache = cache
        self.now = now
        self.offline = offline
        self.pause = pause

    def fetch(self, source: str) -> Fetched:
        """The bytes behind `source`, or its last good copy with a warning that names its age.

        Raises InventoryRefused when there is neither, or when the address is not https.
        """
        url = export_address(source)
        copy = LastGood(self.cache, url)
        if self.offline:
            return self._last_good(source, copy, "the build runs offline")
        try:
            return Fetched(self._patiently(url, copy))
        except _TroubleError as trouble:
            return self._last_good(source, copy, str(trouble))

    def _patiently(self, url: str, copy: LastGood) -> bytes:
        _require_safe(url)
        for attempt in range(self.options.retries + 1):
            try:
                return self._once(url, copy)
            except _TroubleError as trouble:
                if not trouble.again or attempt == self.options.retries:
                    raise
                asked = trouble.pause if trouble.pause is not None else 0.5 * 2**attempt
                self.pause(min(asked, _LONGEST_PAUSE))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, url: str, copy: LastGood) -> bytes:
        import httpx

        from dealergen import __version__

        headers = {"User-Agent": f"dealergen/{__version__}", "Accept": "text/csv, */*;q=0.5", **copy.conditions()}
        deadline = time.monotonic() + self.options.timeout
        try:
            with httpx.Client(timeout=self.options.timeout, follow_redirects=False) as client:
                for _ in range(_REDIRECTS + 1):
                    with client.stream("GET", url, headers=headers) as response:
                        if response.next_request is None:
                            return self._received(response, copy, deadline)
                        url = str(response.next_request.url)
                        _require_safe(url)
        except httpx.TimeoutException:
            raise _TroubleError(
                f"the server did not answer within {self.options.timeout:g} seconds", again=True
            ) from None
        except httpx.TransportError as error:
            raise _TroubleError(f"the connection failed ({str(error) or type(error).__name__})", again=True) from None
        except (httpx.InvalidURL, httpx.DecodingError) as error:
            raise _TroubleError(f"the answer or address is malformed ({error})") from None
        raise _TroubleError(f"it redirects more than {_REDIRECTS} times")

    def _received(self, response: httpx.Response, copy: LastGood, deadline: float) -> bytes:
        if response.status_code == 304 and (kept := copy.data()) is not None:
            copy.touch(self.now)
            return kept
        if response.status_code != 200:
            raise _refused_by_server(response)
        data = self._body(response, deadline)
        if why := _unfit(data):
            raise _TroubleError(why)
        copy.store(data, response.headers, self.now)
        return data

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        """The body, counted after decompression while it arrives."""
        chunks, size = [], 0
        for chunk in response.iter_bytes(65_536):
            size += len(chunk)
            if size > self.options.max_bytes:
                raise _TroubleError(
                    f"the file is larger than {self.options.max_bytes} bytes (inventory.fetch.max_bytes)"
                )
            if time.monotonic() > deadline:
                raise _TroubleError(f"the file did not arrive within {self.options.timeout:g} seconds", again=True)
            chunks.append(chunk)
        return b"".join(chunks)

    def _last_good(self, source: str, copy: LastGood, why: str) -> Fetched:
        data = copy.data()
        if data is None:
            raise InventoryRefused(
                f"{source}: {why}, and there is no earlier copy to fall back on",
                remedy="Open the address in a private browser window; it must give a CSV or XLSX without a sign-in.",
            )
        warning = Problem(
            code="inventory.source-stale",
            message=f"{why}; the last good copy is used, {copy.age(self.now)}",
            place=Place(source),
            remedy="Check the address, or build again later.",
            level="warning",
        )
        return Fetched(data, [warning])


def _require_safe(url: str) -> None:
    import httpx

    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise InventoryRefused(
            f"inventory.source: {url} is no address ({error})", remedy="Check it for typos."
        ) from None
    if parsed.scheme == "https" or (parsed.scheme == "http" and parsed.host in _LOOPBACK):
        return
    raise InventoryRefused(
        f"inventory.source: {url} is not https",
        remedy="Use an https:// address, so that nobody can change prices on the way.",
    )


def _refused_by_server(response: httpx.Response) -> _TroubleError:
    status = response.status_code
    hints = {401: "it asks for a sign-in", 403: "it is not public", 404: "nothing is there", 410: "it is gone for good"}
    why = f"the server answered {status}" + (f": {hints[status]}" if status in hints else "")
    return _TroubleError(
        why, again=status == 429 or status >= 500, pause=_seconds(response.headers.get("retry-after", ""))
    )


def _seconds(text: str) -> float | None:
    return float(text) if text.isdigit() else None


def _unfit(data: bytes) -> str | None:
    """Why bytes that arrived are no table, before they replace the last good copy."""
    try:
        if is_workbook(data):
            opened(data, "the answer")
        else:
            decode(data, "the answer")
    except InventoryRefused as refused:
        return refused.message
    return None
