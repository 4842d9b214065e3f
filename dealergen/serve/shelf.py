"""The shelf: a plan kept in a file (SQLite), so that one page of a hundred thousand can be had without the others.

One process writes it while others read: a plan is put there in one stroke. It is a cache: one that another version of
the code wrote, or that was not finished, is not looked at.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from dealergen.errors import Place

FOLDER = Path(".dealergen", "cache", "serve")


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
    """A finished shelf as it is at this moment, whatever is put there later; to be read from any thread."""

    def __init__(self, file: Path) -> None:
        """Raises ValueError when no whole shelf stands in `file`."""
        self.file = file
        self._lock = Lock()
        try:
            if not file.is_file():
                raise ValueError(f"{file} is not there")
            self._rows = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            self._rows.execute("BEGIN")
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


def newest(folder: Path) -> Shelf | None:
    """The last shelf that was finished in `folder`."""
    for file in reversed(shelves(folder)):
        with suppress(ValueError):
            return Shelf(file)
    return None


def shelves(folder: Path) -> list[Path]:
    """Every shelf in `folder`, the oldest first."""
    return sorted((file for file in folder.glob("*.shelf") if file.stem.isdecimal()), key=number_of)


def number_of(file: Path) -> int:
    return int(file.stem)


def remove(file: Path) -> None:
    """Take a shelf away, with what SQLite keeps beside it."""
    for part in (file, *file.parent.glob(f"{file.name}-*")):
        with suppress(OSError):
            part.unlink()
