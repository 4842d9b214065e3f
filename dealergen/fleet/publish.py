"""A remote output: what stands there is stood in for by empty files of the same size and time, what changed is sent.

The engine asks of an unchanged file only its size and its time, so a build needs none of the site's bytes. What the
storage says of each file is kept; a file that somebody else changed or removed there has no stand-in, and is made anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dealergen.build.adopt import OWN_FOLDERS
from dealergen.engine.make import MANIFEST
from dealergen.engine.manifest import read_manifest
from dealergen.engine.writer import replace_file
from dealergen.site.ledger_io import PUBLIC_PATH

from .lease import Confirm
from .store import Store, Stored
from .upkeep import PUBLIC_BUILD, State

RECORD = "published.json"
"""In the state of the build: what stands in the output, as the storage listed it after the last build."""
JOURNAL = "publishing.json"
"""In the state of the build, while files are sent: those that a build which was cut short may have added."""


@dataclass(slots=True)
class Standing:
    """One file of the last build."""

    size: int
    mtime_ns: int
    """As the engine's manifest knows it."""
    token: str
    """As the storage listed it."""


class Output:
    """The output of one build: `prepare` before it, `publish` after it."""

    def __init__(self, store: Store, folder: Path, state: State) -> None:
        self._store = store
        self._folder = folder
        self._state = state
        self._record = _read(state.folder / PUBLIC_BUILD)
        self._listed: dict[str, Stored] = {}
        self._stand_ins: dict[str, tuple[int, int]] = {}
        self._orphans: set[str] = set()

    def prepare(self) -> bool:
        """Stand in for what is known to stand there; False when nothing is, and the build must be a whole one."""
        self._listed = self._store.files()
        record = self._record
        self._orphans = self._journalled() - record.keys()
        for path, stored in self._listed.items():
            known = record.get(path)
            if known and known.token == stored.token:
                self._stand_in(path, known.size, known.mtime_ns)
            elif not record or path in self._orphans:
                self._stand_in(path, stored.size, 0)
        if not record and PUBLIC_PATH in self._listed:
            self._adopt()
        return bool(record)

    def publish(self, confirm: Confirm) -> dict[str, int]:
        """Send what is new or changed, pages after what they load, then remove; answers how many files of each."""
        made = {path: status for path, status in _walk(self._folder) if status != self._stand_ins.get(path)}
        gone = self._gone()
        confirm()
        if made or gone:
            self._write_journal(sorted(made.keys() - self._listed.keys()))
            for stage in (0, 1, 2):
                self._store.send({path: self._folder / path for path in sorted(made) if _stage(path) == stage})
            self._store.remove(sorted(gone))
            self._listed = self._store.files()
        confirm()
        self._write_record()
        return {"sent": len(made), "removed": len(gone)}

    def _gone(self) -> set[str]:
        """What the engine no longer plans, and what a build that was cut short left and this one does not make."""
        stood = (self._stand_ins.keys() | self._record.keys()) & self._listed.keys()
        here = dict(_walk(self._folder))
        left = {path for path in self._orphans if path in here and here[path] == self._stand_ins.get(path)}
        return (stood - here.keys()) | left

    def _stand_in(self, path: str, size: int, mtime_ns: int) -> None:
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        os.truncate(file, size)
        os.utime(file, ns=(mtime_ns, mtime_ns))
        self._stand_ins[path] = (size, mtime_ns)

    def _adopt(self) -> None:
        """The ledger that the site publishes tells the engine which of its files an earlier build made."""
        data = self._store.read(PUBLIC_PATH)
        file = self._folder / PUBLIC_PATH
        if data is not None:
            file.write_bytes(data)
            os.utime(file, ns=(0, 0))
            self._stand_ins[PUBLIC_PATH] = (len(data), 0)

    def _journalled(self) -> set[str]:
        try:
            return set(map(str, json.loads((self._state.folder / PUBLIC_BUILD / JOURNAL).read_bytes())))
        except (OSError, ValueError, TypeError):
            return set()

    def _write_journal(self, new: list[str]) -> None:
        self._state.write(PUBLIC_BUILD + JOURNAL, json.dumps(sorted({*new, *self._orphans})).encode())

    def _write_record(self) -> None:
        """Only when all of it is sent, so the journal ends here: sending the state takes it away."""
        files = {
            path: [size, mtime_ns, self._listed[path].token]
            for path, (size, mtime_ns) in sorted(_walk(self._folder))
            if path in self._listed
        }
        build = self._state.folder / PUBLIC_BUILD
        data = json.dumps(files, separators=(",", ":")).encode()
        if not (build / RECORD).is_file() or (build / RECORD).read_bytes() != data:
            replace_file(build / RECORD, data)
        (build / JOURNAL).unlink(missing_ok=True)


def _read(build: Path) -> dict[str, Standing]:
    """The record; empty when it, or the engine's manifest beside it, is missing or damaged."""
    try:
        rows = json.loads((build / RECORD).read_bytes())
        record = {str(path): Standing(int(row[0]), int(row[1]), str(row[2])) for path, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError):
        return {}
    return record if read_manifest(build / MANIFEST) else {}


def _walk(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every file with its size and time; drafts of a write that was cut short are none."""
    for file in folder.rglob("*"):
        if file.is_file() and ".part" not in file.name:
            status = file.stat()
            yield file.relative_to(folder).as_posix(), (status.st_size, status.st_mtime_ns)


def _stage(path: str) -> int:
    """What pages load comes first, then the pages, then what tells machines of them."""
    if path.endswith(".html"):
        return 1
    return 0 if path.startswith(OWN_FOLDERS[:2]) else 2
