"""What a build did, in a few lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dealergen.errors import Problem

if TYPE_CHECKING:
    from dealergen.build import BuildReport

GROUPS = 10


def summary_lines(report: BuildReport, seconds: float, *, verbose: bool = False) -> Iterator[str]:
    """The counts; what was set aside or looks odd; when the site changes next; and where to look."""
    yield counts(report, seconds)
    yield from grouped("Set aside", report.set_aside)
    yield from grouped("Warnings", warnings_of(report))
    yield from grouped("Notices", (problem for problem in report.warnings if problem.level == "notice"))
    if verbose:
        yield from (f"  {name}: {spent:.2f} s" for name, spent in report.timings.items())
    if report.next_change is not None:
        yield f"The site changes next on {report.next_change:%Y-%m-%d at %H:%M %Z}".rstrip() + ": build again then."
    yield f"The site is in {shown_path(report.out)}. See it with: dealergen serve"


def warnings_of(report: BuildReport) -> list[Problem]:
    """What looks odd; a mere notice does not."""
    return [problem for problem in report.warnings if problem.level != "notice"]


def counts(report: BuildReport, seconds: float) -> str:
    """One line of numbers: `60 vehicles · 214 pages made, 0 skipped · … · 1.4 s`."""
    parts = [
        counted(report.vehicles, "vehicle"),
        f"{counted(report.pages_made, 'page')} made, {report.pages_skipped:,} skipped",
        f"{counted(report.files_written, 'file')} written, {report.files_removed:,} removed",
    ]
    if report.set_aside:
        parts.append(f"{counted(len(report.set_aside), 'row')} set aside")
    if report.duplicates:
        parts.append(counted(report.duplicates, "duplicate"))
    return " · ".join([*parts, f"{seconds:.1f} s"])


def counted(number: int, noun: str) -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def grouped(title: str, problems: Iterable[Problem]) -> Iterator[str]:
    """Problems by their code, the commonest first: the first of each in full, the rest as a count."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.code, []).append(problem)
    if not groups:
        return
    yield f"{title} ({sum(map(len, groups.values())):,}):"
    ranked = sorted(groups.values(), key=len, reverse=True)
    for group in ranked[:GROUPS]:
        yield f"  {group[0]}" + (f" (and {len(group) - 1:,} more like this)" if len(group) > 1 else "")
    if len(ranked) > GROUPS:
        yield f"  … and {len(ranked) - GROUPS:,} other kinds; --json lists everything"


def shown_path(path: Path) -> str:
    """`path` relative to the working folder when it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
