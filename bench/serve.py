"""Times the preview of N cars: `python bench/serve.py [N]` (100,000 unless told otherwise).

From the start of the command to a whole page, with nothing known of the site and with the plan of the last session on
the shelf; then from the save of a file to the page that shows it. Seconds by the wall clock, one run.
"""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generate import main as generate

from dealergen.engine.theme import load_theme

SITE = Path(__file__).parent / "site"
PATIENCE = 600.0


class Reply(NamedTuple):
    status: int
    text: str


def bench(count: int) -> None:
    """Print every figure for a site of `count` cars in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="dealergen-bench-") as folder:
        root = Path(folder, "site")
        lay_out(root, count)
        print(f"{count:,} cars; seconds from the start of the command, or from the save of a file")
        with preview(root) as (port, started):
            timed("cold: an answer", started, lambda: get(port, "/").status)
            timed("cold: home", started, lambda: get(port, "/").status == http.client.OK)
            paths = addresses(port)
            for name, path in paths.items():
                timed(f"ready: {name}", time.perf_counter(), there(port, path))
        for name, path in paths.items():
            with preview(root) as (port, started):
                timed(f"warm: {name}", started, there(port, path))
        with preview(root) as (port, _):
            wait(there(port, "/"))
            edits(root, port, paths["vehicle"])


def lay_out(root: Path, count: int) -> None:
    """The site that is timed, with a copy of its theme to edit."""
    root.mkdir()
    shutil.copy(SITE / "site.yaml", root)
    theme = load_theme("galeria", root).folders[0]
    shutil.copytree(theme, root / "themes" / theme.name)
    (root / "content" / "pages").mkdir(parents=True)
    (root / "content" / "pages" / "about.md").write_text("---\ntitle: About us\n---\nWe sell cars.\n")
    generate(count, root / "inventory.csv")


@contextmanager
def preview(root: Path) -> Iterator[tuple[int, float]]:
    """A running `dealergen serve`: its port, and when it was started."""
    written = root.with_name("log.txt")
    with written.open("w") as log:
        started = time.perf_counter()
        words = (sys.executable, "-m", "dealergen", "serve", "--site", str(root), "--port", "0")
        command = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield port_of(written), started
        finally:
            command.send_signal(signal.SIGINT)
            command.wait(PATIENCE)


def port_of(log: Path) -> int:
    wait(lambda: "Preview: " in log.read_text())
    return int(re.findall(r"http://127\.0\.0\.1:(\d+)", log.read_text())[0])


def addresses(port: int) -> dict[str, str]:
    """The pages that are timed: home, a vehicle, and far into the listing."""
    listing = get(port, "/inventory/").text
    vehicle = re.findall(r'href="(/inventory/[^/"]+/[^/"]+/[^/"]+/)"', listing)[0]
    last = max(map(int, re.findall(r"/inventory/page/(\d+)/", listing)), default=2)
    return {"home": "/", "vehicle": vehicle, "listing page 500": f"/inventory/page/{min(500, last)}/"}


def edits(root: Path, port: int, vehicle: str) -> None:
    """Edit one file of each kind, and wait for the page that shows it."""
    theme, about = root / "themes" / "galeria", root / "content" / "pages" / "about.md"
    start = "{% block content %}"
    edit(theme / "templates" / "vehicle.html", start, f"{start}<i>edited</i>")
    timed("edit: template", time.perf_counter(), shows(port, vehicle, "<i>edited</i>"))
    before = stylesheet(port)
    edit(max((theme / "assets" / "css").glob("*.css")), "{", "{ --edited: 1;")
    timed("edit: stylesheet", time.perf_counter(), lambda: stylesheet(port) != before)
    edit(about, "cars.", "edited cars.")
    timed("edit: content", time.perf_counter(), shows(port, "/about/", "edited cars."))
    edit(root / "site.yaml", "honest prices", "edited prices")
    timed("edit: settings", time.perf_counter(), shows(port, "/", "edited prices"))
    edit_price(root / "inventory.csv", re.findall(r"S\d{6}", get(port, vehicle).text)[0])
    timed("edit: one price", time.perf_counter(), shows(port, vehicle, "1,234,550"))


def edit_price(inventory: Path, stock_number: str) -> None:
    row = next(line for line in inventory.read_text("utf-8").splitlines() if line.startswith(stock_number))
    cells = row.split(",")
    cells[6] = "1234550"
    edit(inventory, row, ",".join(cells))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    if old not in text:
        raise SystemExit(f"{file} does not hold {old!r}")
    file.write_text(text.replace(old, new, 1), "utf-8")


def stylesheet(port: int) -> list[str]:
    return re.findall(r"/assets/site\.\w+\.css", get(port, "/").text)


def there(port: int, path: str) -> Callable[[], bool]:
    return lambda: get(port, path).status == http.client.OK


def shows(port: int, path: str, text: str) -> Callable[[], bool]:
    return lambda: text in get(port, path).text


def timed(name: str, since: float, true: Callable[[], object]) -> None:
    wait(true)
    print(f"  {name:26}{time.perf_counter() - since:8.2f}", flush=True)


def wait(true: Callable[[], object]) -> None:
    end = time.perf_counter() + PATIENCE
    while not true():
        if time.perf_counter() > end:
            raise SystemExit("it did not happen in time")
        time.sleep(0.01)


def get(port: int, path: str) -> Reply:
    """The answer; a status of 0 while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return Reply(answer.status, answer.read().decode())
    except ConnectionError:
        return Reply(0, "")
    finally:
        connection.close()


if __name__ == "__main__":
    bench(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
