"""What a fleet's run did: one line a site for a person, everything for a machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dealergen.errors import shorten

from .job import Result

STATUSES = ("built", "checked", "failed", "lost", "not-started")


@dataclass(slots=True)
class FleetReport:
    """The results, in the order of fleet.yaml."""

    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0
    workers_lost: int = 0
    """Workers of the cluster that went away during the run."""

    @property
    def ok(self) -> bool:
        return all(result.ok for result in self.results)

    @property
    def exit_code(self) -> int:
        return 0 if self.ok else 1

    def count(self, status: str) -> int:
        return sum(result.status == status for result in self.results)

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "seconds": round(self.seconds, 3),
            "counts": {status: self.count(status) for status in STATUSES},
            "workers_lost": self.workers_lost,
            "sites": [result.as_json() for result in self.results],
        }


def table_lines(report: FleetReport) -> Iterator[str]:
    """A table, what failed in full, and the sum."""
    head = ("site", "status", "exit", "vehicles", "pages", "written", "removed", "warnings", "seconds", "peak MB")
    rows = [head, *map(_row, report.results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [row[0].ljust(widths[0]), row[1].ljust(widths[1])]
        yield "  ".join(cells + [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]).rstrip()
    for result in report.results:
        if result.error:
            yield from _failure(result)
    yield ""
    noun = "site" if len(report.results) == 1 else "sites"
    counts = ", ".join(f"{report.count(status)} {status}" for status in STATUSES if report.count(status))
    yield f"{len(report.results)} {noun}: {counts}, in {report.seconds:.1f} s"
    if report.workers_lost:
        yield f"{report.workers_lost} of the cluster's workers went away meanwhile; others took their work over"


def _row(result: Result) -> tuple[str, ...]:
    built = result.report or {}
    files = built.get("files", {})
    numbers = (
        built.get("vehicles"),
        built.get("pages", {}).get("total"),
        files.get("written"),
        files.get("removed"),
        _warnings(built) if built else None,
    )
    spent = f"{result.seconds:.1f}" if result.status != "not-started" else "–"
    shown = ("–" if number is None else f"{number:,}" for number in numbers)
    return (result.name, result.status, str(result.exit_code), *shown, spent, str(result.peak_mb or "–"))


def _warnings(built: dict[str, Any]) -> int:
    warned = sum(problem.get("level") == "warning" for problem in built.get("warnings", []))
    return int(warned) + len(built.get("set_aside", []))


def _failure(result: Result) -> Iterator[str]:
    error = result.error or {}
    yield ""
    tried = f" after {result.attempts} attempts" if result.attempts > 1 else ""
    yield f"{result.name}: {result.status}{tried} (exit code {result.exit_code}): {error.get('message', '')}"
    for problem in error.get("problems", []):
        yield f"  {_problem(problem)}"
    if error.get("remedy"):
        yield f"  {error['remedy']}"


def _problem(problem: dict[str, Any]) -> str:
    place = ":".join(str(problem[key]) for key in ("file", "line", "column") if problem.get(key) is not None)
    value = f" (found {shorten(str(problem['value']))!r})" if problem.get("value") is not None else ""
    return f"{place}: {problem['message']}{value}. {problem['remedy']}".removeprefix(": ").rstrip()
