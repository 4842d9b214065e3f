"""The build's core: which artifacts are out of date, make them, write what differs, take away what is not planned.

The order is what makes a kill at any moment harmless: a journal first, then what must be known before any page stands
(the ledger), then files one by one (each replaced atomically), then removals, then the report of changes, then the
manifest, and the journal goes last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from dealergen.errors import DealergenError, OutputError, Problem, RenderError

from .artifact import Artifact, Renderer, Template, join_digests
from .code import code_of
from .journal import Journal
from .manifest import Manifest, Record, read_manifest, write_manifest
from .observer import Observer, Unobserved
from .progress import Progress, Silent
from .workers import Made, Result, Task, run_tasks
from .writer import DiskError, remove_file

MANIFEST = "manifest.tsv"
_ODD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Outcome:
    """What a build did. Paths are relative to the output folder."""

    made: list[str] = field(default_factory=list)
    """Artifacts whose maker ran."""
    skipped: int = 0
    """Artifacts with the fingerprint of the last build."""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    """Files that were written: new ones, and ones whose bytes differ."""
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def written(self) -> int:
        return len(self.added) + len(self.changed)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the caller does at the moments that count."""

    begin: Callable[[], None] = lambda: None
    """Before the first file is touched."""
    stage: Callable[[], Path] | None = None
    """Answers another folder, with all that stands in `out`, to work in; asked only when there is work."""
    settle: Callable[[Outcome], None] = lambda _outcome: None
    """When every file stands, before the manifest says so. Not for a staged build in which something failed."""


def make(
    artifacts: Sequence[Artifact],
    out: Path,
    state: Path,
    renderer: Renderer,
    *,
    adopted: Set[str] = frozenset(),
    jobs: int = 1,
    progress: Progress | None = None,
    observer: Observer | None = None,
    hooks: Hooks | None = None,
) -> Outcome:
    """Bring `out` up to date with `artifacts`; `state` holds the manifest and the journal.

    `adopted` are files in `out` that an earlier build is known to have made, where the manifest does not tell.
    `observer` is told of each artifact that was made.
    Raises `RenderError` after everything that can be made has been made: what failed keeps its last good file.
    """
    refuse_shared_paths(artifacts)
    refuse_odd_names(artifacts)
    hooks = hooks or Hooks()
    before = read_manifest(state / MANIFEST)
    tasks = _out_of_date(artifacts, out, before, renderer)
    planned = {artifact.path for artifact in artifacts}
    outcome = Outcome(skipped=len(artifacts) - len(tasks))
    with Journal(state, out, before, [task.artifact.path for task in tasks]) as journal:
        orphans = (before.keys() | journal.orphans | adopted) - planned
        hooks.begin()
        place = hooks.stage() if hooks.stage and (tasks or orphans) else out
        _remove(_in_the_way(orphans, tasks), place, outcome)
        after = {path: record for path, record in before.items() if path in planned}
        run = run_tasks(tasks, place, renderer, jobs)
        failures = _carry_out(tasks, run, before, after, outcome, progress or Silent(), observer or Unobserved())
        if not failures:
            _remove(sorted(orphans.difference(outcome.removed)), place, outcome)
        else:
            after |= {path: before[path] for path in orphans.difference(outcome.removed) if path in before}
        if not (failures and hooks.stage):
            hooks.settle(outcome)
        if after != before:
            write_manifest(state / MANIFEST, after)
    if failures:
        raise _summary(failures)
    return outcome


def refuse_shared_paths(artifacts: Sequence[Artifact]) -> None:
    """Raise `OutputError` when two artifacts claim one path, naming both sources.

    Paths that differ in case only count as one: they would be one file on Windows, macOS and many hosts.
    """
    owners: dict[str, Artifact] = {}
    for artifact in artifacts:
        owner = owners.setdefault(artifact.path.casefold(), artifact)
        if owner is not artifact:
            raise OutputError(
                f"Two sources ask for the page /{artifact.path}: {owner.source} and {artifact.source}",
                remedy="Give one of them another name or slug.",
            )


