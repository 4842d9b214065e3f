"""Jobs on a Dask cluster: each worker builds in processes of its own, and what a lost worker had begun goes to another.

The scheduler starts the work of a dead worker again on another one by itself. What it cannot know, that a half-written
site is safe to build again, the engine and the site's lock see to.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dealergen.engine.code import code_digest
from dealergen.errors import UsageError

from .job import OWN_CODE, Job, Result, lost
from .process import run_job

MEMORY = "MEMORY"
"""A resource that workers may declare, in bytes: `dask worker --resources MEMORY=8e9`."""
PATIENCE = 60.0
"""Seconds to go on without any worker."""


class ClusterLane:
    """The workers of the Dask scheduler at `address`, such as `tcp://10.0.0.5:8786`.

    Raises `UsageError` when no scheduler answers there, or no worker joins it, within `wait` seconds.
    """

    def __init__(self, address: str, *, wait: float = 10.0, patience: float = PATIENCE) -> None:
        self._client = _connected(address, wait)
        self._address = address
        self._patience = patience
        self._running: dict[Any, Job] = {}
        self._workers: dict[str, dict[str, Any]] = {}
        self._seen: set[str] = set()
        self._alone_since: float | None = None
        self._looked = 0.0
        self._serial = 0
        self._wait_for_a_worker(wait)

    @property
    def width(self) -> int:
        """How many jobs the workers take at once."""
        return max(1, sum(int(worker["nthreads"]) for worker in self._workers.values()))

    @property
    def workers_lost(self) -> int:
        """How many workers there were that are gone."""
        return len(self._seen - self._workers.keys())

    def has_room(self, job: Job) -> bool:  # noqa: ARG002 - the scheduler itself queues
        return len(self._running) < 4 * self.width

    def start(self, job: Job) -> None:
        self._serial += 1
        job = replace(job, jobs=1, code=code_digest(OWN_CODE).hex())
        resources = {MEMORY: job.memory_mb * 1_000_000} if self._declares_memory() else None
        key = f"dealergen-{job.action}-{job.name}-{self._serial}"
        future = self._client.submit(run_job, job.as_json(), key=key, pure=False, resources=resources)
        self._running[future] = job

    def finished(self) -> Iterator[tuple[Job, Result]]:
        import distributed

        dask: Any = distributed  # parts of it are not annotated
        try:
            dask.wait(list(self._running), timeout=0.5, return_when="FIRST_COMPLETED")
        except Exception:  # a time-out, or a future that was cancelled: each future tells for itself
            time.sleep(0.02)
        self._look()
        for future in [future for future in self._running if future.status != "pending"]:
            yield self._running.pop(future), _result(future, future.key)
        if self._given_up():
            yield from self._abandoned()

    def close(self) -> None:
        """Let go of the scheduler; jobs under way on workers are cancelled, and end with their worker's process."""
        try:
            self._client.cancel(list(self._running))
            self._client.close(timeout=5)
        except Exception:
            return  # the scheduler is gone already

    def _wait_for_a_worker(self, wait: float) -> None:
        deadline = time.monotonic() + wait
        while not self._look(force=True):
            if time.monotonic() > deadline:
                self.close()
                raise UsageError(
                    f"No worker has joined the scheduler at {self._address}",
                    remedy=f"Start some where dealergen[fleet] is installed: dask worker {self._address}",
                )
            time.sleep(0.2)

    def _look(self, *, force: bool = False) -> bool:
        """Whether there are workers; asks the scheduler once a second."""
        if not force and time.monotonic() - self._looked < 1:
            return bool(self._workers)
        self._looked = time.monotonic()
        try:
            self._workers = dict(self._client.scheduler_info(n_workers=-1)["workers"])
        except Exception:  # the scheduler does not answer: as good as no workers
            self._workers = {}
        self._seen |= self._workers.keys()
        self._alone_since = None if self._workers else self._alone_since or self._looked
        return bool(self._workers)

    def _given_up(self) -> bool:
        return self._alone_since is not None and time.monotonic() - self._alone_since > self._patience

    def _abandoned(self) -> Iterator[tuple[Job, Result]]:
        for job in self._running.values():
            remedy = "See whether scheduler and workers still run, then run the fleet again."
            yield job, lost(job.name, f"no worker of {self._address} is left", remedy)
        self._running.clear()

    def _declares_memory(self) -> bool:
        return any(MEMORY in worker.get("resources", {}) for worker in self._workers.values())


def _connected(address: str, wait: float) -> Any:
    try:
        import distributed
    except ImportError:
        raise UsageError("--scheduler needs Dask", remedy="pip install 'dealergen[fleet]'") from None
    try:
        dask: Any = distributed
        return dask.Client(address, timeout=wait, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        remedy = "Start one with `dask scheduler`, and name the address that it prints."
        raise UsageError(f"No Dask scheduler answers at {address} ({error})", remedy=remedy) from None


def _result(future: Any, key: object) -> Result:
    """What a job answered, or how the cluster lost it."""
    name = str(key).split("-", 2)[2].rpartition("-")[0]
    if future.status == "finished":
        try:
            return Result(**future.result(timeout=60))
        except Exception as error:  # the worker that held the answer is gone
            return lost(name, f"its result could not be fetched: {error}")
    if future.status == "error":
        return lost(name, f"the cluster could not build it: {future.exception(timeout=60)}")
    return lost(name, f"the cluster dropped it ({future.status})", "See whether the scheduler was restarted.")
