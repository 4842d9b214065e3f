"""What a build did, for a person and for a machine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dealergen.errors import Problem
from dealergen.site import Ledger


@dataclass(slots=True)
class BuildReport:
    """The account of a build. Times are seconds."""

    out: Path
    vehicles: int = 0
    pages: int = 0
    """HTML pages of the whole site."""
    pages_made: int = 0
    pages_skipped: int = 0
    files_written: int = 0
    files_removed: int = 0
    set_aside: list[Problem] = field(default_factory=list)
    """Rows that were left out."""
    duplicates: int = 0
    warnings: list[Problem] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    next_change: dt.datetime | None = None
    """When the site would next differ with the same inputs."""
    clock: dt.datetime | None = None
    """The moment that it was built for."""
    before: Ledger | None = None
    """The ledger that it started from."""

    def as_json(self) -> dict[str, Any]:
        return {
            "out": str(self.out),
            "vehicles": self.vehicles,
            "pages": {"total": self.pages, "made": self.pages_made, "skipped": self.pages_skipped},
            "files": {"written": self.files_written, "removed": self.files_removed},
            "set_aside": [problem.as_json() for problem in self.set_aside],
            "duplicates": self.duplicates,
            "warnings": [problem.as_json() for problem in self.warnings],
            "seconds": {name: round(seconds, 4) for name, seconds in self.timings.items()},
            "next_change": self.next_change.isoformat() if self.next_change else None,
        }
