"""One build at a time on one site, wherever it runs: a lock of this disk, or a lease that is renewed while work lasts.

A lease is a small file beside the state. Its holder changes it every few seconds; one that stands still for `PATIENCE`
seconds of the waiter's own clock belongs to a process that is gone, and is taken over.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dealergen.engine.lock import build_lock
from dealergen.errors import OutputError

from .store import RemoteStore, StorageTrouble, Store

LOCK = "lock.json"
BEAT = 5.0
"""Seconds between two signs of life."""
PATIENCE = 20.0
"""Seconds without one after which a lease is taken over."""
WAIT = 60.0
"""Seconds to wait for another build of the site."""

Confirm = Callable[[], None]
"""Raises `StorageTrouble` when the lock is no longer held."""


@contextmanager
def site_lock(state: Store, *, beat: float = BEAT, patience: float = PATIENCE, wait: float = WAIT) -> Iterator[Confirm]:
    """Hold the site whose state is in `state`; hands on a check to make before anything is published.

    Raises `OutputError` naming the holder when the site is not free within `wait` seconds.
    """
    if not isinstance(state, RemoteStore):
        with build_lock(Path(state.place), wait=wait):
            yield lambda: None
        return
    lease = Lease(state)
    lease.acquire(patience, wait)
    stop = threading.Event()
    thread = threading.Thread(target=lease.keep, args=(stop, beat), daemon=True)
    thread.start()
    try:
        yield lease.confirm
    finally:
        stop.set()
        thread.join()
        lease.release()


class Lease:
    """The file that says who builds a site."""

    def __init__(self, state: RemoteStore) -> None:
        self._state = state
        self._owner = uuid.uuid4().hex
        self._beats = 0

    def acquire(self, patience: float, wait: float) -> None:
        """Wait for the lease, at most `wait` seconds."""
        deadline = time.monotonic() + wait
        seen, since = b"", time.monotonic()
        while not self._state.create(LOCK, self._sign()):
            held = self._state.read(LOCK) or b""
            if held != seen:
                seen, since = held, time.monotonic()
            elif time.monotonic() - since >= patience:
                if self._take_over():
                    return
                seen, since = b"", time.monotonic()
            if time.monotonic() >= deadline:
                raise _held(held, self._state.place)
            time.sleep(min(1.0, patience / 4))

    def keep(self, stop: threading.Event, beat: float) -> None:
        """Show life until `stop`; stops by itself when somebody else took over, which `confirm` then tells."""
        while not stop.wait(beat):
            try:
                self.confirm()
                self._state.write(LOCK, self._sign())
            except Exception:  # noqa: S112 - `confirm` decides; a beat that fails is followed by the next
                continue

    def confirm(self) -> None:
        """Raise `StorageTrouble` unless the lease is ours."""
        if _owner(self._state.read(LOCK)) != self._owner:
            raise StorageTrouble(f"{self._state.place}: another build took this site over")

    def release(self) -> None:
        """Let go, if it is still ours; a storage that fails now leaves a lease that stands still."""
        try:
            self.confirm()
            self._state.remove([LOCK])
        except (StorageTrouble, OutputError):
            return

    def _take_over(self) -> bool:
        """Write over a lease that stands still; of two who do so at once, the last one holds it."""
        self._state.write(LOCK, self._sign())
        time.sleep(1.0)
        return _owner(self._state.read(LOCK)) == self._owner

    def _sign(self) -> bytes:
        self._beats += 1
        sign = {"owner": self._owner, "host": socket.gethostname(), "pid": os.getpid(), "beats": self._beats}
        return json.dumps(sign).encode()


def _owner(data: bytes | None) -> str:
    try:
        return str(json.loads(data or b"")["owner"])
    except (ValueError, KeyError, TypeError):
        return ""


def _held(data: bytes, place: str) -> OutputError:
    try:
        holder = json.loads(data)
        who = f"process {holder['pid']} on {holder['host']}"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return OutputError(f"Another build holds {place} ({who})", remedy="Wait for it to end, or stop it.")
