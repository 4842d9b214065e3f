"""The run: jobs onto a lane, results off it; what a machine lost is tried again, what a site got wrong is not."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence

from .job import Job, Result
from .lanes import Lane
from .report import FleetReport

Tell = Callable[[Result, int], None]
"""Called with each result, and how many sites are settled; a result that is tried again counts for none."""


def _silent(_result: Result, _settled: int) -> None: ...


def run_fleet(
    jobs: Sequence[Job], lane: Lane, *, retries: int = 2, fail_fast: bool = False, tell: Tell = _silent
) -> FleetReport:
    """Carry out every job, whatever becomes of the others, and report.

    `retries` counts further attempts at a job that was lost to its machine, storage or time limit. With `fail_fast` no
    job is started after the first failure; those under way come to their end.
    """
    started = time.monotonic()
    run = _Run(jobs, lane, retries, fail_fast, tell)
    try:
        run.to_the_end()
    finally:
        lane.close()
    results = [run.results.get(job.name) or Result(job.name, "not-started") for job in jobs]
    return FleetReport(results, time.monotonic() - started, getattr(lane, "workers_lost", 0))


class _Run:
    def __init__(self, jobs: Sequence[Job], lane: Lane, retries: int, fail_fast: bool, tell: Tell) -> None:
        self.results: dict[str, Result] = {}
        self._waiting = deque(jobs)
        self._under_way = 0
        self._lane = lane
        self._retries = retries
        self._fail_fast = fail_fast
        self._tell = tell
        self._attempts: Counter[str] = Counter()

    def to_the_end(self) -> None:
        while self._waiting or self._under_way:
            self._start_what_fits()
            for job, result in self._lane.finished():
                self._under_way -= 1
                self._settle(job, result)

    def _start_what_fits(self) -> None:
        limit = self._lane.width if self._fail_fast else len(self._waiting) + self._under_way
        while self._waiting and self._under_way < limit and self._lane.has_room(self._waiting[0]):
            job = self._waiting.popleft()
            self._attempts[job.name] += 1
            self._lane.start(job)
            self._under_way += 1

    def _settle(self, job: Job, result: Result) -> None:
        result.attempts = self._attempts[job.name]
        stopped = self._fail_fast and any(not other.ok for other in self.results.values())
        if result.status == "lost" and result.attempts <= self._retries and not stopped:
            self._waiting.append(job)
        else:
            self.results[job.name] = result
            if self._fail_fast and not result.ok:
                self._waiting.clear()
        self._tell(result, len(self.results))
