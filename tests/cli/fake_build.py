"""A builder that does as the test says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dealergen.errors import Problem


@dataclass
class Report:
    """A build's report, with the figures of a demo lot."""

    out: Path
    vehicles: int = 60
    pages: int = 214
    pages_made: int = 214
    pages_skipped: int = 0
    files_written: int = 231
    files_removed: int = 0
    set_aside: list[Problem] = field(default_factory=list)
    duplicates: int = 0
    warnings: list[Problem] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=lambda: {"read": 0.25})
    next_change: dt.datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {"vehicles": self.vehicles, "warnings": [problem.as_json() for problem in self.warnings]}


@dataclass
class FakeBuild:
    """Stands in for the builder: remembers its calls, and answers or raises what it was told."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    error: BaseException | None = None

    def __call__(self, root: Path, **how: Any) -> Report:
        progress, _tell = how.pop("progress"), how.pop("tell")
        self.calls.append({"root": root, **how})
        if progress is not None:
            progress.step("read", 0)
            progress.done()
            progress.step("make", 214)
            progress.advance(214)
            progress.done()
        if self.error is not None:
            raise self.error
        return Report(how["out"] or root / "public", **self.report)
