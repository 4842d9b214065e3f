"""The shelf: a plan kept in a file (SQLite), so that one page of a hundred thousand can be had without the others.

One process writes it while others read: a plan is put there in one stroke. It is a cache: one that another version of
the code wrote, or that was not finished, is not looked at.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from threading import Lock

from dealergen.engine import Artifact, Renderer
from dealergen.engine.progress import Progress
from dealergen.errors import OutputError, Place

from .freeze import Freezer, freeze_editions

FOLDER = Path(".dealergen", "cache", "serve")
BATCH = 1000
TABLES = """
CREATE TABLE rows (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE paths (path TEXT PRIMARY KEY, number INTEGER NOT NULL, mark BLOB NOT NULL, file TEXT, line INTEGER)
  WITHOUT ROWID;
CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on a shelf."""

    inputs: str
    """A digest over what was read."""
    code: str
    """A digest over the code that read it, which is the only one that can make pages of it."""
    seconds: float
    """What reading and planning took."""
    vehicles: int
    pages: int
    until: float | None = None
    """When the same inputs would be another site (seconds since 1970); None: never."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an artifact stands on the shelf."""

    number: int
    mark: str
    """Differs when the artifact would come out differently, templates and assets aside."""
    source: Place


class Shelf:
    """A finished shelf, to be read from any thread."""

    def __init__(self, file: Path) -> None:
        """Raises ValueError when no whole shelf stands in `file`."""
        self.file = file
        self._lock = Lock()
        try:
            if not file.is_file():
                raise ValueError(f"{file} is not there")
            self._rows = sqlite3.connect(file, check_same_thread=False)
            self.label = Label(**json.loads(self.kept("label")))
        except (sqlite3.Error, KeyError, TypeError) as error:
            raise ValueError(f"{file} is not a shelf: {error}") from error

    def row(self, number: int) -> bytes:
        """The bytes of a row; KeyError when it is not there."""
        return self._one("SELECT data FROM rows WHERE number = ?", number)

    def kept(self, name: str) -> bytes:
        """What all rows share, by name."""
        return self._one("SELECT value FROM kept WHERE name = ?", name)

    def spot(self, path: str) -> Spot | None:
        """Where the artifact of `path` stands; None when the plan has none."""
        with self._lock:
            found = self._rows.execute("SELECT number, mark, file, line FROM paths WHERE path = ?", (path,)).fetchone()
        return None if found is None else Spot(found[0], found[1].hex(), Place(found[2], found[3]))

    def close(self) -> None:
        self._rows.close()

    def _one(self, query: str, value: int | str) -> bytes:
        with self._lock:
            found = self._rows.execute(query, (value,)).fetchone()
        if found is None:
            raise KeyError(value)
        data: bytes = found[0]
        return data


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
        """A new file beside the others, which readers may still hold."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file = self._folder / f"{max(map(_number, shelves(self._folder)), default=0) + 1}.shelf"
        self._count = self._first = 0
        self._batch: list[tuple[int, bytes]] = []
        self._freezer = Freezer(self._put)
        self._rows = sqlite3.connect(self._file, isolation_level=None)
        self._rows.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; {TABLES}")

    def _put_plan(self, artifacts: Iterable[Artifact], renderer: Renderer, progress: Progress, label: Label) -> None:
        self._rows.execute("BEGIN")
        self._rows.execute("DELETE FROM paths")
        waiting = iter(artifacts)
        while some := list(islice(waiting, BATCH)):
            spots = [(artifact, self._freezer.freeze(artifact, renderer)) for artifact in some]
            self._rows.executemany("INSERT INTO paths VALUES (?, ?, ?, ?, ?)", map(_path_row, spots))
            progress.advance(len(some))
        self._flush()
        self._keep("editions", freeze_editions(self._freezer.editions))
        self._keep("label", json.dumps(asdict(label)).encode())
        self._rows.execute("COMMIT")
        self._first = self._first or self._count
        self._sweep()

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

    def _sweep(self) -> None:
        """Take other shelves away; a reader that holds one still reads it."""
        for file in shelves(self._folder):
            if file != self._file:
                remove(file)


def newest(folder: Path) -> Shelf | None:
    """The last shelf that was finished in `folder`."""
    for file in reversed(shelves(folder)):
        with suppress(ValueError):
            return Shelf(file)
    return None


def shelves(folder: Path) -> list[Path]:
    """Every shelf in `folder`, the oldest first."""
    return sorted((file for file in folder.glob("*.shelf") if file.stem.isdecimal()), key=_number)


def _number(file: Path) -> int:
    return int(file.stem)


def remove(file: Path) -> None:
    """Take a shelf away, with what SQLite keeps beside it."""
    for part in (file, *file.parent.glob(f"{file.name}-*")):
        with suppress(OSError):
            part.unlink()


def _path_row(spot: tuple[Artifact, tuple[int, bytes]]) -> tuple[str, int, bytes, str, int | None]:
    artifact, (number, mark) = spot
    return artifact.path, number, mark, artifact.source.file, artifact.source.line
