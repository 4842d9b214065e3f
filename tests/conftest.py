"""Whole small dealerships for tests, and a real browser to look at them with."""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from dealergen.build import BuildReport, build_site

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
SETTINGS: dict[str, Any] = {
    "dealer": {"name": "Garagem Teste", "email": "ola@garagem-teste.example"},
    "rooftops": [
        {
            "id": "centro",
            "name": "Garagem Centro",
            "address": {
                "street": "Rua das Provas, 10",
                "city": "Testópolis",
                "region": "SP",
                "postal_code": "13000-000",
                "country": "BR",
            },
            "phones": [{"number": "+55 19 3555-0100"}],
            "whatsapp": "+55 19 95550-0100",
        }
    ],
    "base_url": "https://www.garagem-teste.example",
    "languages": ["pt-BR"],
    "listing": {"min_vehicles": 1},
}


EXPORTS = Path(__file__).parents[2] / "shared" / "data"


def pytest_report_header() -> str:
    """Whether the dealers' own files are at hand; their invented twins always are."""
    return f"real exports: {'read from ' + str(EXPORTS) if EXPORTS.is_dir() else 'not at hand, their twins are read'}"


@dataclass
class Dealership:
    """A site in a folder of its own."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "public"

    def settings(self, **changes: Any) -> None:
        """Write site.yaml: the usual one, with top-level keys replaced."""
        text = yaml.safe_dump(SETTINGS | changes, allow_unicode=True, sort_keys=False)
        (self.root / "site.yaml").write_text(text, "utf-8")

    def inventory(self, text: str | bytes, name: str = "inventory.csv") -> None:
        (self.root / name).write_bytes(text.encode() if isinstance(text, str) else text)

    def content(self, path: str, text: str) -> None:
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def build(self, **options: Any) -> BuildReport:
        how: dict[str, Any] = {"now": NOW, "jobs": 1}
        return build_site(self.root, **(how | options))

    def page(self, path: str) -> str:
        """The HTML at an address such as `/estoque/`."""
        file = self.out / path.lstrip("/")
        return (file / "index.html" if file.is_dir() else file).read_text("utf-8")

    def pages(self) -> dict[str, str]:
        """Every page: address → HTML."""
        found = {}
        for file in sorted(self.out.rglob("*.html")):
            name = file.relative_to(self.out).as_posix().removesuffix("index.html")
            found[f"/{name}"] = file.read_text("utf-8")
        return found

    def files(self) -> dict[str, bytes]:
        """Everything that was published."""
        return {
            file.relative_to(self.out).as_posix(): file.read_bytes()
            for file in sorted(self.out.rglob("*"))
            if file.is_file()
        }


@pytest.fixture
def dealership(tmp_path: Path) -> Dealership:
    """An empty site with the usual settings."""
    return open_dealership(tmp_path / "dealership")


def open_dealership(root: Path, **changes: Any) -> Dealership:
    """An empty site in the new folder `root`, with the usual settings but for `changes`."""
    root.mkdir()
    site = Dealership(root)
    site.settings(**changes)
    return site


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on loopback and answers its address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        handler = functools.partial(QuietHandler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself, sends the headers that the site asks for, and has its 404 page."""

    def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 (the name of the standard library)

    def end_headers(self) -> None:
        for name, value in _headers(Path(self.directory)):
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page.read_bytes())


def _headers(folder: Path) -> list[tuple[str, str]]:
    """The headers for every path, as `_headers` states them."""
    file = folder / "_headers"
    if not file.is_file():
        return []
    block = file.read_text("utf-8").split("/*\n", 1)[1].split("\n\n", 1)[0]
    pairs = [line.strip().split(": ", 1) for line in block.splitlines()]
    return [(name, value) for name, value in pairs if name != "Strict-Transport-Security"]


def chromium_path() -> str:
    """The Chromium that `scripts/browser` made sure of."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := os.environ.get("DEALERGEN_CHROMIUM") or shutil.which(name):
            return found
    raise RuntimeError("There is no Chromium: run `make test`, which installs one.")


CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium, one a module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
