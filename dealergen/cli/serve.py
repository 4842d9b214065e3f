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
@click.option("--out", type=click.Path(path_type=Path), help="Where to build. Default: public/ beside site.yaml.")
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in a browser.")
@click.option("--no-watch", is_flag=True, help="Build once, and do not follow changes.")
@click.pass_context
def serve(
    context: click.Context, root: Path, host: str, port: int, out: Path | None, open_browser: bool, no_watch: bool
) -> None:
    """Build the site, preview it on this machine, and rebuild at every change.

    Open pages reload by themselves. An error of the build appears in the page with the lines around it, and the last
    good site stays. Forms posted to the preview are kept in .dealergen/leads. Redirects and headers work as on the
    host. Ctrl-C stops.
    """
    from dealergen.serve.run import ServeOptions, is_loopback, serve_site

    terminal = terminal_of(context)
    if not is_loopback(host):
        terminal.warn(f"everyone who can reach {host} on your network can see the preview and send it forms.")
    options = ServeOptions(host, port, watch=not no_watch, open_browser=open_browser)
    serve_site(root, out.absolute() if out else root / OUTPUT, options, terminal.say)
