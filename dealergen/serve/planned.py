"""The planned site: each file is made when it is asked for, and nothing is written to the output folder.

The plan comes from the reading process, by way of the shelf. The last one stands from the first moment on, if nothing
that it was read from has changed since, or else until the site has been read again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dealergen.errors import DealergenError

from .beside import ReaderBeside
from .changes import kind_of
from .outcome import Failure, Outcome, Tell, failure_of
from .shelf import FOLDER, Shelf, newest
from .sources import code_digest, inputs_digest, inventory_size, read_sources
from .workshop import Workshop, open_workshop

SOON = 3.0
"""Seconds: a reading that takes no longer is waited for."""
SMALL = 8_000_000
"""Bytes of inventory that are sure to be read soon."""
PATIENT, BRISK = 30.0, 0.25
AHEAD = 1.0
DIED = "Most often memory ran out. It is started again with the next change."
LONGEST_WAIT = 86_400.0
"""Seconds: a machine that slept looks at its clock again after a day."""


class PlannedSite:
    """The site in `root`, as its sources are now."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._reader = ReaderBeside(root)
        self._workshop: Workshop | None = None
        self._right = False
        """Whether the plan is known to be that of the site as it is."""
        self._failure: Failure | None = None
        """Why it is not, when the last reading failed."""
        self._former: Shelf | None = None
        self._small = False
        self._ahead: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Take the last plan from the shelf, if there is one that this code has made."""
        self._small = inventory_size(self._root) < SMALL
        shelf = newest(self._root / FOLDER)
        if shelf is None or shelf.label.code != code_digest():
            return
        try:
            self._workshop = open_workshop(self._root, shelf)
        except Exception:  # a plan of other packages, or a theme that does not hold: reading tells what is wrong
            return
        same = shelf.label.inputs == inputs_digest(self._root)
        self._right = same and not _is_over(shelf) and not read_sources(self._root).remote

    @property
    def ready(self) -> bool:
        """Whether there is a plan."""
        return self._workshop is not None

    @property
    def stylesheet(self) -> str:
        return self._workshop.stylesheet if self._workshop else ""

    @property
    def patience(self) -> float:
        """Seconds for which a request waits for a refresh that is under way, before it takes what there is."""
        soon = self._workshop.shelf.label.seconds < SOON if self._workshop else self._small
        return PATIENT if soon else BRISK

    @property
    def due(self) -> float | None:
        until = self._workshop.shelf.label.until if self._workshop else None
        return None if until is None or self._failure else min(max(until - time.time(), 1.0), LONGEST_WAIT)

    def has(self, path: str) -> bool:
        return self._workshop is not None and self._workshop.has(path)

    def mark(self, path: str) -> str:
        return self._workshop.mark(path) if self._workshop else ""

    def read(self, path: str) -> bytes:
        if self._workshop is None:
            raise KeyError(path)
        return self._workshop.read(path)

    def on_disk(self, path: str) -> Path | None:
        return self._workshop.static(path) if self._workshop else None

    async def refresh(self, paths: Sequence[str], tell: Tell) -> Outcome:
        """Bring the plan and the theme up to date with the files that changed; with no `paths`, for the first time."""
        started = time.perf_counter()
        try:
            done = await self._refreshed(paths, tell)
        except (DealergenError, OSError) as error:
            return Outcome(time.perf_counter() - started, failure=failure_of(error, self._root))
        seconds = time.perf_counter() - started
        return Outcome(seconds, done and f"{done} ({seconds:.2f} s)", self._failure)

    async def _refreshed(self, paths: Sequence[str], tell: Tell) -> str:
        """What was done, in words; empty for nothing."""
        workshop = self._workshop
        if workshop is None or not (paths or self._right):
            return await self._read(tell)
        if not paths:
            self._ahead = asyncio.create_task(self._start_reader())
            return f"As last time: {_of(workshop.shelf)}"
        match kind_of(paths, self._root, workshop.theme, workshop.settings):
            case "source":
                return await self._read(tell)
            case "look":
                self._workshop = await asyncio.to_thread(open_workshop, self._root, workshop.shelf, workshop.made)
                return "Templates and assets are up to date"
        return ""

    async def stop(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
        await self._reader.stop()
        for shelf in (self._former, self._workshop.shelf if self._workshop else None):
            if shelf is not None:
                shelf.close()

    async def _start_reader(self) -> None:
        """Ahead of the first edit, but not in the way of the first pages."""
        await asyncio.sleep(AHEAD)
        await self._reader.start()

    async def _read(self, tell: Tell) -> str:
        """Have the site read; without success the failure stands until it is read again."""
        try:
            said = await self._reader.read(lambda step: tell(_words(step)))
        except ChildProcessError as error:
            said = {"failure": Failure(f"The process that reads the site died ({error})", DIED).as_json()}
        self._failure = Failure.parse(said["failure"]) if "failure" in said else None
        if self._failure:
            return ""
        shelf = Shelf(Path(said["shelf"]))
        await self._take(shelf)
        return f"Read: {_of(shelf)}"

    async def _take(self, shelf: Shelf) -> None:
        """Let the plan on `shelf` take the place of the last, from which answers that are under way still read."""
        last = self._workshop
        self._workshop = await asyncio.to_thread(open_workshop, self._root, shelf, last.made if last else None)
        if self._former is not None:
            self._former.close()
        self._former = last.shelf if last else None


def _is_over(shelf: Shelf) -> bool:
    until = shelf.label.until
    return until is not None and time.time() >= until


def _of(shelf: Shelf) -> str:
    return f"{shelf.label.vehicles:,} vehicles, {shelf.label.pages:,} pages"


def _words(step: dict[str, Any]) -> str:
    done = f": {step['made']:,} of {step['total']:,}" if step["total"] else ""
    return f"{step['step']}{done}"
