"""`dealergen diff`: what a build would change."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dealergen.errors import UsageError

from .build import Moment
from .root import OUTPUT, site_option
from .terminal import Terminal, terminal_of

if TYPE_CHECKING:
    from dealergen.explain.change_words import Money
    from dealergen.explain.changes import Changes
    from dealergen.explain.diff import Diff

SHOWN = 20
PIPED = 200
"""Columns of a table that goes to a file or a log."""
COLORS = {
    "added": "green",
    "removed": "red",
    "sold": "magenta",
    "back": "green",
    "repriced": "cyan",
    "reserved": "yellow",
    "released": "green",
}


@click.command()
@site_option
@click.option("--against", metavar="WHAT", help="A built folder, a ledger, a site's address, or a commit of git.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder of the last build. Default: public/.")
@click.option("--now", type=Moment(), metavar="MOMENT", help="The clock to plan for, ISO 8601. Default: now.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown, fit for a comment on a pull request.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON on stdout.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when there are differences.")
@click.pass_context
def diff(
    context: click.Context,
    root: Path,
    against: str | None,
    out: Path | None,
    now: dt.datetime | None,
    as_markdown: bool,
    as_json: bool,
    exit_code: bool,
) -> None:
    """Tell what a build would change, without building.

    Cars that were added, removed, sold, reserved or re-priced since the last build, and the pages that would be made,
    changed, gone or redirected. --against compares with something else: a built folder (public/), a ledger.json, the
    address of the live site, or a commit (main, v1.2, HEAD~1).

    \b
    Exit codes: 0 told; 1 --exit-code and there are differences; 2 usage; 3 settings; 4 inventory refused; 5 content.
    """
    from dealergen.explain.change_words import markdown
    from dealergen.explain.diff import diff_site

    if as_markdown and as_json:
        raise UsageError("--markdown and --json exclude each other", remedy="Use one of them.")
    found = diff_site(root, out=out.absolute() if out else root / OUTPUT, against=against, now=now)
    if as_json:
        click.echo(json.dumps(found.changes.as_json(), ensure_ascii=False, indent=2))
    elif as_markdown:
        click.echo(markdown(found.changes, _money(found), found.settings.site_url), nl=False)
    else:
        _tell(terminal_of(context), found)
    if exit_code and found.changes:
        context.exit(1)


def _money(found: Diff) -> Money:
    from dealergen.locale import load_locale

    settings = found.settings
    locale = load_locale(settings.default_language, currency=settings.currency, distance=settings.units.distance)
    return locale.money


def _tell(terminal: Terminal, found: Diff) -> None:
    from dealergen.explain.change_words import summary

    if terminal.quiet:
        return
    changes = found.changes
    shown = 1_000_000 if terminal.verbose else SHOWN
    _tell_cars(changes, _money(found), shown)
    gone = [f"{address} → {target or '410'}" for address, target in changes.gone.items()]
    _tell_pages("New pages", changes.made, shown)
    _tell_pages("Changed pages", changes.changed, shown)
    _tell_pages("Gone pages", gone, shown)
    _tell_pages("Pages with other surroundings", changes.remade, shown)
    for notice in changes.notices:
        terminal.warn(notice)
    terminal.say(f"Against {changes.against}: {summary(changes)}")


def _tell_cars(changes: Changes, money: Money, shown: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dealergen.explain.change_words import TITLES, shown_price

    rows = [(kind, car) for kind, cars in changes.cars.items() for car in cars]
    if not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "Car", "Price", "Page"):
        table.add_column(column, justify="right" if column == "Price" else "left", overflow="fold")
    for kind, car in rows[:shown]:
        title = Text(TITLES[kind], COLORS[kind])
        table.add_row(title, Text(car.name or car.code), Text(shown_price(kind, car, money)), Text(car.address))
    console = Console(width=None if sys.stdout.isatty() else PIPED)
    console.print(table)
    if len(rows) > shown:
        console.print(f"… and {len(rows) - shown} more; -v shows all")


def _tell_pages(title: str, lines: Sequence[str], shown: int) -> None:
    if not lines:
        return
    click.echo(click.style(f"{title} ({len(lines):,})", bold=True))
    for line in lines[:shown]:
        click.echo(f"  {line}")
    if len(lines) > shown:
        click.echo(f"  … and {len(lines) - shown:,} more; -v shows all")
