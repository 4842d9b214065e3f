"""Starts the preview: finds a free port, says where to look, serves until Ctrl-C."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from dealergen.errors import UsageError

from .apart import build_apart
from .app import Served, make_app, no_watch
from .built import BuiltSite
from .outcome import Failure, Outcome
from .planned import PlannedSite
from .preview import Preview, Previewed
from .sources import read_sources, theme_folders
from .watch import watching

TRIES = 20


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve."""

    host: str = "127.0.0.1"
    port: int = 8000
    """The first port to try; 0 for any that is free."""
    watch: bool = True
    open_browser: bool = False
    built: bool = False
    """Build into the output folder, and serve what stands there."""


def serve_site(root: Path, out: Path, options: ServeOptions, say: Callable[[str], None]) -> None:
    """Serve the site in `root` until interrupted: planned and made when asked for, or built into `out`.

    Raises `UsageError` when no port can be had.
    """
    listener = listen(options.host, options.port)
    port = int(listener.getsockname()[1])
    url = f"http://{_shown_host(options.host)}:{port}/"
    if options.port not in (0, port):
        say(f"Port {options.port} is in use; taking {port}.")
    say(f"Preview: {url}  (Ctrl-C stops)")
    if options.open_browser:
        _open(url)
    prefix = read_sources(root).prefix
    site = BuiltSite(out, lambda: build_apart(root, out)) if options.built else _planned(root)
    preview = Preview(site, prefix, lambda outcome, paths: _tell(outcome, paths, root, say))
    app = make_app(_served(root, out, options, say), preview)
    with listener, suppress(KeyboardInterrupt):  # uvicorn raises the Ctrl-C again once it has stopped
        PreviewServer(app, preview).run([listener])
    say("Stopped.")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to `port`, or to the first free one of those that follow."""
    for candidate in range(port, port + TRIES if port else 1):
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            raise UsageError(
                f"The preview cannot listen on {host}:{candidate}: {error.strerror or error}",
                remedy="Choose another with --host or --port; ports below 1024 need special rights.",
            ) from error
        except OverflowError:
            break
    raise UsageError(f"No port from {port} to {port + TRIES - 1} is free on {host}", remedy="Choose one with --port.")


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


class PreviewServer(uvicorn.Server):
    """Uvicorn, which ends the streams of open pages when told to stop: they would never end by themselves."""

    def __init__(self, app: Starlette, preview: Preview) -> None:
        super().__init__(uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=3))
        self._preview = preview
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.stop()

    def stop(self) -> None:
        """End the server; may be called from any thread."""
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._preview.close)


def _planned(root: Path) -> Previewed:
    site = PlannedSite(root)
    site.open()
    return site


def _served(root: Path, out: Path, options: ServeOptions, say: Callable[[str], None]) -> Served:
    sources = read_sources(root)
    leads = root / ".dealergen" / "leads"
    own_names = ("localhost", "127.0.0.1", "[::1]", options.host)
    others = (*sources.elsewhere, *theme_folders(root, sources.theme))
    return Served(
        root,
        leads,
        sources.form_action,
        hosts=own_names if is_loopback(options.host) else ("*",),
        watch=partial(watching, root, out, others) if options.watch else no_watch,
        received=lambda lead_id: say(f"A lead came in: {leads / f'{lead_id}.json'}"),
        failed=lambda path, failure: _tell_failure(f"{path} could not be made: ", failure, say),
    )


def _tell(outcome: Outcome, paths: list[str], root: Path, say: Callable[[str], None]) -> None:
    because = f" ({_shown(paths, root)} changed)" if paths else ""
    if outcome.failure is None:
        if outcome.summary:
            say(f"{outcome.summary}{because}")
        return
    _tell_failure(f"Not taken in{because}: ", outcome.failure, say)
    say("The last good site stays.")


def _tell_failure(what: str, failure: Failure, say: Callable[[str], None]) -> None:
    say(f"{what}{failure.message}")
    for problem in failure.problems[:10]:
        place = ":".join(str(problem[part]) for part in ("file", "line", "column") if problem[part] is not None)
        say(f"  {place}: {problem['message']}. {problem['remedy']}")


def _shown(paths: list[str], root: Path) -> str:
    """The files that changed; an editor's temporary ones, which are gone again, only when there is no other."""
    there = [path for path in map(Path, paths) if path.exists()] or [Path(path) for path in paths]
    first = there[0]
    name = str(first.relative_to(root)) if first.is_relative_to(root) else str(first)
    return name if len(there) == 1 else f"{name} and {len(there) - 1} more"


def _shown_host(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104  # shown, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _open(url: str) -> None:
    """Open the browser; the listening socket already holds its request until the server answers."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
