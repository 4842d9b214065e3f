"""One build from beginning to end."""

from __future__ import annotations

import datetime as dt
import gc
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dealergen.engine import Outcome, make
from dealergen.engine.lock import build_lock
from dealergen.engine.make import MANIFEST
from dealergen.engine.progress import Progress, Silent
from dealergen.engine.workers import usable_cores
from dealergen.engine.writer import replace_file
from dealergen.site.ledger_io import LEDGER_FILE, write_ledger

from .adopt import earlier_files
from .load import Loaded, load_site
from .plan import Plan, plan_site
from .remember import remembered
from .report import BuildReport

STATE = ".dealergen"
LOCK_PATIENCE = 30.0
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
    progress: Progress | None = None,
) -> BuildReport:
    """Build the site in `root` into `out` (default: `root/public`) and say what was done.

    `now` is the build's clock, `base_url` and `source` stand in for the settings' own, `accept` overrides the guard.
    Raises a `DealergenError`; the site that stood in `out` is then still whole.
    """
    root = root.resolve()
    target = (out or root / "public").resolve()
    progress = progress or Silent()
    report = BuildReport(target)
    with build_lock(root / STATE, wait=LOCK_PATIENCE), _quiet_collector():
        with _timed(report, "read", progress):
            loaded = load_site(root, base_url=base_url, now=now, accept=accept, source=source)
        with _timed(report, "plan", progress):
            plan = plan_site(loaded.site)
        gc.freeze()
        started = time.perf_counter()
        state = state_folder(root, target)
        adopted = earlier_files(target, plan.prefix) if not (state / MANIFEST).is_file() else set()
        with remembered(state, loaded.site, plan) as observer:
            outcome = make(
                plan.artifacts,
                target,
                state,
                plan.renderer,
                adopted=adopted,
                jobs=jobs or usable_cores(),
                progress=progress,
                observer=observer,
            )
        report.timings["make"] = time.perf_counter() - started
        _record(root, loaded, plan, outcome)
    return _completed(report, loaded, plan, outcome)


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


def _record(root: Path, loaded: Loaded, plan: Plan, outcome: Outcome) -> None:
    """Keep what the next build, and the pipeline around this one, want to know."""
    plan.library.save_index()
    write_ledger(plan.ledger, root / LEDGER_FILE)
    moments = [moment.isoformat() for moment in loaded.site.changes_at]
    _write_json(root / STATE / "schedule.json", {"next": moments[:1], "changes": moments})
    urls = {page.artifact.path: page.url for page in plan.pages}
    changes = {
        "added": [urls[path] for path in outcome.added if path in urls],
        "changed": [urls[path] for path in outcome.changed if path in urls],
        "removed": [f"/{path.removesuffix('index.html')}" for path in outcome.removed if path.endswith(".html")],
    }
    _write_json(root / STATE / "changes.json", changes)


def _write_json(file: Path, value: object) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    if not file.is_file() or file.read_text("utf-8") != text:
        replace_file(file, text.encode())


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
    report.warnings = [*loaded.warnings, *plan.problems]
    report.next_change = loaded.site.changes_at[0] if loaded.site.changes_at else None
    report.clock, report.before = loaded.site.now, loaded.before
    return report
