"""A browser that notes everything that a page should never do."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.conftest import QuietHandler

WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""


@dataclass
class Watched:
    """A page under watch: `faults` gathers dialogs, console errors, script errors and requests to strangers."""

    page: Any
    home: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str, *, wait: str = "load") -> Any:
        """Go to `path` of the site, and gather what its policy had to stop."""
        response = self.page.goto(self.home + path, wait_until=wait)
        self.gather(path)
        return response

    def gather(self, path: str) -> None:
        self.faults += [f"{path}: stopped {what}" for what in self.page.evaluate("window.violations")]


@pytest.fixture
def watch(browser: Any) -> Iterator[Callable[..., Watched]]:
    """Opens a watched page on a site's address; `expected` names what the console may say (a 404's own message)."""
    contexts: list[Any] = []

    def start(home: str, *, expected: str = "\0", **options: Any) -> Watched:
        context = browser.new_context(**({"reduced_motion": "reduce"} | options))
        contexts.append(context)
        watched = Watched(context.new_page(), home)
        page, faults = watched.page, watched.faults
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: _note_dialog(faults, dialog))
        page.on("pageerror", lambda error: faults.append(f"script error {error}"))
        page.on("console", lambda said: _note(faults, said, expected))
        page.on("request", lambda request: _note_stranger(faults, request.url, home))
        return watched

    yield start
    for context in contexts:
        context.close()


def _note_dialog(faults: list[str], dialog: Any) -> None:
    faults.append(f"dialog {dialog.message}")
    dialog.dismiss()


def _note(faults: list[str], said: Any, expected: str) -> None:
    if said.type in ("error", "warning") and expected not in said.text:
        faults.append(f"console {said.type}: {said.text}")


def _note_stranger(faults: list[str], url: str, home: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(home).netloc:
        faults.append(f"request to {url}")


@dataclass
class Desk:
    """A host that serves a site and keeps every form that is posted to it."""

    home: str
    received: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def desk() -> Iterator[Callable[[Path], Desk]]:
    """Serves a folder; a POST to /api/lead is kept, and answered with 303 to the page that it names."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> Desk:
        kept: list[dict[str, str]] = []

        class Handler(QuietHandler):
            def do_POST(self) -> None:  # noqa: N802 (the name of the standard library)
                body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
                sent = dict(parse_qsl(body, keep_blank_values=True)) if self.path == "/api/lead" else {}
                kept.append(sent)
                self.send_response(303)
                self.send_header("Location", sent.get("next", "/"))
                self.end_headers()

        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return Desk(f"http://127.0.0.1:{server.server_port}", kept)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
