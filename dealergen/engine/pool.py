"""A pool of forked workers that outlives the death of any of them.

Each worker notes in shared memory which task it is at. When one dies, the rest of its chunk goes to the others, and the
task that it was at is tried once more in a process of its own: only what kills two workers is lost.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import struct
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, NoReturn

NOTHING = -1
PATIENCE = 5.0
"""Seconds that a worker has to end its chunk when the build is stopped."""

Chunk = Sequence[int]


@dataclass(eq=False)
class Worker:
    """A forked process, our end of the pipe to it, and the chunk that it has been given."""

    pid: int
    pipe: Connection
    slot: int
    chunk: Chunk = field(default=())


class Pool:
    """Runs `work(index)` for every index below `count` in `jobs` forked processes.

    `work` and what it reaches are found by the workers in their memory; what it answers must pickle. `lost(index, how)`
    is the result of a task at which two workers died.
    """

    def __init__(
        self, jobs: int, count: int, chunk: int, work: Callable[[int], Any], lost: Callable[[int, str], Any]
    ) -> None:
        self._work, self._lost = work, lost
        self._waiting: deque[Chunk] = deque(range(start, min(start + chunk, count)) for start in range(0, count, chunk))
        self._count, self._jobs = count, min(jobs, len(self._waiting))
        self._at = mmap.mmap(-1, 8 * max(1, self._jobs))
        self._workers: list[Worker] = []
        self._done: dict[int, Any] = {}
        self._suspects: set[int] = set()

    def results(self) -> Generator[Any]:
        """Every result in the order of the indices. When the caller stops early, so do the workers."""
        try:
            for index in range(self._count):
                while index not in self._done:
                    self._step()
                yield self._done.pop(index)
        finally:
            self._stop()

    def _step(self) -> None:
        """Keep every worker busy, and take in what comes first: an answer or a death."""
        while len(self._workers) < self._jobs and self._waiting:
            self._start()
        if not self._workers:
            self._done.update({index: self._work(index) for index in self._waiting.popleft()})
            return
        ready = wait([worker.pipe for worker in self._workers])
        for worker in [worker for worker in self._workers if worker.pipe in ready]:
            self._take(worker)

    def _start(self) -> None:
        slot = min(set(range(self._jobs)) - {worker.slot for worker in self._workers})
        ours, theirs = Pipe()
        try:
            pid = os.fork()
        except OSError:  # no process to be had: those that there are do it all, or this one
            self._jobs = len(self._workers)
            return
        if pid == 0:
            self._live(theirs, slot, [worker.pipe for worker in self._workers] + [ours])
        theirs.close()
        worker = Worker(pid, ours, slot)
        self._workers.append(worker)
        self._give(worker)

    def _give(self, worker: Worker) -> None:
        """The next chunk, or the end of work."""
        worker.chunk = self._waiting.popleft() if self._waiting else ()
        self._note(worker.slot, NOTHING)
        with suppress(BrokenPipeError):  # it died: `wait` tells
            worker.pipe.send(list(worker.chunk))
        if not worker.chunk:
            self._workers.remove(worker)
            worker.pipe.close()
            os.waitpid(worker.pid, 0)

    def _take(self, worker: Worker) -> None:
        try:
            results = worker.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            self._bury(worker)
            return
        self._done.update(zip(worker.chunk, results, strict=True))
        self._give(worker)

    def _bury(self, worker: Worker) -> None:
        """A worker died: one more try for the task that it was at, alone, and the rest of its chunk for the others."""
        self._workers.remove(worker)
        worker.pipe.close()
        _, status = os.waitpid(worker.pid, 0)
        index = struct.unpack_from("q", self._at, 8 * worker.slot)[0]
        if index == NOTHING:
            index = worker.chunk[0]
        if index in self._suspects:
            self._done[index] = self._lost(index, _cause(os.waitstatus_to_exitcode(status)))
        else:
            self._suspects.add(index)
            self._waiting.appendleft([index])
        if rest := [task for task in worker.chunk if task != index]:
            self._waiting.appendleft(rest)

    def _stop(self) -> None:
        """Let every worker end the artifact that it is at, and no longer."""
        for worker in self._workers:
            worker.pipe.close()
            os.kill(worker.pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while self._workers:
            if time.monotonic() > deadline:
                os.kill(self._workers[-1].pid, signal.SIGKILL)
            if os.waitpid(self._workers[-1].pid, os.WNOHANG)[0]:
                self._workers.pop()
            else:
                time.sleep(0.005)
        self._at.close()

    def _note(self, slot: int, index: int) -> None:
        struct.pack_into("q", self._at, 8 * slot, index)

    def _live(self, pipe: Connection, slot: int, inherited: Sequence[Connection]) -> NoReturn:
        """A worker's life. It holds no end of its parent's pipes: so it learns when the parent is gone."""
        code = 1
        try:
            for connection in inherited:
                connection.close()
            self._serve(pipe, slot, _polite_end())
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _serve(self, pipe: Connection, slot: int, stop: Sequence[int]) -> None:
        with suppress(EOFError, OSError):
            while chunk := pipe.recv():
                results = []
                for index in chunk:
                    if stop:
                        return
                    self._note(slot, index)
                    results.append(self._work(index))
                pipe.send(results)


def _polite_end() -> list[int]:
    """Filled when the worker is asked to stop; Ctrl-C, which reaches every process of the terminal, is the parent's."""
    asked: list[int] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, _frame: asked.append(number))
    return asked


def _cause(code: int) -> str:
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
