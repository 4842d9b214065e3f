"""A group whose commands are named in a table and imported when called, and which turns failures into exit codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any, NamedTuple, cast

import click
from click.shell_completion import CompletionItem

from dealergen.errors import DealergenError

from .terminal import show_bug, show_error

ANYWHERE = frozenset({"--debug", "-q", "--quiet", "-v", "--verbose"})
INTERRUPTED = 130
BUG = 70


class Entry(NamedTuple):
    """Where a command lives (`module:object`), and its line of help."""

    target: str
    help: str


class LazyGroup(click.Group):
    """Lists, completes and corrects command names from the table alone."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.target.partition(":")
        return cast(click.Command, getattr(import_module(module), name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        names = [
            CompletionItem(name, help=entry.help) for name, entry in self.entries.items() if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _hoist(args))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.entries and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=self.entries, ctx=ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a failure that the user can mend leaves with its exit code, an unexpected one with 70."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except DealergenError as error:
            show_error(error, debug=ctx.params["debug"])
            ctx.exit(error.exit_code)
        except Exception as error:
            show_bug(error, debug=ctx.params["debug"])
            ctx.exit(BUG)


def _hoist(args: Iterable[str]) -> list[str]:
    """`args` with the options that every command takes moved to the front; what follows `--` is left alone."""
    words = list(args)
    end = words.index("--") if "--" in words else len(words)
    front = [word for word in words[:end] if word in ANYWHERE]
    return front + [word for word in words[:end] if word not in ANYWHERE] + words[end:]
