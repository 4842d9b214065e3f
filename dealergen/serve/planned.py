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
LONGEST_WAIT = 86_400.0
"""Seconds: a machine that slept looks at its clock again after a day."""


class PlannedSite:
    """The site in `root`, as its sources are now."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._reader = ReaderBeside(root)
        self._workshop: Workshop | None = None
        self._standing = ""
        """The inputs digest of the plan, while that is known to be right."""
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
        if shelf.label.inputs == inputs_digest(self._root) and not _is_over(shelf) and not self._remote():
            self._standing = shelf.label.inputs

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
        return None if until is None else min(max(until - time.time(), 1.0), LONGEST_WAIT)

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
            if self._workshop and (self._only_looks(paths) if paths else self._standing):
                return await self._look_again(bool(paths), started)
            return await self._read_again(tell, started)
        except DealergenError as error:
            return Outcome(time.perf_counter() - started, failure=failure_of(error, self._root))

    async def stop(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
        await self._reader.stop()

    def _only_looks(self, paths: Sequence[str]) -> bool:
        return self._workshop is not None and all(self._workshop.is_look(Path(path)) for path in paths)

    async def _look_again(self, changed: bool, started: float) -> Outcome:
        assert self._workshop is not None  # noqa: S101 - asked before
        shelf = self._workshop.shelf
        if changed:
            self._workshop = await asyncio.to_thread(open_workshop, self._root, shelf, self._workshop.made)
        else:
            self._ahead = asyncio.create_task(self._start_reader())
        seconds = time.perf_counter() - started
        what = f"Templates and assets looked at again in {seconds:.2f} s" if changed else f"As last time: {_of(shelf)}"
        return Outcome(seconds, what)

    async def _start_reader(self) -> None:
        """Ahead of the first edit, but not in the way of the first pages."""
        await asyncio.sleep(AHEAD)
        await self._reader.start()

    async def _read_again(self, tell: Tell, started: float) -> Outcome:
        try:
            standing = "" if self._workshop and _is_over(self._workshop.shelf) else self._standing
            said = await self._reader.read(standing, lambda step: tell(_words(step)))
        except (ChildProcessError, OSError) as error:
            self._standing = ""
            failure = Failure(f"The process that reads the site died ({error})", "Most often memory ran out.")
            return Outcome(time.perf_counter() - started, failure=failure)
        seconds = time.perf_counter() - started
        if "failure" in said:
            self._standing = ""
            return Outcome(seconds, failure=Failure.parse(said["failure"]))
        return await self._take(said["shelf"], seconds)

    async def _take(self, file: str | None, seconds: float) -> Outcome:
        """Open the workshop of a plan that has just been put on a shelf; None: the one that stands is right."""
        last = self._workshop
        shelf = last.shelf if last is not None and file is None else Shelf(Path(file or ""))
        self._workshop = await asyncio.to_thread(open_workshop, self._root, shelf, last.made if last else None)
        if last is not None and last.shelf is not shelf:
            last.shelf.close()
        self._standing = shelf.label.inputs
        return Outcome(seconds, f"Read in {seconds:.1f} s: {_of(shelf)}")

    def _remote(self) -> bool:
        return read_sources(self._root).remote


def _is_over(shelf: Shelf) -> bool:
    until = shelf.label.until
    return until is not None and time.time() >= until


def _of(shelf: Shelf) -> str:
    return f"{shelf.label.vehicles:,} vehicles, {shelf.label.pages:,} pages"


def _words(step: dict[str, Any]) -> str:
    done = f": {step['made']:,} of {step['total']:,}" if step["total"] else ""
    return f"{step['step']}{done}"
