"""`inventory.source` to bytes: paths, globs, lists of them, and addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dealergen.config.inventory import InventorySettings
from dealergen.errors import InventoryRefused, Problem

from .fetch import Fetcher, is_address
from .nearness import did_you_mean


@dataclass(slots=True)
class SourceFile:
    """One file's bytes, and the name by which reports speak of it."""

    name: str
    data: bytes
    warnings: list[Problem] = field(default_factory=list)


def source_files(
    settings: InventorySettings, root: Path, *, cache: Path, now: dt.date, offline: bool = False
) -> Iterator[SourceFile]:
    """The files of `inventory.source`, in the order given (a glob's sorted by path), each once.

    Paths are relative to `root`, the folder of site.yaml. Raises InventoryRefused for a path, a glob or an address that
    yields nothing.
    """
    wanted = [settings.source] if isinstance(settings.source, str) else settings.source
    seen: set[str] = set()
    for source in wanted:
        if is_address(source):
            fetcher = Fetcher(settings.fetch, cache, now, offline=offline)
            if source not in seen:
                yield _fetched(source, fetcher)
            seen.add(source)
            continue
        for path in _paths(source, root):
            if str(path.resolve()) not in seen:
                yield SourceFile(_shown(path, root), _bytes_of(path, _shown(path, root)))
            seen.add(str(path.resolve()))


def _fetched(source: str, fetcher: Fetcher) -> SourceFile:
    fetched = fetcher.fetch(source)
    return SourceFile(source, fetched.data, fetched.warnings)


def _paths(source: str, root: Path) -> list[Path]:
    path = (root / source).expanduser() if not source.startswith("~") else Path(source).expanduser()
    if path.is_file():
        return [path]
    if path.is_dir():
        raise InventoryRefused(
            f"inventory.source: {source} is a folder",
            remedy=f"Name a file, or `{source.rstrip('/')}/*.csv` for all of them.",
        )
    if any(mark in source for mark in "*?["):
        return _globbed(source, path)
    raise _missing(source, path)


def _globbed(source: str, path: Path) -> list[Path]:
    anchor = Path(path.anchor) if path.anchor else Path()
    pattern = str(path.relative_to(anchor)) if path.anchor else str(path)
    found = sorted(candidate for candidate in anchor.glob(pattern) if candidate.is_file())
    if not found:
        raise InventoryRefused(
            f"inventory.source: no file matches {source}",
            remedy="Check the pattern; it is relative to site.yaml's folder.",
        )
    return found


def _missing(source: str, path: Path) -> InventoryRefused:
    folder = path.parent
    beside = sorted(item.name for item in folder.iterdir() if item.is_file()) if folder.is_dir() else []
    return InventoryRefused(
        f"inventory.source: there is no file {source}{did_you_mean(path.name, beside)}",
        remedy="Check the path." if Path(source).is_absolute() else f"It was looked for in {folder}.",
    )


def _shown(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InventoryRefused(
            f"{name} cannot be read: {error.strerror}", remedy="Check the file's permissions."
        ) from None
