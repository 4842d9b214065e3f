"""The state of the preview: builds one after another, says which version stands, and tells open pages."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from .outcome import Failure, Outcome

QUIET = 0.12
"""Seconds without a change before a build starts: an editor's save is several changes."""
HEARTBEAT = 15.0
"""Seconds after which an idle stream says that it lives, so that nothing in between cuts it."""

State = dict[str, Any]


class Preview:
    """Lives on one event loop; `changed` is the only method for other threads, by `call_soon_threadsafe`."""

    def __init__(
        self,
        build: Callable[[], Awaitable[Outcome]],
        told: Callable[[Outcome, list[str]], None] = lambda _outcome, _paths: None,
    ) -> None:
        self._build = build
        self._told = told
        self._session = secrets.token_hex(3)
        self._versions = 1
        self._asked = asyncio.Event()
        self._idle = asyncio.Event()
        self._paths: list[str] = []
        self._listeners: set[asyncio.Queue[State | None]] = set()
        self._closed = False
        self.failure: Failure | None = None

    @property
    def version(self) -> str:
        """Differs whenever an open page is out of date."""
        return f"{self._session}-{self._versions}"

    async def run(self) -> None:
        """Build now, and again after each change; ends only when cancelled."""
        while True:
            paths, self._paths = self._paths, []
            self._asked.clear()
            self._take(await self._attempt(), paths)
            await self._asked.wait()
            await self._quieten()

    def changed(self, paths: Iterable[str] = ()) -> None:
        """Ask for a build; requests wait from now until it is done."""
        self._paths.extend(path for path in paths if path not in self._paths)
        self._idle.clear()
        self._asked.set()

    async def settled(self) -> None:
        """Wait until no build runs or is asked for."""
        await self._idle.wait()

    async def states(self) -> AsyncIterator[State | None]:
        """The state now and after each build; None as a heartbeat. Ends when the server closes."""
        queue: asyncio.Queue[State | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield self._state()
            while not self._closed:
                try:
                    state = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield None
                    continue
                if state is None:
                    return
                yield state
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """End every stream and let waiting requests go, so that the server can stop at once."""
        self._closed = True
        self._idle.set()
        self._tell(None)

    async def _attempt(self) -> Outcome:
        """A build; what keeps it from even starting is a failure like any other, and the preview goes on."""
        try:
            return await self._build()
        except Exception as error:
            return Outcome(0.0, failure=Failure(f"The build could not be started: {type(error).__name__}: {error}"))

    def _take(self, outcome: Outcome, paths: list[str]) -> None:
        self.failure = outcome.failure
        if outcome.changed:
            self._versions += 1
        if not self._asked.is_set():
            self._idle.set()
        self._told(outcome, paths)
        self._tell(self._state())

    async def _quieten(self) -> None:
        while self._asked.is_set():
            self._asked.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), QUIET)

    def _state(self) -> State:
        return {"version": self.version, "failure": self.failure.as_json() if self.failure else None}

    def _tell(self, state: State | None) -> None:
        for queue in self._listeners:
            queue.put_nowait(state)
