"""What a person reads on the terminal: how much to say, and how a failure is told."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass

import click

from dealergen.errors import DealergenError, Problem

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Terminal:
    """How much to say, from the options that every command takes."""

    debug: bool = False
    quiet: bool = False
    verbose: bool = False

    def say(self, text: str = "") -> None:
        """Print a line on stdout, unless asked to be quiet."""
        if not self.quiet:
            click.echo(text)

    def warn(self, text: str) -> None:
        """Print a line on stderr, whatever was asked."""
        click.echo(f"{click.style('Warning:', fg='yellow', bold=True)} {text}", err=True)


def terminal_of(context: click.Context) -> Terminal:
    """The running command line's terminal; the default one where a command is called alone."""
    return context.find_object(Terminal) or Terminal()


def show_error(error: DealergenError, *, debug: bool = False) -> None:
    """One block on stderr: what went wrong, each problem on its line, and what to do."""
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    click.echo(f"{click.style('Error:', fg='red', bold=True)} {_sentence(error.message)}", err=True)
    _show_problems(error.problems)
    if error.remedy:
        click.echo(error.remedy, err=True)


def show_bug(error: BaseException, *, debug: bool = False) -> None:
    """A failure that nobody foresaw: one sentence, or with `debug` the traceback."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
        click.echo(f"dealergen ran into a bug: {_sentence(what)} Please report it with the lines above.", err=True)
    else:
        click.echo(
            f"dealergen ran into a bug: {_sentence(what)} Run again with --debug for the traceback and report it.",
            err=True,
        )


def _show_problems(problems: Sequence[Problem]) -> None:
    for problem in problems[:SHOWN]:
        click.echo(f"  {problem}", err=True)
    if len(problems) > SHOWN:
        click.echo(f"  … and {len(problems) - SHOWN} more", err=True)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
