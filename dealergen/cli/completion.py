"""`dealergen completion`: the script that teaches a shell to complete dealergen's commands and options."""

from __future__ import annotations

from typing import Literal

import click
from click.shell_completion import get_completion_class

VARIABLE = "_DEALERGEN_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: Literal["bash", "zsh", "fish"]) -> None:
    """Print the completion script for SHELL.

    \b
    bash:  dealergen completion bash > ~/.local/share/bash-completion/completions/dealergen
    zsh:   dealergen completion zsh > "${fpath[1]}/_dealergen"
    fish:  dealergen completion fish > ~/.config/fish/completions/dealergen.fish
    """
    from dealergen.cli import cli

    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"no completion is known for {shell}")
    click.echo(maker(cli, {}, "dealergen", VARIABLE).source())
