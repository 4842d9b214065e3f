"""`dealergen why`: why a page was made, and what it reads."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .build import Moment
from .root import OUTPUT, site_option
from .summary import shown_path
from .terminal import terminal_of

if TYPE_CHECKING:
    from dealergen.explain.why import Account, Gone


@click.command()
@click.argument("target", metavar="PATH_OR_URL")
@site_option
@click.option("--out", type=click.Path(path_type=Path), help="The built site. Default: public/ beside site.yaml.")
@click.option("--now", type=Moment(), metavar="MOMENT", help="The clock to plan for, ISO 8601. Default: now.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON on stdout.")
@click.pass_context
def why(
    context: click.Context, target: str, root: Path, out: Path | None, now: dt.datetime | None, as_json: bool
) -> None:
    """Tell why the last build made a page, and what the page is made from.

    Name the page by its address (/estoque/), by its file or by a whole URL. What has changed since, so that the next
    build would make the page again, is told as well. Nothing is built.

    \b
    Exit codes: 0 told; 2 nothing of that name; 3 settings; 4 inventory refused; 5 content.
    """
    from dealergen.explain.why import Gone, explain

    account = explain(root, target, out=out.absolute() if out else root / OUTPUT, now=now)
    if as_json:
        click.echo(json.dumps(account.as_json(), ensure_ascii=False, indent=2))
        return
    for line in _gone_lines(account) if isinstance(account, Gone) else _lines(account):
        terminal_of(context).say(line)


def _lines(account: Account) -> Iterator[str]:
    yield click.style(account.address, bold=True) + f"  ({account.kind})"
    yield f"Asked for by {account.source}."
    if account.made_at:
        yield f"Made on {_moment(account.made_at)}, for {_moment(account.clock)}, because of:"
        yield from (f"  {reason}" for reason in account.reasons)
    if account.pending:
        yield "The next build makes it again, because of:" if account.made_at else "The next build makes it:"
        yield from (f"  {reason}" for reason in account.pending)
    else:
        yield "It is up to date."
    yield from _made_from(account)


def _made_from(account: Account) -> Iterator[str]:
    from dealergen.explain.reasons import FACTS

    yield f"Made by {account.maker}" + (f" with {account.template}" if account.template else "") + ", from:"
    width = max(map(len, account.reads), default=0)
    for name, digest in account.reads.items():
        yield f"  {name:<{width}}  {digest}  {FACTS.get(name, '')}".rstrip()
    if account.closure:
        yield "Its templates:"
        yield from (
            f"  {name}  {shown_path(Path(file)) if file else 'missing'}" for name, file in account.closure.items()
        )


def _gone_lines(account: Gone) -> Iterator[str]:
    where = f"leads to {account.leads_to}" if account.leads_to else "answers 410 Gone"
    yield click.style(account.address, bold=True) + "  (gone)"
    yield f"Published from {account.since} on; gone since {account.gone}. The address now {where}."


def _moment(text: str) -> str:
    """`2026-11-22 12:00 UTC-03:00` of a moment in ISO 8601."""
    return f"{dt.datetime.fromisoformat(text):%Y-%m-%d %H:%M %Z}"
