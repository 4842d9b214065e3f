"""A folder of files, on this disk or behind an address: listed, fetched, sent and removed by relative path.

Addresses go through fsspec, which has a package for each kind of storage. A file's `token` changes when its bytes do.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dealergen.engine.writer import remove_file, replace_file
from dealergen.errors import DealergenError, OutputError, UsageError

from .places import below, is_remote

BATCH = 256
"""Files a call: enough for the storage to work on many at once, few enough to notice trouble early."""


class StorageTrouble(Exception):  # noqa: N818 - not an error of the user's: the work is tried again
    """The storage did not answer as it should."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store."""

    size: int
    token: str
    modified_ns: int
    """When it was last written, in nanoseconds of the epoch; 0 where the storage does not tell."""


class Store(Protocol):
    """A folder of files. Paths are relative to it, with `/`."""

    place: str

    def files(self) -> dict[str, Stored]:
        """Every file; empty where there is no such folder."""

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None where there is none."""

    def write(self, path: str, data: bytes) -> None:
        """Put `data` at `path`: readers see the old bytes or the new ones."""

    def fetch(self, wanted: Mapping[str, Path]) -> None:
        """Copy each file to its place on this disk."""

    def send(self, files: Mapping[str, Path]) -> None:
        """Copy each file of this disk to its path."""

    def remove(self, paths: Iterable[str]) -> None:
        """Take the files away; one that is not there is no error."""


def open_store(place: str, storage: Mapping[str, Mapping[str, str]]) -> Store:
    """The store at a path or address; `storage` holds the options of each protocol."""
    return RemoteStore(place, storage) if is_remote(place) else LocalStore(place)


class LocalStore:
    """A folder of this disk."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._folder = Path(place)

    def files(self) -> dict[str, Stored]:
        return dict(_scan(self._folder, ""))

    def read(self, path: str) -> bytes | None:
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, path: str, data: bytes) -> None:
        replace_file(self._folder / path, data)

    def fetch(self, wanted: Mapping[str, Path]) -> None:
        for path, target in wanted.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._folder / path, target)

    def send(self, files: Mapping[str, Path]) -> None:
        for path, source in files.items():
            replace_file(self._folder / path, source.read_bytes())

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            remove_file(self._folder / path, self._folder)


def _scan(folder: Path, prefix: str) -> Iterator[tuple[str, Stored]]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir():
            yield from _scan(Path(entry.path), f"{prefix}{entry.name}/")
        elif entry.is_file():
            status = entry.stat()
            token = f"{status.st_size}:{status.st_mtime_ns}"
            yield f"{prefix}{entry.name}", Stored(status.st_size, token, status.st_mtime_ns)


class RemoteStore:
    """A folder behind an address, through fsspec."""

    def __init__(self, place: str, storage: Mapping[str, Mapping[str, str]]) -> None:
        self.place = place
        protocol = place.partition("://")[0].lower()
        self._files, self._top = _file_system(place, _typed(storage.get(protocol, {})))

    def files(self) -> dict[str, Stored]:
        with reaching(self.place):
            self._files.invalidate_cache()
            try:
                found = self._files.find(self._top, detail=True)
            except FileNotFoundError:
                return {}
        start = len(self._top.rstrip("/")) + 1
        return {name[start:]: _stored(info) for name, info in found.items() if name[start:] and name[-1] != "/"}

    def read(self, path: str) -> bytes | None:
        with reaching(below(self.place, path)):
            try:
                return bytes(self._files.cat_file(self._at(path)))
            except FileNotFoundError:
                return None

    def write(self, path: str, data: bytes) -> None:
        with reaching(below(self.place, path)):
            self._files.pipe_file(self._at(path), data)

    def create(self, path: str, data: bytes) -> bool:
        """Put `data` at `path` unless something is there; False if so. S3 decides it in one stroke."""
        with reaching(below(self.place, path)):
            try:
                self._files.pipe_file(self._at(path), data, mode="create")
            except FileExistsError:
                return False
        return True

    def fetch(self, wanted: Mapping[str, Path]) -> None:
        for folder in {target.parent for target in wanted.values()}:
            folder.mkdir(parents=True, exist_ok=True)
        for batch in _batches(list(wanted)):
            with reaching(self.place):
                self._files.get([self._at(path) for path in batch], [str(wanted[path]) for path in batch])

    def send(self, files: Mapping[str, Path]) -> None:
        for batch in _batches(list(files)):
            with reaching(self.place):
                self._files.put([str(files[path]) for path in batch], [self._at(path) for path in batch])

    def remove(self, paths: Iterable[str]) -> None:
        for batch in _batches(list(paths)):
            with reaching(self.place):
                try:
                    self._files.rm([self._at(path) for path in batch])
                except FileNotFoundError:
                    continue

    def _at(self, path: str) -> str:
        return f"{self._top.rstrip('/')}/{path}"


def _file_system(place: str, options: dict[str, Any]) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    except ImportError:
        raise UsageError(f"{place} is an address", remedy="Install what reaches it: dealergen[fleet-s3].") from None
    try:
        files, top = url_to_fs(place, **options)
    except ImportError as error:
        remedy = "Install it beside dealergen, on every machine; for s3:// that is dealergen[fleet-s3]."
        raise UsageError(f"{place} needs a package: {error}", remedy=remedy) from None
    except (ValueError, TypeError) as error:
        raise UsageError(f"{place} cannot be reached: {error}", remedy="Check the address and `storage:`.") from None
    return files, str(top)


def _typed(options: Mapping[str, str]) -> dict[str, Any]:
    words = {"true": True, "false": False}
    return {name: words.get(value.lower(), value) for name, value in options.items()}


def _batches(paths: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(paths), BATCH):
        yield paths[start : start + BATCH]


def _stored(info: Mapping[str, Any]) -> Stored:
    """Each storage names these in its own way."""
    size = int(info.get("size") or 0)
    moment = next((info[name] for name in ("LastModified", "mtime", "updated", "last_modified", "created")
                   if info.get(name)), 0)  # fmt: skip
    modified = moment.timestamp() if isinstance(moment, dt.datetime) else _number(moment)
    mark = next((info[name] for name in ("ETag", "etag", "md5Hash", "content_md5") if info.get(name)), moment)
    return Stored(size, f"{size}:{mark}", round(modified * 1_000_000_000))


def _number(moment: object) -> float:
    return float(moment) if isinstance(moment, int | float) else 0.0


_DENIED = frozenset({"NoCredentialsError", "PartialCredentialsError", "ProfileNotFound", "TokenRetrievalError"})


@contextmanager
def reaching(place: str) -> Iterator[None]:
    """Whatever a storage raises becomes an `OutputError` that the user can mend, or `StorageTrouble`, to try again."""
    try:
        yield
    except DealergenError:
        raise
    except FileNotFoundError as error:
        raise OutputError(f"{place} does not exist: {error}", remedy="Check the bucket's name.") from error
    except PermissionError as error:
        raise OutputError(f"{place}: access denied: {error}", remedy="Check the credentials' rights.") from error
    except Exception as error:
        if type(error).__name__ in _DENIED:
            remedy = "Hand credentials over in the environment (AWS_ACCESS_KEY_ID, …) or by the machine's role."
            raise OutputError(f"{place}: there are no credentials: {error}", remedy=remedy) from error
        raise StorageTrouble(f"{place}: {type(error).__name__}: {error}") from error
