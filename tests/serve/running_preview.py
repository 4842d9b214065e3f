"""A real preview on a port of its own, over a built site whose builder the test writes."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from dealergen.serve.app import Served as How
from dealergen.serve.app import make_app
from dealergen.serve.built import BuiltSite
from dealergen.serve.outcome import Failure, Outcome
from dealergen.serve.preview import Preview, Previewed
from dealergen.serve.run import PreviewServer, listen
from dealergen.serve.watch import watching

PAGE = "<!doctype html><title>{0}</title><link rel=stylesheet href=/site.css><body><h1>{0}</h1></body></html>"
UNRULY = "body { transform: scale(.5) } * + * { margin-top: 9rem } body * { position: static; opacity: .5 }"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"


class Dealership:
    """A folder whose `title.txt` is its only source; a title of "!" breaks the build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "public"
        self.builds = 0
        self.failure_value = "!"
        self.slow = threading.Event()
        self.slow.set()
        (root / "site.yaml").write_text("dealer:\n  name: Aurora\n")
        self.retitle("Aurora")

    def retitle(self, title: str) -> None:
        (self.root / "title.txt").write_text(title)

    async def build(self) -> Outcome:
        self.builds += 1
        await asyncio.to_thread(self.slow.wait, 10)
        title = (self.root / "title.txt").read_text()
        if title == "!":
            excerpt = [{"number": 1, "text": "!", "here": True}]
            problem = {
                "code": "title",
                "level": "error",
                "file": "title.txt",
                "line": 1,
                "column": None,
                "value": self.failure_value,
                "message": "a title is words",
                "remedy": "Write a name.",
                "excerpt": excerpt,
            }
            return Outcome(0.0, failure=Failure("title.txt does not hold", "See the line.", (problem,)))
        self._write("index.html", PAGE.format(title))
        return Outcome(0.0, "Built")

    def _write(self, path: str, text: str) -> None:
        """As a build does: a file whose text would be the same is left alone."""
        file = self.out / path
        if not file.exists() or file.read_text() != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def publish(self, path: str, text: str | bytes) -> None:
        """Put a file into the built site."""
        file = self.out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)


class Served:
    """A server that runs in a thread, and a client that asks it without following redirects."""

    def __init__(self, site: Previewed, root: Path, out: Path) -> None:
        self.outcomes: list[Outcome] = []
        self.preview = Preview(site, told=lambda outcome, _paths: self.outcomes.append(outcome))
        self._how = How(root, root / ".dealergen" / "leads", watch=lambda changed: watching(root, out, (), changed))
        self._listener = listen("127.0.0.1", 0)
        self._server = PreviewServer(make_app(self._how, self.preview), self.preview)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)
        self._thread.start()
        wait_until(lambda: self._server.started)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.client = httpx.Client(base_url=self.url, timeout=10, trust_env=False)

    def stop(self) -> float:
        """Stop the server and answer the seconds that it took."""
        started = time.monotonic()
        if self._thread.is_alive():
            self._server.stop()
        self._thread.join(10)
        self._listener.close()
        self.client.close()
        assert not self._thread.is_alive(), "the server did not stop"
        return time.monotonic() - started

    def version(self, path: str = "/") -> str:
        return self.preview.host.version(path)

    def get(self, path: str, **options: str) -> httpx.Response:
        return self.client.get(path, headers=options)


class Running(Served):
    """A server of a built site."""

    def __init__(self, dealership: Dealership) -> None:
        self.dealership = dealership
        super().__init__(BuiltSite(dealership.out, dealership.build), dealership.root, dealership.out)

    def stop(self) -> float:
        self.dealership.slow.set()
        return super().stop()


def wait_until(true: Callable[[], object], seconds: float = 10) -> None:
    """Return as soon as `true()` holds; fail after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
