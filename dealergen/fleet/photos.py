"""Photo variants between builds: a folder that sites share, or one that is fetched only when much must be made anew.

A variant's name is a digest of all that it is made from, so sites may share them without asking each other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from dealergen.engine.code import code_digest
from dealergen.engine.writer import replace_file

from .job import Job
from .places import below, is_remote
from .store import Store, open_store

SHELF = "cache/photos"
NAMES = "variants.json"
"""On the shelf: the variants of the last build, and the dealergen that made it."""


class PhotoShelf:
    """The variants in `state`, brought before a build and kept after it."""

    def __init__(self, job: Job, state: Path, *, synced: bool) -> None:
        self._folder = state / SHELF
        self._shared = job.shared_cache
        self._store = _store(job, synced=synced)
        self._had: set[str] = set()

    def bring(self, *, whole: bool) -> None:
        """Have at hand what the build may need: everything of the last one when it is to be made again.

        `whole` says that nothing of the last output can be relied on.
        """
        if self._shared and not is_remote(self._shared):
            _share(self._folder, Path(self._shared))
        elif self._store is not None:
            names, code = self._noted()
            if whole or code != code_digest("dealergen.photos").hex():
                _fetch_known(self._store, names, self._folder)
            self._had = set(names)

    def keep(self) -> None:
        """Send what was made, and note what there is."""
        if self._store is None:
            return
        variants = (file for file in self._folder.glob("??/**/*") if _whole(file))
        here = {file.relative_to(self._folder).as_posix(): file for file in variants}
        self._store.send({name: file for name, file in here.items() if name not in self._had})
        note = {"code": code_digest("dealergen.photos").hex(), "names": sorted(here.keys() | self._had)}
        data = json.dumps(note, separators=(",", ":")).encode()
        file = self._folder / NAMES
        if (here or self._had) and not (file.is_file() and file.read_bytes() == data):
            replace_file(file, data)

    def _noted(self) -> tuple[list[str], str]:
        try:
            note = json.loads((self._folder / NAMES).read_bytes())
            return [str(name) for name in note["names"]], str(note["code"])
        except (OSError, ValueError, KeyError, TypeError):
            return [], ""


def _store(job: Job, *, synced: bool) -> Store | None:
    """Where variants are sent; None where they stay on this disk."""
    if job.shared_cache:
        return open_store(job.shared_cache, job.storage) if is_remote(job.shared_cache) else None
    return open_store(below(job.state, SHELF), job.storage) if synced else None


def _share(folder: Path, shared: Path) -> None:
    """Each of the 256 folders of variants becomes a link to the shared one; what it held moves there."""
    for number in range(256):
        own, common = folder / f"{number:02x}", shared / f"{number:02x}"
        if own.is_symlink():
            continue
        common.mkdir(parents=True, exist_ok=True)
        if own.is_dir():
            shutil.copytree(own, common, dirs_exist_ok=True)
            shutil.rmtree(own)
        own.parent.mkdir(parents=True, exist_ok=True)
        own.symlink_to(common, target_is_directory=True)


def _fetch_known(store: Store, names: list[str], folder: Path) -> None:
    """The variants in `names` that the store has; what is missing is made again."""
    if not names:
        return
    listed: Mapping[str, object] = store.files()
    store.fetch({name: folder / name for name in names if name in listed})


def _whole(file: Path) -> bool:
    return file.is_file() and not file.name.endswith(".tmp")
