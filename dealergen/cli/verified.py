"""`build --verify` for a person: every file that a clean build makes otherwise, and where it first differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .summary import counted
from .terminal import Terminal

if TYPE_CHECKING:
    from dealergen.build import BuildReport
    from dealergen.explain.compare import Difference

SHOWN = 20


def verified(root: Path, report: BuildReport, how: dict[str, Any]) -> list[Difference]:
    """What a clean build makes otherwise than the one that `report` tells of; `how` are that one's options."""
    from dealergen.explain.verify import verify

    return verify(root, report, base_url=how.get("base_url"), source=how.get("source"), jobs=how.get("jobs"))


def tell_verified(terminal: Terminal, found: Sequence[Difference]) -> None:
    """One line where all is well; else each difference on stderr, the first ones with their lines."""
    if not found:
        terminal.say("Verified: a clean build makes the same, byte for byte.")
        return
    shown = found if terminal.verbose else found[:SHOWN]
    for difference in shown:
        for line in _lines(difference):
            click.echo(line, err=True)
    if len(found) > len(shown):
        click.echo(f"… and {counted(len(found) - len(shown), 'other file')}; -v shows all", err=True)
    click.echo(
        f"{click.style('Not verified:', fg='red', bold=True)} {counted(len(found), 'file')} not as a clean build "
        "makes them. Please report it; 'dealergen clean' and another build mend the site.",
        err=True,
    )


def _lines(difference: Difference) -> Iterator[str]:
    yield f"{click.style(difference.path, bold=True)}: {_kind(difference)}"
    if difference.line is None:
        return
    first = difference.line - len(difference.before)
    yield from (f"    {number:>5}   {text}" for number, text in enumerate(difference.before, first))
    yield click.style(f"    {difference.line:>5} - {difference.built}", fg="red")
    yield click.style(f"          + {difference.clean}", fg="green")


def _kind(difference: Difference) -> str:
    match difference.kind:
        case "missing":
            return "a clean build makes it; it is missing here"
        case "left over":
            return "it stands here; a clean build does not make it"
    if difference.line is None:
        return "other bytes than a clean build's"
    under = f', under "{difference.heading}"' if difference.heading else ""
    return f"differs from line {difference.line} on{under} (- as it stands, + as a clean build makes it)"
