"""`docs/reference/cli.md`: every command with its arguments, options, defaults and exit codes, from click."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from dealergen.cli import cli

from .markdown import code, one_line, page, table

INTRODUCTION = """Every command, as `dealergen COMMAND --help` tells it. This page is made from the code.

The options of `dealergen` itself may stand anywhere on the line: `dealergen build -v` and `dealergen -v build` are the
same. What each exit code means, and what to do, is in [errors.md](../errors.md)."""


def commands_reference() -> str:
    """The page."""
    return page("Commands", INTRODUCTION, *map(_section, walk(cli, "dealergen")))


def walk(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[click.Context]:
    """A context for the command and for every one below it; its `command_path` is how that is called."""
    context = click.Context(command, parent, name, **command.context_settings)
    yield context
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            below = command.get_command(context, inner)
            assert below is not None  # noqa: S101 - a group lists what it has
            yield from walk(below, inner, context)


def _section(context: click.Context) -> str:
    command, words = context.command, context.command_path
    usage = f"```\n{words} {' '.join(command.collect_usage_pieces(context))}\n```"
    parts = [f"## `{words}`", usage, *_paragraphs(command.help), _options(command, context)]
    return "\n\n".join(part for part in parts if part)


def _paragraphs(text: str | None) -> Iterator[str]:
    r"""The help text; a paragraph that begins with `\b` keeps its lines."""
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        kept = paragraph.removeprefix("\b\n")
        yield f"```\n{inspect.cleandoc(kept)}\n```" if kept != paragraph else one_line(paragraph)


def _options(command: click.Command, context: click.Context) -> str:
    options = [parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option)]
    return table(("option", "default", "what it does"), [_row(option, context) for option in options])


def _row(option: click.Option, context: click.Context) -> tuple[str, str, str]:
    names = ", ".join((*option.opts, *option.secondary_opts))
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return code(names + value), _default(option), option.help or ""


def _default(option: click.Option) -> str:
    """The value taken when the option is not given; nothing where the help says what happens then."""
    shown = option.default
    known = isinstance(shown, str | int | float) and not isinstance(shown, bool)
    return code(str(shown)) if known and not option.is_flag else ""
