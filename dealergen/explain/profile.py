"""`dealergen profile`: where the time of a clean build goes, and what its caches save."""

from __future__ import annotations

import datetime as dt
import gc
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from dealergen.build.load import load_site
from dealergen.build.plan import plan_site
from dealergen.engine import make
from dealergen.errors import UsageError

from .meter import Meter, Steps, Tally, fragment_uses


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of HTML that pages share: rendered once for each thing that it shows, handed on after that."""

    renders: int
    uses: int
    mean: float
    """Seconds for one rendering."""

    @property
    def reuses(self) -> int:
        return max(0, self.uses - self.renders)

    @property
    def saved(self) -> float:
        """Seconds that rendering it anew for every page would have cost."""
        return self.reuses * self.mean

    def as_json(self) -> dict[str, float | int]:
        return {
            "renders": self.renders,
            "uses": self.uses,
            "reuses": self.reuses,
            "mean": round(self.mean, 9),
            "saved": round(self.saved, 6),
        }


@dataclass(frozen=True, slots=True)
class Profile:
    """What a clean build took, in one process. Times are seconds."""

    vehicles: int
    seconds: float
    steps: dict[str, float]
    parts: dict[str, float]
    """What the step `make` consists of."""
    makers: dict[str, Tally]
    templates: dict[str, Tally]
    fragments: dict[str, Fragment]
    slowest: list[tuple[float, str, int]]
    """Seconds, path and bytes of every file, the slowest first."""
    files: int
    size: int
    """Bytes of all files."""
    peak_memory: int | None
    """Bytes at most in use by the process; None where the system does not tell."""

    def as_json(self) -> dict[str, Any]:
        return {
            "vehicles": self.vehicles,
            "seconds": round(self.seconds, 4),
            "files": self.files,
            "bytes": self.size,
            "peak_memory": self.peak_memory,
            "steps": {name: round(seconds, 6) for name, seconds in self.steps.items()},
            "make": {name: round(seconds, 6) for name, seconds in self.parts.items()},
            "makers": {name: tally.as_json() for name, tally in self.makers.items()},
            "templates": {name: tally.as_json() for name, tally in self.templates.items()},
            "fragments": {name: fragment.as_json() for name, fragment in self.fragments.items()},
            "slowest": [
                {"path": path, "seconds": round(seconds, 6), "bytes": size} for seconds, path, size in self.slowest[:50]
            ],
        }


def profile_site(root: Path, *, out: Path | None = None, now: dt.datetime | None = None) -> Profile:
    """Build the site in `root` from nothing into the empty folder `out` (a temporary one if None), and measure it.

    The records of earlier builds are not touched, and the cache of photos is used. Raises UsageError when `out` holds
    anything.
    """
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is not an empty folder", remedy="A profile is of a clean build: name a new folder.")
    with tempfile.TemporaryDirectory(prefix="dealergen-profile-") as scratch, _collector_off():
        target = out or Path(scratch) / "out"
        target.mkdir(parents=True, exist_ok=True)
        return _measured(root, target, Path(scratch) / "state", now)


def _measured(root: Path, out: Path, state: Path, now: dt.datetime | None) -> Profile:
    meter = Meter(steps := Steps())
    started = perf_counter()
    site = load_site(root, base_url=None, now=now, accept=True, step=steps.begin).site
    steps.begin("plan")
    plan = plan_site(site, through=meter.through)
    steps.begin("photos")
    plan.library.make_ahead(out, 1)
    steps.begin("fingerprints")
    make(
        [meter.wrapped(artifact) for artifact in plan.artifacts],
        out,
        state,
        plan.renderer,
        progress=meter,
        observer=meter,
    )
    steps.begin("")
    return Profile(
        vehicles=len(site.stock),
        seconds=perf_counter() - started,
        steps=dict(steps.seconds),
        parts=_longest_first(meter.parts),
        makers=dict(sorted(meter.makers.items(), key=lambda item: -item[1].total)),
        templates=dict(sorted(meter.templates.items(), key=lambda item: -item[1].total)),
        fragments=_fragments(meter, fragment_uses(plan.artifacts)),
        slowest=sorted(meter.artifacts, key=lambda made: (-made[0], made[1])),
        files=len(meter.artifacts),
        size=sum(size for _, _, size in meter.artifacts),
        peak_memory=_peak_memory(),
    )


def _fragments(meter: Meter, uses: dict[str, int]) -> dict[str, Fragment]:
    found = {
        name: Fragment(meter.templates[name].count, count, meter.templates[name].mean) for name, count in uses.items()
    }
    return dict(sorted(found.items(), key=lambda item: -item[1].saved))


def _longest_first(seconds: dict[str, float]) -> dict[str, float]:
    return dict(sorted(seconds.items(), key=lambda item: -item[1]))


def _peak_memory() -> int | None:
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@contextmanager
def _collector_off() -> Iterator[None]:
    """As in a build: the model is kept to the end, so looking through it for garbage finds none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
