"""`dealergen serve`: the preview that follows every change."""

from __future__ import annotations

from pathlib import Path

import click

from .root import OUTPUT, site_option
from .terminal import terminal_of


@click.command()
@site_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Its port; 0: any free.")
@click.option("--built", is_flag=True, help="Build the whole site, and serve exactly what would be published.")
@click.option("--out", type=click.Path(path_type=Path), help="Build there, and serve that: as --built does in public/.")
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in a browser.")
@click.option("--no-watch", is_flag=True, help="Do not follow changes.")
@click.pass_context
def serve(
    context: click.Context,
    root: Path,
    host: str,
    port: int,
    built: bool,
    out: Path | None,
    open_browser: bool,
    no_watch: bool,
) -> None:
    """Preview the site on this machine, and follow every change.

    A page is made when it is asked for, so the first one is there at once, however many cars there are; nothing is
    written to public/ unless asked with --built. Open pages follow edits by themselves. An error appears in the page
    with the lines around it, and the last good site stays. Forms posted to the preview are kept in .dealergen/leads.
    Redirects and headers work as on the host. Ctrl-C stops.
    """
    from dealergen.serve.run import ServeOptions, is_loopback, serve_site

    terminal = terminal_of(context)
    if not is_loopback(host):
        terminal.warn(f"everyone who can reach {host} on your network can see the preview and send it forms.")
    options = ServeOptions(host, port, not no_watch, open_browser, built or out is not None)
    serve_site(root, out.absolute() if out else root / OUTPUT, options, terminal.say)
