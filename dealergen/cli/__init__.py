"""The command line: parse, call, print; no logic lives here.

A command is one file. It is imported only when it is called, so that `dealergen --help` and completion stay instant.
"""

from __future__ import annotations

import click

from dealergen import __version__

from .lazy import Entry, LazyGroup
from .terminal import Terminal

COMMANDS: dict[str, Entry] = {
    "new": Entry("dealergen.cli.new:new", "Start a complete dealership in an empty folder."),
    "build": Entry("dealergen.cli.build:build", "Build the site."),
    "serve": Entry("dealergen.cli.serve:serve", "Build, preview, and rebuild at every change."),
    "check": Entry("dealergen.cli.check:check", "Look for faults in the built site."),
    "diff": Entry("dealergen.cli.diff:diff", "Tell what a build would change."),
    "why": Entry("dealergen.cli.why:why", "Tell why a page was made, and what it is made from."),
    "profile": Entry("dealergen.cli.profile:profile", "Tell where the time of a build goes."),
    "inventory": Entry("dealergen.cli.inventory_check:inventory", "Show how a spreadsheet is understood."),
    "indexnow": Entry("dealergen.cli.indexnow:indexnow", "Tell search engines which addresses changed."),
    "schema": Entry("dealergen.cli.schema:schema", "Print the JSON Schema of site.yaml or of front matter."),
    "clean": Entry("dealergen.cli.clean:clean", "Remove what builds have made."),
    "fleet": Entry("dealergen.cli.fleet:fleet", "Build many dealers' sites from one file."),
    "completion": Entry("dealergen.cli.completion:completion", "Print the script for completion in your shell."),
}


@click.group(
    name="dealergen",
    cls=LazyGroup,
    entries=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Run 'dealergen COMMAND --help' for a command's options.",
)
@click.version_option(__version__, "--version", prog_name="dealergen", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.pass_context
def cli(context: click.Context, debug: bool, quiet: bool, verbose: bool) -> None:
    """A dealership's spreadsheet, settings and Markdown in; its showroom out."""
    context.obj = Terminal(debug=debug, quiet=quiet, verbose=verbose)


def main() -> None:
    """Entry point of `dealergen` and of `python -m dealergen`."""
    cli(prog_name="dealergen")


__all__ = ["COMMANDS", "cli", "main"]
