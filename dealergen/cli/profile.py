"""`dealergen profile`: where the time of a build goes."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .build import Moment
from .root import site_option
from .summary import counted
from .terminal import terminal_of

if TYPE_CHECKING:
    from rich.console import Console

    from dealergen.explain.profile import Profile

SHOWN = 12
PIPED = 140


@click.command()
@site_option
@click.option("--out", type=click.Path(path_type=Path), help="An empty folder to build into. Default: a temporary one.")
@click.option("--now", type=Moment(), metavar="MOMENT", help="The build's clock, ISO 8601. Default: now.")
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as JSON on stdout.")
@click.pass_context
def profile(context: click.Context, root: Path, out: Path | None, now: dt.datetime | None, as_json: bool) -> None:
    """Build once from nothing, in one process, and tell where the time goes.

    Time by step; the dearest makers and templates; how often what pages share was handed on instead of being made
    again; the slowest pages; the most memory in use. The site in public/ and its records are left alone.

    \b
    Exit codes: 0 told; 2 usage; 3 settings; 4 inventory refused; 5 content; 6 a template failed; 7 the disk.
    """
    from dealergen.explain.profile import profile_site

    found = profile_site(root, out=out.absolute() if out else None, now=now)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    elif not terminal_of(context).quiet:
        _tell(found, 1_000_000 if terminal_of(context).verbose else SHOWN)


def _tell(found: Profile, shown: int) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else PIPED, highlight=False)
    rate = f"{1000 * found.seconds / found.files:.2f} ms a file" if found.files else "nothing was made"
    memory = f" · at most {found.peak_memory / 2**20:,.0f} MB" if found.peak_memory else ""
    console.print(
        f"{counted(found.vehicles, 'vehicle')} · {counted(found.files, 'file')} · {found.size / 2**20:,.1f} MB · "
        f"{found.seconds:.2f} s · {rate}{memory}"
    )
    _steps(console, found)
    tallies = (("Makers (with writing)", found.makers), ("Templates", found.templates))
    for title, counts in tallies:
        rows = [
            (name, f"{tally.count:,}", _ms(tally.total), _ms(tally.mean, 3), _ms(tally.longest), _kb(tally.size))
            for name, tally in list(counts.items())[:shown]
        ]
        _table(console, title, ("", "count", "total ms", "mean ms", "max ms", "KB"), rows)
    _fragments(console, found, shown)
    slowest = [(path, _ms(seconds), _kb(size)) for seconds, path, size in found.slowest[:shown]]
    _table(console, "Slowest files", ("", "ms", "KB"), slowest)


def _steps(console: Console, found: Profile) -> None:
    rows = [(name, _ms(seconds), _share(seconds, found.seconds)) for name, seconds in found.steps.items()]
    _table(console, "Steps", ("", "ms", "share"), rows)
    rows = [(name, _ms(seconds), _share(seconds, found.seconds)) for name, seconds in found.parts.items()]
    _table(console, "Within make", ("", "ms", "share"), rows)


def _fragments(console: Console, found: Profile, shown: int) -> None:
    rows = [
        (name, f"{one.renders:,}", f"{one.reuses:,}", _share(one.reuses, one.uses), _ms(one.saved))
        for name, one in list(found.fragments.items())[:shown]
    ]
    _table(console, "Fragments that pages share", ("", "renders", "reuses", "hits", "saved ms"), rows)


def _table(console: Console, title: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim", title_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print()
    console.print(table)


def _ms(seconds: float, digits: int = 1) -> str:
    return f"{1000 * seconds:,.{digits}f}"


def _kb(size: int) -> str:
    return f"{size / 1024:,.1f}"


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""
