"""Making artifacts: in this process, or in forked ones that share the plan without copying it.

Results come back in the order of the plan, whoever made them.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from dealergen.errors import DealergenError, RenderError

from .artifact import Artifact, Renderer, Template
from .writer import replace_file

CHUNK = 64
WORTH_FORKING = 600
"""Below so many artifacts, starting processes costs more than it saves."""


@dataclass(slots=True)
class Task:
    """An artifact that is out of date."""

    artifact: Artifact
    fingerprint: str
    standing: str
    """Digest of the bytes that stand at its path now; empty when nothing that we wrote does."""


@dataclass(slots=True)
class Made:
    """What came of a task."""

    digest: str
    written: bool
    """False when the new bytes are those that stood there."""
    size: int = 0
    mtime_ns: int = 0


Result = Made | DealergenError


def run_tasks(tasks: list[Task], out: Path, renderer: Renderer, jobs: int) -> Iterator[tuple[Task, Result]]:
    """Every task with its result, in order."""
    if jobs > 1 and len(tasks) >= WORTH_FORKING and "fork" in multiprocessing.get_all_start_methods():
        yield from _in_processes(tasks, out, renderer, jobs)
    else:
        for task in tasks:
            yield task, _attempt(task, out, renderer)


def _attempt(task: Task, out: Path, renderer: Renderer) -> Result:
    try:
        data = _bytes_of(task.artifact, renderer)
        digest = blake2b(data, digest_size=16).hexdigest()
        if digest == task.standing:
            return Made(digest, written=False)
        status = replace_file(out / task.artifact.path, data)
        return Made(digest, True, status.st_size, status.st_mtime_ns)
    except DealergenError as error:
        return error
    except Exception as error:
        return RenderError(f"{type(error).__name__}: {error}")


def _bytes_of(artifact: Artifact, renderer: Renderer) -> bytes:
    maker = artifact.maker
    if isinstance(maker, Template):
        context = maker.view(*[fact.value for fact in artifact.reads])
        return renderer.render(maker.name, context).encode("utf-8", "replace")
    return maker(**{fact.name: fact.value for fact in artifact.reads})


_shared: tuple[list[Task], Path, Renderer] | None = None
"""The plan, set just before forking, so that children find it in their memory instead of receiving it."""


def _in_processes(tasks: list[Task], out: Path, renderer: Renderer, jobs: int) -> Iterator[tuple[Task, Result]]:
    global _shared  # noqa: PLW0603 - a forked child inherits module state, and nothing else without pickling
    _shared = (tasks, out, renderer)
    starts = range(0, len(tasks), CHUNK)
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            futures = [pool.submit(_chunk, start) for start in starts]
            for start, future in zip(starts, futures, strict=True):
                yield from zip(
                    tasks[start : start + CHUNK], _collect(future, tasks[start : start + CHUNK]), strict=True
                )
    finally:
        _shared = None


def _chunk(start: int) -> list[Result]:
    assert _shared is not None  # noqa: S101 - set before the fork
    tasks, out, renderer = _shared
    return [_attempt(task, out, renderer) for task in tasks[start : start + CHUNK]]


def _collect(future: Future[list[Result]], tasks: list[Task]) -> list[Result]:
    try:
        return future.result()
    except BrokenProcessPool:
        first, last = tasks[0].artifact.path, tasks[-1].artifact.path
        lost = RenderError(
            f"A worker process died while pages from /{first} to /{last} were being made",
            remedy="Most often memory ran out: build again with --jobs 1.",
        )
        return [lost for _ in tasks]


def usable_cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
