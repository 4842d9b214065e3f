"""The state of the preview: keeps it up to date, one refresh after another, and tells open pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from .host import Files, Host
from .outcome import Failure, Outcome, Tell

QUIET = 0.05
"""Seconds without a change before a refresh starts: an editor's save is several changes."""
CLOCK = "the time"
"""What changed when no file did."""
HEARTBEAT = 15.0
"""Seconds after which an idle stream says that it lives, so that nothing in between cuts it."""

State = dict[str, Any]


class Previewed(Files, Protocol):
    """A site that can be brought up to date."""

    @property
    def ready(self) -> bool:
        """Whether there are any files."""
        ...

    @property
    def stylesheet(self) -> str:
        """The address of the stylesheet, where an open page can swap it; else empty."""
        ...

    @property
    def patience(self) -> float:
        """Seconds for which a request waits for a refresh that is under way."""
        ...

    @property
    def due(self) -> float | None:
        """Seconds until the site changes by the clock alone; None: never."""
        ...

    async def refresh(self, paths: Sequence[str], tell: Tell) -> Outcome:
        """Take in the changes of `paths`, or at the start, with none, everything."""
        ...

    async def stop(self) -> None: ...


class Preview:
    """Lives on one event loop; `changed` is the only method for other threads, by `call_soon_threadsafe`."""

    def __init__(
        self,
        site: Previewed,
        prefix: str = "",
        told: Callable[[Outcome, list[str]], None] = lambda _outcome, _paths: None,
    ) -> None:
        self.site = site
        self.host = Host(site, prefix)
        self.failure: Failure | None = None
        self.doing = ""
        """What the refresh under way is at; empty when there is none."""
        self._told = told
        self._asked = asyncio.Event()
        self._idle = asyncio.Event()
        self._paths: list[str] = []
        self._listeners: set[asyncio.Event] = set()
        self._closed = False

    async def run(self) -> None:
        """Refresh now, and again after each change; ends only when cancelled."""
        while True:
            paths, self._paths = self._paths, []
            self._asked.clear()
            self._take(await self._attempt(paths), paths)
            try:
                await asyncio.wait_for(self._asked.wait(), self.site.due)
            except TimeoutError:
                self.changed([CLOCK])
            await self._quieten()

    def changed(self, paths: Iterable[str] = ()) -> None:
        """Ask for a refresh; requests wait from now until it is done, or their patience ends."""
        self._paths.extend(path for path in paths if path not in self._paths)
        self._idle.clear()
        self._asked.set()

    async def settled(self) -> None:
        """Wait until no refresh runs or is asked for, or the site's patience ends."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), self.site.patience)

    async def states(self, path: str) -> AsyncIterator[State | None]:
        """What an open page at `path` must know, now and at each turn; None as a heartbeat. Ends at the close."""
        turn = asyncio.Event()
        self._listeners.add(turn)
        try:
            while not self._closed:
                turn.clear()
                yield self._state(path)
                while not turn.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(turn.wait(), HEARTBEAT)
                    if not turn.is_set():
                        yield None
        finally:
            self._listeners.discard(turn)

    def close(self) -> None:
        """End every stream and let waiting requests go, so that the server can stop at once."""
        self._closed = True
        self._idle.set()
        self._tell_all()

    async def _attempt(self, paths: list[str]) -> Outcome:
        """A refresh; a bug in it is a failure like any other, and the preview goes on."""
        try:
            return await self.site.refresh(paths, self._say)
        except Exception as error:
            message = f"The preview could not be brought up to date: {type(error).__name__}: {error}"
            return Outcome(0.0, failure=Failure(message))

    def _say(self, doing: str) -> None:
        self.doing = doing
        self._tell_all()

    def _take(self, outcome: Outcome, paths: list[str]) -> None:
        self.failure, self.doing = outcome.failure, ""
        if not self._asked.is_set():
            self._idle.set()
        self._told(outcome, paths)
        self._tell_all()

    async def _quieten(self) -> None:
        while self._asked.is_set():
            self._asked.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), QUIET)

    def _state(self, path: str) -> State:
        return {
            "version": self.host.version(path) if self.site.ready else "",
            "stylesheet": self.site.stylesheet,
            "failure": self.failure.as_json() if self.failure else None,
            "doing": self.doing,
        }

    def _tell_all(self) -> None:
        for turn in self._listeners:
            turn.set()
