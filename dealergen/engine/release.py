"""Whole releases, swapped in at one stroke, for hosts that serve the output folder directly.

    public            → .public-releases/7     a symbolic link: what is served
    .public-releases/   6/  7/                 the last releases; files that did not change are hard links
                        6.tsv  7.tsv           the manifest of each

A build is staged as `8.stage` and written there by renaming, never through a link; then the link is replaced by a
rename, which no reader can see half of. A folder that was built without releases is swapped with the link by the
kernel's exchange; where there is none, by two renames, and for the moment between them the folder is missing.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dealergen.errors import OutputError

from .journal import PART
from .make import MANIFEST

KEPT = 2
"""Releases that stay, the one that is served included."""
_EXCHANGE = 2
_HERE = -100


def released(out: Path) -> Path | None:
    """The release that `out` is a link to; None when it is no such link."""
    if not out.is_symlink():
        return None
    target = out.readlink()
    return out.parent / target if str(target.parent) == _folder(out).name and target.name.isdigit() else None


@dataclass(slots=True)
class Releases:
    """The releases of `out`. Call `open`, hand `stage` to the build, then `publish` what was staged."""

    out: Path
    state: Path
    """Where the build keeps its manifest."""
    kept: int = KEPT
    _staged: Path | None = None

    def open(self) -> Path:
        """The folder that is served now, with its manifest in place; sweeps up after builds that were cut short."""
        try:
            self._sweep()
            current = released(self.out)
            if current is not None:
                self._restore(current)
        except OSError as error:
            raise _failed(_folder(self.out), error) from error
        return current or self.out

    def stage(self) -> Path:
        """A new release that holds all that the one served holds."""
        current = released(self.out) or self.out
        number = max([0, *_numbers(_folder(self.out))]) + 1
        self._staged = _folder(self.out) / f"{number}.stage"
        try:
            self._staged.mkdir(parents=True)
            if current.is_dir():
                _link_tree(current, self._staged)
        except OSError as error:
            raise _failed(_folder(self.out), error) from error
        return self._staged

    def publish(self) -> None:
        """Serve what was staged, if anything was, and drop the oldest releases. What was no release yet becomes one."""
        if self._staged is None and released(self.out):
            return
        staged = self._staged or self.stage()
        release = staged.with_suffix("")
        try:
            shutil.copyfile(self.state / MANIFEST, _manifest_of(release))
            staged.rename(release)
            self._swap(release)
        except OSError as error:
            raise _failed(_folder(self.out), error) from error
        self._staged = None
        self._prune()

    def discard(self) -> None:
        """Give back the room that was taken by what was staged and will not be published."""
        if self._staged is not None:
            shutil.rmtree(self._staged, ignore_errors=True)
            self._staged = None

    def _swap(self, release: Path) -> None:
        link = _next(self.out)
        link.symlink_to(f"{release.parent.name}/{release.name}")
        if self.out.is_symlink() or not self.out.exists():
            link.replace(self.out)
            return
        first = _folder(self.out) / "0"
        if _exchanged(link, self.out):
            link.rename(first)
        else:
            self.out.rename(first)
            link.rename(self.out)

    def _sweep(self) -> None:
        left = _next(self.out)
        if left.is_symlink():
            left.unlink()
        elif left.is_dir():  # killed between the exchange and the rename
            left.rename(_folder(self.out) / "0")
        for stage in _folder(self.out).glob("*.stage"):
            shutil.rmtree(stage, ignore_errors=True)

    def _restore(self, current: Path) -> None:
        """Put the manifest of what is served in place: the last build may have been cut short before it was served."""
        known, standing = _manifest_of(current), self.state / MANIFEST
        with suppress(FileNotFoundError):
            if standing.read_bytes() == known.read_bytes():
                return
        self.state.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            standing.unlink(missing_ok=True)
            shutil.copyfile(known, standing)

    def _prune(self) -> None:
        current = released(self.out)
        numbers = sorted(_numbers(_folder(self.out)), reverse=True)
        others = [number for number in numbers if current is None or number != int(current.name)]
        for number in others[max(0, self.kept - 1) :]:
            shutil.rmtree(_folder(self.out) / str(number), ignore_errors=True)
            _manifest_of(_folder(self.out) / str(number)).unlink(missing_ok=True)


def _folder(out: Path) -> Path:
    return out.parent / f".{out.name}-releases"


def _next(out: Path) -> Path:
    return out.parent / f".{out.name}-next"


def _manifest_of(release: Path) -> Path:
    return release.with_name(f"{release.name}.tsv")


def _numbers(folder: Path) -> Iterator[int]:
    if folder.is_dir():
        yield from (int(path.name) for path in folder.iterdir() if re.fullmatch(r"\d+", path.name))


def _link_tree(source: Path, target: Path) -> None:
    """Every file of `source` under the same name in `target`, without copying where the disk has hard links."""
    for folder, folders, files in os.walk(source):
        base = target / Path(folder).relative_to(source)
        for name in folders:
            (base / name).mkdir()
        for name in files:
            if not PART.search(name):
                _link(f"{folder}/{name}", f"{base}/{name}")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the kernel swapped two names at one stroke (Linux; not on every disk)."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _failed(what: Path, error: OSError) -> OutputError:
    return OutputError(
        f"A release cannot be staged in {what}: {error.strerror or error}",
        remedy="What was served stays as it was. Look at the disk's space and rights, then build again.",
    )
