"""One build at a time on one folder: the second waits, and is told who holds it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dealergen.errors import OutputError

TOLD_AFTER = 1.0
"""Seconds of waiting before it is said why."""


@contextmanager
def build_lock(state: Path, *, wait: float = 0, tell: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold `state` for this process; wait up to `wait` seconds for another build to end, and `tell` why.

    Raises `OutputError` naming the process that holds it. The operating system lets go when a process and its workers
    have died, so a kill never leaves a folder locked.
    """
    descriptor = _open(state)
    try:
        _acquire(descriptor, state, wait, tell or (lambda _text: None))
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _open(state: Path) -> int:
    try:
        state.mkdir(parents=True, exist_ok=True)
        return os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unusable(state, error) from error


def _unusable(state: Path, error: OSError) -> OutputError:
    why = "a file stands there" if isinstance(error, FileExistsError) else error.strerror
    return OutputError(f"The folder {state} cannot be used: {why}", remedy="dealergen keeps its state there.")


def _acquire(descriptor: int, state: Path, wait: float, tell: Callable[[str], None]) -> None:
    begun, told = time.monotonic(), False
    while not _taken(descriptor):
        waited = time.monotonic() - begun
        if waited >= wait:
            raise OutputError(
                f"Another build holds {state} ({_holder(descriptor)})",
                remedy="Wait for it to end, or stop it; --wait SECONDS says how long to be patient.",
            )
        if waited >= TOLD_AFTER and not told:
            told = True
            tell(f"Waiting for another build of this site to end ({_holder(descriptor)})")
        time.sleep(0.1)


def _taken(descriptor: int) -> bool:
    """Whether the lock is ours now; where there are no locks (Windows, some network disks), builds are not guarded."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return True
    return True


def _sign(descriptor: int) -> None:
    """Leave word of who holds the lock; on a full disk nobody is told."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": int(time.time())}).encode(), 0)


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 200, 0))
        return f"process {holder['pid']}, for {max(0, int(time.time()) - holder['since'])} s"
    except (ValueError, KeyError, TypeError, OSError):
        return "another process"
