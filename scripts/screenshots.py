"""Takes the pictures of the README: the demo's home and a vehicle at 1440 pixels, and a vehicle on a phone.

    python -m scripts.screenshots

Builds the demo in a folder of its own at a fixed clock, so that the pictures change only when the pages do. Needs
Chromium: the one that DEALERGEN_CHROMIUM names, or `chromium` on the path.
"""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from dealergen.build import build_site

ROOT: Final = Path(__file__).resolve().parent.parent
IMAGES: Final = ROOT / "docs" / "images"
INPUTS: Final = ("site.yaml", "inventory.csv", "content", "brand", "photos", "static", "templates")
NOW: Final = dt.datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 - read in the main store's time zone
LARGEST: Final = 120_000
"""Bytes of one picture."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the top of a page in a window of this size, in CSS pixels, at `scale` device pixels each."""

    name: str
    page: str
    width: int
    height: int
    scale: int = 1


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = _built(Path(folder) / "site")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DEALERGEN_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        with _served(site) as address:
            for shot in _shots(site):
                _save(IMAGES / f"{shot.name}.webp", _taken(browser, address, shot))
        browser.close()


def _built(root: Path) -> Path:
    """The demo built from a copy of its inputs: the working tree's own state stays as it is."""
    root.mkdir()
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.exists():
            shutil.copy2(source, root / name)
    return build_site(root, now=NOW).out


def _shots(site: Path) -> list[Shot]:
    vehicle = _page_of(site, "AV1023")
    return [
        Shot("home", "/en/", 1440, 1240),
        Shot("vehicle", vehicle, 1440, 1240),
        Shot("phone", vehicle, 390, 844, scale=2),
    ]


def _page_of(site: Path, stock_number: str) -> str:
    """The English page of the vehicle with this stock number."""
    field = f'name="stock_number" value="{stock_number}"'
    found = (path for path in sorted((site / "en").rglob("index.html")) if field in path.read_text("utf-8"))
    return f"/{next(found).parent.relative_to(site).as_posix()}/"


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the class above
        """Say nothing."""


def _taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """A PNG of the page's top, once all that loads while scrolling has loaded."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, device_scale_factor=shot.scale, color_scheme="light"
    )
    page.goto(address + shot.page, wait_until="networkidle")
    for top in range(0, 2 * shot.height, shot.height // 2):
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
        page.wait_for_timeout(150)
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => Promise.all([...document.images].filter(i => i.complete).map(i => i.decode().catch(() => 0)))")
    picture = page.screenshot(type="png")
    page.close()
    return picture


def _save(path: Path, png: bytes) -> None:
    """The picture as WebP, at the best quality that stays below `LARGEST`."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (84, 76, 68, 60, 50):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if len(out.getvalue()) <= LARGEST:
            break
    path.write_bytes(out.getvalue())
    print(f"{path.relative_to(ROOT)}  {image.width} × {image.height}  {len(out.getvalue()) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
