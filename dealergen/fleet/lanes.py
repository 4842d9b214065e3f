"""Where jobs run: on this machine, as many at once as cores and memory allow; `cluster.py` has the other place."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from dealergen.engine.workers import usable_cores

from .job import Job, Result
from .process import POLL, Isolated


class Lane(Protocol):
    """What carries jobs out."""

    @property
    def width(self) -> int:
        """How many jobs it can have under way."""

    def has_room(self, job: Job) -> bool:
        """Whether `job` may start now."""

    def start(self, job: Job) -> None:
        """Set the job going."""

    def finished(self) -> Iterator[tuple[Job, Result]]:
        """The jobs that have ended since the last call; waits a moment when there is none."""

    def close(self) -> None:
        """End what is still under way."""


class LocalLane:
    """Processes of this machine. `jobs` at once, as long as their expected memory fits into `memory_mb`."""

    def __init__(self, jobs: int | None = None, memory_mb: int | None = None, *, sites: int = 1_000) -> None:
        cores = usable_cores()
        self.width = min(jobs or cores, sites)
        self._each = max(1, cores // max(1, self.width))
        self._memory_mb = memory_mb or free_memory_mb()
        self._running: list[Isolated] = []

    def has_room(self, job: Job) -> bool:
        """One may always run, however much it needs."""
        if not self._running:
            return True
        needed = job.memory_mb + sum(work.job.memory_mb for work in self._running)
        return len(self._running) < self.width and needed <= self._memory_mb

    def start(self, job: Job) -> None:
        self._running.append(Isolated(replace(job, jobs=self._each)))

    def finished(self) -> Iterator[tuple[Job, Result]]:
        time.sleep(POLL)
        for work in list(self._running):
            if (result := work.result()) is not None:
                self._running.remove(work)
                work.end()
                yield work.job, result

    def close(self) -> None:
        for work in self._running:
            work.end()


def free_memory_mb() -> int:
    """The memory that may still be used, in megabytes: the machine's or, in a container, what its limit leaves."""
    return min(_machine_mb(), _container_mb())


PLENTY = 1 << 40
_CGROUP = Path("/sys/fs/cgroup")


def _machine_mb() -> int:
    with suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable")) // 1024
    with suppress(OSError, ValueError, AttributeError):
        return int(os.sysconf("SC_PHYS_PAGES")) * int(os.sysconf("SC_PAGE_SIZE")) // (2 << 20)
    return PLENTY


def _container_mb() -> int:
    """Of cgroup version 2; a file that says `max` sets no limit."""
    with suppress(OSError, ValueError):
        limit = int((_CGROUP / "memory.max").read_text("ascii"))
        return max(1, (limit - int((_CGROUP / "memory.current").read_text("ascii"))) >> 20)
    return PLENTY
