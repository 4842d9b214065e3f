"""Making artifacts: in this process, or in forked ones that share the plan without copying it.

Results come back in the order of the plan, whoever made them. What becomes of a worker that dies is `pool`'s business.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator
from contextlib import closing
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


def run_tasks(tasks: list[Task], out: Path, renderer: Renderer, jobs: int) -> Generator[tuple[Task, Result]]:
    """Every task with its result, in order. Close it to stop the work."""
    if jobs > 1 and len(tasks) >= WORTH_FORKING and can_fork():
        from .pool import Pool

        pool = Pool(jobs, len(tasks), CHUNK, lambda index: _attempt(tasks[index], out, renderer), _lost(tasks))
        with closing(pool.results()) as results:
            yield from zip(tasks, results, strict=True)
    else:
        for task in tasks:
            yield task, _attempt(task, out, renderer)


def can_fork() -> bool:
    """Whether this platform makes a process by copying one."""
    return "fork" in multiprocessing.get_all_start_methods()


def usable_cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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


def _lost(tasks: list[Task]) -> Callable[[int, str], DealergenError]:
    def error(index: int, how: str) -> RenderError:
        return RenderError(
            f"A worker process died ({how}) while it made /{tasks[index].artifact.path}, twice",
            remedy="If memory ran out, build again with --jobs 1; else look at the record that this page is made from.",
        )

    return error
