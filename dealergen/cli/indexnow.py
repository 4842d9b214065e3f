"""`dealergen indexnow`: tell search engines which addresses the last builds changed."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from dealergen.errors import UsageError

from .root import SETTINGS, site_option
from .terminal import terminal_of

STATE = ".dealergen"


@click.command()
@site_option
@click.option("--key", metavar="KEY", help="The key, instead of site.yaml's seo.indexnow_key.")
@click.option("--endpoint", metavar="URL", help="Where to hand in. Default: api.indexnow.org, which tells the others.")
@click.option("--dry-run", is_flag=True, help="Only list what would be handed in.")
@click.pass_context
def indexnow(context: click.Context, root: Path, key: str | None, endpoint: str | None, dry_run: bool) -> None:
    """Tell search engines which addresses changed. Call it when a build has been deployed.

    Every change is announced once: what was accepted is struck off in .dealergen/indexnow.json, what was not waits for
    the next call.
    """
    from dealergen.config import load_settings
    from dealergen.seo.indexnow import ENDPOINT, announce, take_in

    say = terminal_of(context).say
    settings = load_settings(root / SETTINGS)
    key = key or settings.seo.indexnow_key
    if not key:
        raise UsageError(
            "There is no key for IndexNow",
            remedy=f"Write one into site.yaml, build and deploy: seo.indexnow_key: {secrets.token_hex(16)}",
        )
    waiting = take_in(root / STATE, settings.site_url).waiting
    if not waiting:
        say("There is nothing to announce.")
    elif dry_run:
        for url in waiting:
            say(url)
        say(f"Would announce {len(waiting):,} of them.")
    else:
        for size in announce(root / STATE, settings.site_url, key, endpoint=endpoint or ENDPOINT):
            say(f"Accepted: {size:,} of {len(waiting):,}.")
