"""Puts plans on the shelf: in one stroke each, and without writing again what an earlier one left there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from dealergen.engine import Artifact, Renderer
from dealergen.engine.progress import Progress
from dealergen.errors import OutputError

from .freeze import Freezer, freeze_editions
from .shelf import Label, number_of, remove, shelves

BATCH = 1000
TABLES = """
CREATE TABLE rows (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE paths (path TEXT PRIMARY KEY, number INTEGER NOT NULL, mark BLOB NOT NULL, file TEXT, line INTEGER)
  WITHOUT ROWID;
CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


class ShelfWriter:
    """Writes one plan after another into `folder`; what earlier ones left is not written again.

    A shelf on which more is left over than stands there is begun anew, in another file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begin()

    def put_plan(self, artifacts: Iterable[Artifact], renderer: Renderer, progress: Progress, label: Label) -> Path:
        """Make `artifacts` the plan that stands on the shelf, and answer its file. Raises `OutputError`."""
        if self._first and self._count > 2 * self._first + BATCH:
            self._begin()
        try:
            self._put_plan(artifacts, renderer, progress, label)
        except sqlite3.Error as error:
            self._begin()  # what the freezer remembers was not kept
            raise OutputError(f"{self._file} cannot be written: {error}", remedy="Make room on the disk.") from error
        except BaseException:
            self._begin()
            raise
        return self._file

    def _begin(self) -> None:
        """A new file beside the others, which readers may still hold; it gets its name when its first plan is whole."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file = self._folder / f"{max(map(number_of, shelves(self._folder)), default=0) + 1}.shelf"
        self._count = self._first = 0
        self._batch: list[tuple[int, bytes]] = []
        self._freezer = Freezer(self._put)
        self._part.unlink(missing_ok=True)
        self._rows = sqlite3.connect(self._part, isolation_level=None)
        self._rows.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES}")

    @property
    def _part(self) -> Path:
        return self._file.with_suffix(".part")

    def _put_plan(self, artifacts: Iterable[Artifact], renderer: Renderer, progress: Progress, label: Label) -> None:
        self._rows.execute("BEGIN")
        self._rows.execute("DELETE FROM paths")
        self._freezer.begin()
        waiting = iter(artifacts)
        while some := list(islice(waiting, BATCH)):
            spots = [(artifact, self._freezer.freeze(artifact, renderer)) for artifact in some]
            self._rows.executemany("INSERT INTO paths VALUES (?, ?, ?, ?, ?)", map(_path_row, spots))
            progress.advance(len(some))
        self._flush()
        self._keep("editions", freeze_editions(self._freezer.editions))
        self._keep("label", json.dumps(asdict(label)).encode())
        self._rows.execute("COMMIT")
        if not self._first:
            self._first = self._count
            self._finish()

    def _put(self, data: bytes) -> int:
        self._count += 1
        self._batch.append((self._count, data))
        if len(self._batch) >= BATCH:
            self._flush()
        return self._count

    def _flush(self) -> None:
        self._rows.executemany("INSERT INTO rows VALUES (?, ?)", self._batch)
        self._batch.clear()

    def _keep(self, name: str, value: bytes) -> None:
        self._rows.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))

    def _finish(self) -> None:
        """Give the new shelf its name, and take the others away; a reader that holds one still reads it."""
        self._rows.close()
        self._part.replace(self._file)
        self._rows = sqlite3.connect(self._file, isolation_level=None)
        self._rows.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        for file in shelves(self._folder):
            if file != self._file:
                remove(file)


def _path_row(spot: tuple[Artifact, tuple[int, bytes]]) -> tuple[str, int, bytes, str, int | None]:
    artifact, (number, mark) = spot
    return artifact.path, number, mark, artifact.source.file, artifact.source.line
