"""Photos at addresses, brought here: fetched with patience, checked before they are trusted, and kept between builds.

`Downloads.fetch` answers where a photo's bytes lie. What its server cannot give now is answered from the earlier copy.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dealergen.config.photos import PhotoDownload
from dealergen.engine.progress import Progress, Silent

from .cache import digest_bytes, write_whole
from .cards import Card, fresh_seconds, read_card, write_card
from .faults import PhotoError
from .shelf import due, sweep
from .sniff import DECODABLE, sniff

if TYPE_CHECKING:
    import httpx

REDIRECTS: Final = 5
LONGEST_PAUSE: Final = 30.0
PATIENCE: Final = 3
"""When connections for so many photos in a row have failed, their host is not asked again in this build."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where the bytes of a photo lie; `stale` says why they are the earlier copy, `fault` why there are none."""

    file: Path
    digest: str = ""
    stale: str = ""
    fault: PhotoError | None = None


class _TroubleError(Exception):
    """One attempt failed; `again` says whether another may succeed, `pause` what the server asks for (seconds)."""

    def __init__(self, why: str, *, again: bool = False, pause: float | None = None) -> None:
        super().__init__(why)
        self.again = again
        self.pause = pause


class Downloads:
    """The photos fetched so far, in `folder`. `trusted` addresses may be asked although they are not public."""

    def __init__(
        self,
        folder: Path,
        options: PhotoDownload,
        *,
        trusted: Container[str] = (),
        pause: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._options = options
        self._trusted = trusted
        self._pause = pause
        self._clock = clock
        self._found: dict[str, Fetched] = {}
        self._silent: defaultdict[str, set[str]] = defaultdict(set)
        self._client: httpx.Client | None = None
        self._opening = threading.Lock()

    def fetch_all(self, urls: Iterable[str], progress: Progress | None = None) -> None:
        """Fetch many at once, ahead of `fetch`."""
        wanted = [url for url in dict.fromkeys(urls) if url not in self._found]
        if not wanted:
            return
        progress = progress or Silent()
        progress.step("fetch photos", len(wanted))
        with ThreadPoolExecutor(min(self._options.concurrency, len(wanted))) as pool:
            futures = [pool.submit(self._remember, url) for url in wanted]
            try:
                for future in as_completed(futures):
                    future.result()
                    progress.advance()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        progress.done()

    def fetch(self, url: str) -> Fetched:
        """The photo at `url`, asked for once a build. Raises `PhotoError` when there is none to show."""
        found = self._found.get(url) or self._remember(url)
        if found.fault:
            raise found.fault
        return found

    def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def prune(self, days: int) -> int:
        """Remove photos that nothing has asked for in `days`; answers how many addresses were forgotten."""
        now = self._clock()
        if not due(self._folder, now):
            return 0
        gone = sweep(self._folder, map(self._card_file, self._found), days, now)
        kept = [card for file in self._folder.glob("??/*.json") if (card := read_card(file))]
        in_use = {self._body(card.digest) for card in kept}
        for body in (self._folder / "bodies").glob("??/*"):
            if body not in in_use:
                body.unlink(missing_ok=True)
        return gone

    def _remember(self, url: str) -> Fetched:
        try:
            found = self._current(url)
        except PhotoError as fault:
            found = Fetched(self._folder, fault=fault)
        self._found[url] = found
        return found

    def _current(self, url: str) -> Fetched:
        card = read_card(self._card_file(url))
        if card and not self._body(card.digest).is_file():
            card = None
        if card and self._clock() < card.fresh_until:
            return Fetched(self._body(card.digest), card.digest)
        try:
            digest = self._patiently(url, card)
            return Fetched(self._body(digest), digest)
        except _TroubleError as trouble:
            if card is None:
                raise PhotoError("photo.unfetched", str(trouble)) from trouble
            return Fetched(self._body(card.digest), card.digest, stale=str(trouble))

    def _patiently(self, url: str, card: Card | None) -> str:
        """The digest of what is at `url` now, after as many attempts as the settings allow."""
        host = urlsplit(url).netloc
        for attempt in range(self._options.retries + 1):
            if len(self._silent[host]) >= PATIENCE:
                raise _TroubleError("its host has not answered in this build")
            try:
                return self._once(url, card)
            except _TroubleError as trouble:
                if not trouble.again or attempt == self._options.retries:
                    raise
                asked = trouble.pause if trouble.pause is not None else 0.5 * 2**attempt
                self._pause(min(asked, LONGEST_PAUSE))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, url: str, card: Card | None) -> str:
        import httpcore
        import httpx

        from .addresses import NotPublicError

        host = urlsplit(url).netloc
        try:
            digest = self._follow(url, card)
        except NotPublicError as refused:
            raise PhotoError("photo.private", str(refused)) from refused
        except (httpcore.TimeoutException, httpx.TimeoutException):
            self._silent[host].add(url)
            raise _TroubleError(f"no answer within {self._options.timeout:g} seconds", again=True) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError) as error:
            self._silent[host].add(url)
            why = str(error) or type(error).__name__
            raise _TroubleError(f"the connection failed: {why}", again=True) from None
        except (httpx.InvalidURL, httpx.DecodingError, httpcore.UnsupportedProtocol, UnicodeError) as error:
            raise _TroubleError(f"the address or the answer is malformed: {error}") from None
        self._silent[host].clear()
        return digest

    def _follow(self, url: str, card: Card | None) -> str:
        asked, deadline = url, time.monotonic() + self._options.timeout
        for _ in range(REDIRECTS + 1):
            with self._opened().stream("GET", asked, headers=card.conditions() if card else None) as response:
                if response.next_request is None:
                    return self._received(url, response, card, deadline)
                asked = str(response.next_request.url)
                if response.next_request.url.scheme not in {"http", "https"}:
                    raise _TroubleError(f"it redirects to {asked}")
        raise _TroubleError(f"it redirects more than {REDIRECTS} times")

    def _opened(self) -> httpx.Client:
        import httpx

        from dealergen import __version__

        from .addresses import GuardedTransport

        with self._opening:
            if self._client is None:
                self._client = httpx.Client(
                    transport=GuardedTransport(self._trusted, self._options.concurrency),
                    timeout=self._options.timeout,
                    headers={
                        "User-Agent": f"dealergen/{__version__}",
                        "Accept": "image/*",
                        "Accept-Encoding": "identity",
                    },
                )
            return self._client

    def _received(self, url: str, response: httpx.Response, card: Card | None, deadline: float) -> str:
        until = self._clock() + fresh_seconds(response.headers, self._options.recheck_hours * 3600)
        if response.status_code == 304 and card:
            write_card(self._card_file(url), replace(card, fresh_until=until))
            return card.digest
        if response.status_code != 200:
            raise _refused(response)
        data = self._read(response, deadline)
        digest = digest_bytes(data)
        if not self._body(digest).is_file():
            write_whole(self._body(digest), data)
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        write_card(self._card_file(url), Card(url, digest, until, etag, modified))
        return digest

    def _read(self, response: httpx.Response, deadline: float) -> bytes:
        """The body, counted while it arrives; what it is, its first bytes say. Raises `PhotoError` for no picture."""
        limit = self._options.max_bytes
        too_large = _TroubleError(f"it is larger than {limit:,} bytes (photos.download.max_bytes)")
        if int(response.headers.get("content-length", "0") or 0) > limit:
            raise too_large
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limit:
                raise too_large
            if time.monotonic() > deadline:
                raise _TroubleError(f"it did not arrive within {self._options.timeout:g} seconds", again=True)
        kind = sniff(bytes(data[:512]))
        if kind not in DECODABLE and kind != "heic":
            what = {"html": "a web page", "empty": "an empty answer", "svg": "a drawing"}.get(kind, "no known format")
            raise _TroubleError(f"the answer is no photo but {what}")
        return bytes(data)

    def _card_file(self, url: str) -> Path:
        name = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        return self._folder / name[:2] / f"{name}.json"

    def _body(self, digest: str) -> Path:
        return self._folder / "bodies" / digest[:2] / digest


def _refused(response: httpx.Response) -> Exception:
    status = response.status_code
    if status in {404, 410}:
        return PhotoError("photo.gone", f"the server answered {status}")
    asked = response.headers.get("retry-after", "")
    pause = float(asked) if asked.isdigit() else None
    return _TroubleError(f"the server answered {status}", again=status == 429 or status >= 500, pause=pause)
