"""One build at a time on one folder: the second is told who holds it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dealergen.errors import OutputError


@contextmanager
def build_lock(state: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold `state` for this process; wait up to `wait` seconds for another build to end.

    Raises `OutputError` naming the process that holds it. The operating system lets go when a process dies, so a kill
    never leaves a folder locked.
    """
    try:
        state.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(
            f"The folder {state} cannot be used: {error.strerror}", remedy="dealergen keeps its state there."
        ) from error
    try:
        _acquire(descriptor, state, time.monotonic() + wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": int(time.time())}).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, state: Path, deadline: float) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: builds there are not guarded against each other
        return
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if time.monotonic() >= deadline:
                raise _held(descriptor, state) from None
            time.sleep(0.1)


def _held(descriptor: int, state: Path) -> OutputError:
    try:
        holder = json.loads(os.pread(descriptor, 200, 0))
        who = f"process {holder['pid']}, for {int(time.time()) - holder['since']} s"
    except (ValueError, KeyError, OSError):
        who = "another process"
    return OutputError(f"Another build holds {state} ({who})", remedy="Wait for it to end, or stop it.")
