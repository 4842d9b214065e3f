"""What the photo cache keeps: variants of photos that are still asked for, and of others for a while."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

DAY: Final = 86_400
SWEEP_EVERY: Final = 7 * DAY
"""Seconds between two sweeps: looking through a large cache at each build would cost more than it frees."""
_STAMP: Final = "swept"


def due(shelf: Path, now: float) -> bool:
    """Whether the last sweep of `shelf` is long enough ago; `now` is in seconds since 1970.

    A shelf that was never swept is new: its first sweep is due later.
    """
    stamp = shelf / _STAMP
    if not shelf.is_dir():
        return False
    try:
        return now - stamp.stat().st_mtime >= SWEEP_EVERY
    except OSError:
        _touch(stamp, now)
        return False


def sweep(shelf: Path, asked: Iterable[Path], days: int, now: float) -> int:
    """Remove every entry two levels below `shelf` that was not among `asked` for `days`; answers how many.

    The time stamp of an entry says when it was last asked for, so that several sites can share a cache.
    """
    for entry in asked:
        with suppress(OSError):
            os.utime(entry, (now, now))
    doomed = [entry for entry in sorted(shelf.glob("??/*")) if now - _last_asked(entry, now) > days * DAY]
    for entry in doomed:
        _remove(entry)
    for draft in shelf.glob("??/*/*.tmp"):  # of a build that was killed
        if now - _last_asked(draft, now) > DAY:
            draft.unlink(missing_ok=True)
    _touch(shelf / _STAMP, now)
    return len(doomed)


def _last_asked(entry: Path, now: float) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return now


def _remove(entry: Path) -> None:
    """Another build may sweep at the same time: what is gone already is no failure."""
    if entry.is_dir():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)
    with suppress(OSError):
        entry.parent.rmdir()


def _touch(stamp: Path, now: float) -> None:
    with suppress(OSError):
        stamp.touch()
        os.utime(stamp, (now, now))
