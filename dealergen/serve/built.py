"""The built site: what a build wrote to the output folder, exactly as it would be published."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from .outcome import Outcome, Tell


class BuiltSite:
    """The files in `out`, into which `build` builds the whole site."""

    ready = True
    stylesheet = ""
    due = None
    patience = 600.0
    """A build is waited for, so that no page of the last one is taken for its own."""

    def __init__(self, out: Path, build: Callable[[], Awaitable[Outcome]]) -> None:
        self._out = out
        self._build = build

    def has(self, path: str) -> bool:
        return self.on_disk(path) is not None

    def mark(self, path: str) -> str:
        """By size and time: a build leaves a file alone whose bytes would be the same."""
        file = self.on_disk(path)
        if file is None:
            return ""
        status = file.stat()
        return f"{status.st_size:x}-{status.st_mtime_ns:x}"

    def read(self, path: str) -> bytes:
        file = self.on_disk(path)
        if file is None:
            raise KeyError(path)
        return file.read_bytes()

    def on_disk(self, path: str) -> Path | None:
        """The regular file at `path`, links followed; None for one that would lie outside of the output folder."""
        top = self._out.resolve()
        try:
            real = (top / path).resolve(strict=True)
            return real if real.is_file() and real.is_relative_to(top) else None
        except OSError:
            return None

    async def refresh(self, _paths: Sequence[str], tell: Tell) -> Outcome:
        tell("building the site")
        return await self._build()

    async def stop(self) -> None:
        """Nothing goes on between builds."""
