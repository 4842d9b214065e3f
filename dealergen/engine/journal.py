"""The journal: stands while a build writes. One that is found at the start tells of a build that was cut short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from .manifest import Manifest
from .writer import replace_file

PART = re.compile(r"\.part\d+$")
"""The ending of a file that is being written."""


class Journal:
    """Marks the build as under way, naming the files that it may create.

    `orphans` are files that an earlier, interrupted build may have left and that no manifest knows.
    """

    def __init__(self, state: Path, out: Path, before: Manifest, paths: Sequence[str]) -> None:
        self._file = state / "journal"
        self._out = out
        self._new = [path for path in paths if path not in before]
        self._any = bool(paths)
        self.orphans: set[str] = set()

    def __enter__(self) -> Journal:
        interrupted = self._read()
        if interrupted is not None:
            self.orphans = {path for path in interrupted if (self._out / path).is_file()}
            _sweep_parts(self._out)
            _sweep_parts(self._file.parent)
        if self._any or interrupted is not None:
            replace_file(self._file, "\n".join([*sorted(self.orphans), *self._new]).encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._file.unlink(missing_ok=True)

    def _read(self) -> list[str] | None:
        try:
            return [line for line in self._file.read_text("utf-8").split("\n") if line]
        except (OSError, ValueError):
            return None


def _sweep_parts(folder: Path) -> None:
    for file in folder.rglob("*.part*"):
        if PART.search(file.name):
            file.unlink(missing_ok=True)
