"""`dealergen fleet`: many dealers' sites from one file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dealergen.errors import DealergenError

from .build import Moment
from .terminal import Terminal, terminal_of

if TYPE_CHECKING:
    from dealergen.fleet import FleetReport, Job, Result


@click.group()
def fleet() -> None:
    """Build many dealers' sites from one file, each in a process of its own, with one report."""


OPTIONS: tuple[Callable[[Callable[..., Any]], Callable[..., Any]], ...] = (
    click.argument("file", type=click.Path(path_type=Path), default="fleet.yaml"),
    click.option("--only", multiple=True, metavar="NAME", help="Only this site; may be repeated."),
    click.option("--except", "without", multiple=True, metavar="NAME", help="Not this site; may be repeated."),
    click.option("--scheduler", metavar="URL", help="Run on the Dask cluster there, such as tcp://host:8786."),
    click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Sites at once on this machine."),
    click.option("--now", type=Moment(), metavar="MOMENT", help="The clock of all sites, ISO 8601. Default: now."),
    click.option("--accept", is_flag=True, help="Take inventories that the guard would refuse."),
    click.option(
        "--retries",
        type=click.IntRange(min=0),
        default=2,
        metavar="N",
        help="Further attempts at a site that was lost to its machine or storage. Default: 2.",
    ),
    click.option("--fail-fast", is_flag=True, help="Start no further site after the first failure."),
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout, and nothing else there."),
    click.pass_context,
)


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """What building and checking have in common."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@fleet.command()
@_common
def build(context: click.Context, /, **how: Any) -> None:
    """Build every site of FILE (default: fleet.yaml).

    One site's failure is its own: the others are built. Clashes, such as two sites with one output, are refused before
    anything is built.

    \b
    Exit codes: 0 all are built; 1 some are not, each with its own code in the report; 2 usage; 3 fleet.yaml.
    """
    _run(context, "build", **how)


@fleet.command()
@_common
def check(context: click.Context, /, **how: Any) -> None:
    """Read the settings, inventory, content and theme of every site of FILE, and build nothing.

    \b
    Exit codes: 0 all hold; 1 some do not, each with its own code in the report; 2 usage; 3 fleet.yaml.
    """
    _run(context, "check", **how)


@fleet.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--out", metavar="PATTERN", help="Where each site goes, such as s3://bucket/{name}.")
def new(folder: Path, out: str | None) -> None:
    """Write a fleet.yaml into FOLDER for every site in the folders below it."""
    from dealergen.fleet.new import write_fleet

    file, names = write_fleet(folder, out)
    click.echo(f"{file}: {', '.join(names)}")


def _run(context: click.Context, action: Any, file: Path, as_json: bool, **how: Any) -> None:
    try:
        report = _report(terminal_of(context), action, file, **how)
    except DealergenError as error:
        if as_json:
            problems = [problem.as_json() for problem in error.problems]
            told = {"message": error.message, "remedy": error.remedy, "exit_code": error.exit_code}
            click.echo(json.dumps({"ok": False, "error": {**told, "problems": problems}}, ensure_ascii=False, indent=2))
        raise
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        _tell(terminal_of(context), report)
    context.exit(report.exit_code)


def _report(
    terminal: Terminal, action: Any, file: Path, *, only: tuple[str, ...], without: tuple[str, ...],
    scheduler: str | None, jobs: int | None, now: Any, accept: bool, retries: int, fail_fast: bool,
) -> FleetReport:  # fmt: skip
    from dealergen.fleet import load_fleet, plan_jobs, run_fleet, select

    fleet = load_fleet(file)
    chosen = select(plan_jobs(fleet, now=now, accept=accept, action=action), only, without)
    lane = _lane(chosen, scheduler, jobs or fleet.settings.jobs, fleet.settings.memory_mb)
    return run_fleet(chosen, lane, retries=retries, fail_fast=fail_fast, tell=_teller(terminal, len(chosen)))


def _lane(chosen: list[Job], scheduler: str | None, jobs: int | None, memory_mb: int | None) -> Any:
    if scheduler:
        from dealergen.fleet.cluster import ClusterLane

        return ClusterLane(scheduler)
    from dealergen.fleet.lanes import LocalLane

    return LocalLane(jobs, memory_mb, sites=len(chosen))


def _teller(terminal: Terminal, total: int) -> Callable[[Result, int], None]:
    """A line on stderr for each site that is done, and for each that is tried again."""
    settled_before = 0

    def tell(result: Result, settled: int) -> None:
        nonlocal settled_before
        again = settled == settled_before
        settled_before = settled
        if not terminal.quiet:
            said = f"lost, tried again: {(result.error or {}).get('message', '')}" if again else result.status
            click.echo(f"[{settled}/{total}] {result.name}: {said} ({result.seconds:.1f} s)", err=True)

    return tell


def _tell(terminal: Terminal, report: FleetReport) -> None:
    from dealergen.fleet.report import table_lines

    for line in table_lines(report):
        terminal.say(line)
