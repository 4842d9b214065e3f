"""One build from beginning to end."""

from __future__ import annotations

import datetime as dt
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dealergen.engine import Outcome, make
from dealergen.engine.lock import build_lock
from dealergen.engine.make import MANIFEST, Hooks
from dealergen.engine.progress import Progress, Silent
from dealergen.engine.release import KEPT, Releases, released
from dealergen.engine.workers import usable_cores
from dealergen.site import Site
from dealergen.site.ledger_io import LEDGER_FILE, write_ledger

from .adopt import earlier_files
from .changes import write_changes, write_schedule
from .load import Loaded, load_site
from .place import output_folder, refuse_sources
from .plan import Plan, plan_site
from .remember import remembered
from .report import BuildReport

STATE = ".dealergen"
PATIENCE = 30.0
"""Seconds to wait for another build of the same site to end."""


def build_site(
    root: Path,
    *,
    out: Path | None = None,
    base_url: str | None = None,
    now: dt.datetime | None = None,
    jobs: int | None = None,
    accept: bool = False,
    source: str | None = None,
    atomic: bool = False,
    keep: int = KEPT,
    wait: float = PATIENCE,
    tell: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build the site in `root` into `out` (default: `root/public`) and say what was done.

    `now` is the build's clock, `base_url` and `source` stand in for the settings' own, `accept` overrides the guard.
    `atomic` swaps a whole release in and keeps the last `keep`; a folder that was built so stays so. Another build of
    the site is waited for, `wait` seconds at most; `tell` hears why.
    Raises a `DealergenError`; the site that stood in `out` is then still whole.
    """
    root = root.resolve()
    target = output_folder(root, out)
    progress = progress or Silent()
    report = BuildReport(target)
    with build_lock(root / STATE, wait=wait, tell=tell), _quiet_collector():
        with _timed(report, "read", progress):
            loaded = load_site(root, base_url=base_url, now=now, accept=accept, source=source)
            refuse_sources(target, root, loaded.site.settings)
        with _timed(report, "plan", progress):
            plan = plan_site(loaded.site, progress=progress)
        gc.freeze()
        started = time.perf_counter()
        plan.library.make_ahead(target, jobs or usable_cores(), progress)
        report.timings["photos"] = time.perf_counter() - started
        started = time.perf_counter()
        releases = Releases(target, state_folder(root, target), keep) if atomic or released(target) else None
        with _published(releases):
            outcome = _make(root, loaded.site, plan, target, releases, jobs or usable_cores(), progress)
        report.timings["make"] = time.perf_counter() - started
        plan.library.save_index()
        plan.library.prune(loaded.site.settings.photos.keep_days)
    return _completed(report, loaded, plan, outcome)


def _make(
    root: Path, site: Site, plan: Plan, target: Path, releases: Releases | None, jobs: int, progress: Progress
) -> Outcome:
    """Bring the output folder, or the next release of it, up to date, with what the next build must know of it.

    The ledger is written before the first page stands: an address that was published for a moment is never forgotten.
    A release is published after it is whole, so its ledger comes then.
    """

    def remember() -> None:
        write_ledger(plan.ledger, root / LEDGER_FILE)

    def settle(outcome: Outcome) -> None:
        remember()
        write_schedule(root / STATE, site)
        write_changes(root / STATE, plan, outcome, site)

    state = state_folder(root, target)
    standing = releases.open() if releases else target
    hooks = Hooks(settle=settle, stage=releases.stage) if releases else Hooks(begin=remember, settle=settle)
    adopted = earlier_files(standing, plan.prefix) if not (state / MANIFEST).is_file() else set()
    with remembered(state, site, plan) as observer:
        return make(
            plan.artifacts, standing, state, plan.renderer,
            adopted=adopted, jobs=jobs, progress=progress, observer=observer, hooks=hooks,
        )  # fmt: skip


@contextmanager
def _published(releases: Releases | None) -> Iterator[None]:
    """What was staged is served at the end, or given up."""
    if releases is None:
        yield
        return
    try:
        yield
        releases.publish()
    finally:
        releases.discard()


@contextmanager
def _timed(report: BuildReport, name: str, progress: Progress) -> Iterator[None]:
    progress.step(name, 0)
    started = time.perf_counter()
    yield
    report.timings[name] = time.perf_counter() - started
    progress.done()


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """The model is built once and kept to the end: looking through it for garbage again and again costs a third."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


def state_folder(root: Path, target: Path) -> Path:
    """A folder of state for each output folder, so that two of them do not confuse each other. Both are resolved."""
    from hashlib import blake2b

    builds = root / STATE / "builds"
    if target == root / "public":
        return builds / "public"
    return builds / f"{target.name}-{blake2b(str(target).encode(), digest_size=4).hexdigest()}"


def _completed(report: BuildReport, loaded: Loaded, plan: Plan, outcome: Outcome) -> BuildReport:
    paths = {page.artifact.path for page in plan.pages}
    inventory = loaded.site.inventory
    report.vehicles = len(loaded.site.stock)
    report.pages = len(paths)
    report.pages_made = sum(path in paths for path in outcome.made)
    report.pages_skipped = len(paths) - report.pages_made
    report.files_written = outcome.written
    report.files_removed = len(outcome.removed)
    report.set_aside = inventory.set_aside
    report.duplicates = len(inventory.duplicates)
    report.warnings = [*loaded.warnings, *plan.problems, *outcome.problems]
    report.next_change = loaded.site.changes_at[0] if loaded.site.changes_at else None
    report.clock, report.before = loaded.site.now, loaded.before
    return report