def refuse_odd_names(artifacts: Sequence[Artifact]) -> None:
    """Raise `OutputError` for a path that no address can hold: with control characters, or not UTF-8."""
    if not _ODD.search("".join([artifact.path for artifact in artifacts])):
        return
    for artifact in artifacts:
        if _ODD.search(artifact.path):
            raise OutputError(
                f"The name {artifact.path!a} cannot be published: it holds a control character, or is not UTF-8",
                remedy="Give the file another name.",
            )


def fingerprint(artifact: Artifact, renderer: Renderer) -> str:
    """What the artifact is made from: its maker, the code that this one reaches, and every fact that it reads."""
    maker = artifact.maker
    digests = [fact.digest for fact in artifact.reads]
    if isinstance(maker, Template):
        view = maker.view
        own = [code_of(view), view.__qualname__.encode(), code_of(renderer), renderer.closure(maker.name)]
    else:
        own = [code_of(maker), maker.__qualname__.encode()]
    return join_digests([*own, *digests]).hex()


def _out_of_date(artifacts: Sequence[Artifact], out: Path, before: Manifest, renderer: Renderer) -> list[Task]:
    tasks = []
    for artifact in artifacts:
        mark = fingerprint(artifact, renderer)
        record = before.get(artifact.path)
        stands = record is not None and record.matches(out / artifact.path)
        if record is None or not stands or record.fingerprint != mark:
            tasks.append(Task(artifact, mark, record.digest if record and stands else ""))
    return tasks


def _carry_out(
    tasks: list[Task],
    run: Generator[tuple[Task, Result]],
    before: Manifest,
    after: Manifest,
    outcome: Outcome,
    progress: Progress,
    observer: Observer,
) -> list[tuple[Task, DealergenError]]:
    """Raises `DiskError` at the first sign that nothing more can be written: the journal stays, the manifest too."""
    failures: list[tuple[Task, DealergenError]] = []
    progress.step("make", len(tasks))
    with closing(run):
        for task, result in run:
            progress.advance()
            path = task.artifact.path
            if isinstance(result, DiskError):
                raise result
            if isinstance(result, DealergenError):
                failures.append((task, result))
                continue
            _note(outcome, path, result, existed=path in before)
            status = (result.size, result.mtime_ns) if result.written else (before[path].size, before[path].mtime_ns)
            after[path] = Record(task.fingerprint, result.digest, *status)
            observer.made(task.artifact, before.get(path), after[path])
    progress.done()
    return failures


def _note(outcome: Outcome, path: str, result: Made, *, existed: bool) -> None:
    outcome.made.append(path)
    if result.written:
        (outcome.changed if existed else outcome.added).append(path)


def _in_the_way(orphans: set[str], tasks: list[Task]) -> list[str]:
    """Orphans that cannot wait: a file where a folder is needed now, or files in a folder where a file is."""
    if not orphans:
        return []
    wanted = {task.artifact.path for task in tasks}
    folders = {folder for path in wanted for folder in _folders(path)}
    return sorted(path for path in orphans if path in folders or not wanted.isdisjoint(_folders(path)))


def _folders(path: str) -> list[str]:
    """`a/b/c.html` → `a`, `a/b`."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]


def _remove(paths: list[str], out: Path, outcome: Outcome) -> None:
    for path in paths:
        remove_file(out / path, out)
        outcome.removed.append(path)


def _summary(failures: list[tuple[Task, DealergenError]]) -> DealergenError:
    for _, error in failures:
        if isinstance(error, OutputError):
            return error  # the disk itself: one sentence says it all
    problems = [
        Problem("render.failed", f"/{task.artifact.path}: {error.message}", task.artifact.source, remedy=error.remedy)
        for task, error in failures
    ]
    count = f"{len(failures)} pages" if len(failures) > 1 else "One page"
    return RenderError(f"{count} could not be made; the last good version of each was kept", problems=problems)
