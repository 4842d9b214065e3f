"""`dealergen build`: the site from its spreadsheet, settings and Markdown."""

from __future__ import annotations

import datetime as dt
import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dealergen.errors import DealergenError

from .progress import shown_progress
from .root import site_option
from .summary import counted, summary_lines, warnings_of
from .terminal import Terminal, terminal_of
from .verified import tell_verified, verified

if TYPE_CHECKING:
    from dealergen.build import BuildReport


class Moment(click.ParamType[dt.datetime]):
    """A moment in ISO 8601, with or without an offset; a bare day is its first second."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        if isinstance(value, dt.datetime):
            return value
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a moment in ISO 8601, such as 2025-11-28T09:00 or 2025-11-28.", param, ctx)


SECONDS = click.FloatRange(min=0)


@click.command()
@site_option
@click.option("--out", type=click.Path(path_type=Path), help="Where to write. Default: public/ beside site.yaml.")
@click.option("--source", metavar="PATH_OR_URL", help="The inventory, instead of site.yaml's inventory.source.")
@click.option("--base-url", metavar="URL", help="The address to publish at, instead of site.yaml's (for previews).")
@click.option("--now", type=Moment(), metavar="MOMENT", help="The build's clock, ISO 8601. Default: now.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes. Default: one a core.")
@click.option("--atomic", is_flag=True, help="Swap the site in whole, for a host that serves the folder directly.")
@click.option("--keep", type=click.IntRange(min=1), default=2, metavar="N", help="Releases that stay. Default: 2.")
@click.option("--wait", type=SECONDS, default=30.0, metavar="SECONDS", help="Patience with another build. Default: 30.")
@click.option("--accept", is_flag=True, help="Take an inventory that the guard would refuse.")
@click.option("--verify", is_flag=True, help="Build once more from nothing, compare, and exit with 1 when it differs.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there is a warning or a row was set aside.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout, and nothing else there.")
@click.pass_context
def build(
    context: click.Context,
    /,
    root: Path,
    out: Path | None,
    as_json: bool,
    strict: bool,
    verify: bool,
    **how: Any,
) -> None:
    """Build the site.

    Only what changed is made and written again; what is no longer planned is removed. A bad row is set aside and told;
    a bad file is refused, and the site of the last build stays as it is. With --atomic, public/ becomes a link to the
    newest of .public-releases/; once a folder is built so, it stays so.

    \b
    Exit codes: 0 built; 1 --strict or --verify found something; 2 usage; 3 settings; 4 inventory refused;
                5 content; 6 a template failed; 7 the disk.
    """
    started = time.perf_counter()
    try:
        report = _run(context, root, out, **how)
        different = verified(root, report, how) if verify else []
    except DealergenError as error:
        if as_json:
            click.echo(json.dumps(_failure(error), ensure_ascii=False, indent=2))
        raise
    warnings = warnings_of(report)
    failed = strict and bool(warnings or report.set_aside)
    if as_json:
        told = report.as_json() | ({"differences": [one.as_json() for one in different]} if verify else {})
        click.echo(json.dumps({"ok": not (failed or different), **told}, ensure_ascii=False, indent=2))
    else:
        _tell(context, report, time.perf_counter() - started)
    if verify:
        tell_verified(terminal_of(context) if not as_json else Terminal(quiet=True), different)
    if failed:
        found = f"{counted(len(warnings), 'warning')}, {counted(len(report.set_aside), 'row')} set aside"
        click.echo(f"Failed because of --strict: {found}.", err=True)
    if failed or different:
        context.exit(1)


def _run(context: click.Context, root: Path, out: Path | None, **how: Any) -> BuildReport:
    from dealergen.build import build_site

    with shown_progress(terminal_of(context)) as progress:
        out = out.absolute() if out else None
        return build_site(root, out=out, progress=progress, tell=partial(click.echo, err=True), **how)


def _tell(context: click.Context, report: BuildReport, seconds: float) -> None:
    terminal = terminal_of(context)
    for line in summary_lines(report, seconds, verbose=terminal.verbose):
        terminal.say(line)


def _failure(error: DealergenError) -> dict[str, object]:
    """What `--json` prints for a build that failed; `exit_code` is the process's."""
    return {
        "ok": False,
        "error": {
            "message": error.message,
            "remedy": error.remedy,
            "exit_code": error.exit_code,
            "problems": [problem.as_json() for problem in error.problems],
        },
    }
