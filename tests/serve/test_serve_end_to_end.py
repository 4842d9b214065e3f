"""`dealergen serve` as a person runs it: the real command, the real builder, a small dealership."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dealergen.errors import UsageError
from dealergen.serve.run import is_loopback, listen
from tests.conftest import Dealership as Showroom
from tests.serve.running_preview import wait_until

STOCK = """Código;Marca;Modelo;Ano;KM;Preço
T1;Fiat;Argo;2021/2022;42.000;69.900
T2;Fiat;Toro;2022/2022;31.500;139.900
"""


@pytest.fixture
def showroom(tmp_path: Path) -> Showroom:
    site = Showroom(tmp_path.resolve() / "showroom")
    site.root.mkdir()
    site.settings()
    site.inventory(STOCK)
    return site


class Command:
    """A running `dealergen serve`, with all that it printed so far."""

    def __init__(self, showroom: Showroom, *options: str) -> None:
        words = ("-m", "dealergen", "serve", "--site", str(showroom.root), "--port", "0", *options)
        log = (showroom.root.parent / "log.txt").open("w")
        self._log = Path(log.name)
        with log:
            self.process = subprocess.Popen([sys.executable, *words], stdout=log, stderr=subprocess.STDOUT)
        wait_until(lambda: "Preview: " in self.printed, 30)
        self.url = re.findall(r"http://127\.0\.0\.1:\d+", self.printed)[0]

    @property
    def printed(self) -> str:
        return self._log.read_text()

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=60, trust_env=False)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@pytest.fixture
def command(showroom: Showroom) -> Iterator[Command]:
    running = Command(showroom)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_an_edit_of_the_spreadsheet_shows_in_the_next_page(showroom: Showroom, command: Command) -> None:
    assert "69.900" in command.get("/estoque/").text
    showroom.inventory(STOCK.replace("69.900", "72.300"))
    wait_until(lambda: "(inventory.csv changed)" in command.printed or "72.300" in command.get("/estoque/").text, 30)
    page = command.get("/estoque/").text
    assert "72.300" in page
    assert "69.900" not in page


def test_an_error_in_the_settings_is_told_and_the_last_good_site_stays(showroom: Showroom, command: Command) -> None:
    assert command.get("/").status_code == 200
    settings = (showroom.root / "site.yaml").read_text()
    (showroom.root / "site.yaml").write_text(settings.replace("listing:", "lisitng:"))
    wait_until(lambda: "The last good site stays." in command.printed, 30)
    line = settings.splitlines().index("listing:") + 1
    assert f"  site.yaml:{line}:1: 'lisitng' is not a setting here. Did you mean 'listing'?" in command.printed
    assert command.get("/").status_code == 200
    with httpx.stream("GET", f"{command.url}/__dealergen/events", timeout=30, trust_env=False) as events:
        state = json.loads(next(events.iter_lines()).removeprefix("data: "))
    (problem,) = state["failure"]["problems"]
    assert [row["text"] for row in problem["excerpt"] if row["here"]] == ["lisitng:"]


def test_a_form_of_a_built_page_reaches_the_thank_you_page(showroom: Showroom, command: Command) -> None:
    page = _vehicle_page(command)
    action = re.search(r'<form[^>]*action="(/[^"]+)"', page)
    following = re.search(r'name="next" value="([^"]+)"', page)
    assert action is not None
    assert following is not None
    data = {"name": "Ana Teste", "next": following[1]}
    answer = httpx.post(command.url + action[1], data=data, timeout=30, trust_env=False)
    assert (answer.status_code, answer.headers["location"]) == (303, following[1])
    assert command.get(following[1]).status_code == 200
    (lead,) = (showroom.root / ".dealergen" / "leads").glob("*.json")
    assert json.loads(lead.read_text())["fields"]["name"] == "Ana Teste"


def _vehicle_page(command: Command) -> str:
    listing = command.get("/estoque/").text
    vehicle = re.search(r'href="(/estoque/fiat/argo/[^"]+/)"', listing)
    assert vehicle is not None
    return command.get(vehicle[1]).text


def test_ctrl_c_stops_cleanly(command: Command) -> None:
    command.get("/")
    assert command.stop() == 0
    assert command.printed.endswith("Stopped.\n")
    assert "Traceback" not in command.printed


@pytest.mark.parametrize("folder", ["public", "elsewhere"])
def test_the_site_as_it_would_be_published_is_built_and_served(showroom: Showroom, folder: str) -> None:
    out = showroom.root / folder
    running = Command(showroom, *(("--built",) if folder == "public" else ("--out", str(out))))
    try:
        page = running.get("/estoque/").content
        script = page.index(b'<script type="module" src="/__dealergen/')
        written = (out / "estoque" / "index.html").read_bytes()
        assert written.startswith(page[:script])
        assert b"__dealergen" not in written
        showroom.inventory(STOCK.replace("69.900", "72.300"))
        wait_until(lambda: "72.300" in running.get("/estoque/").text, 30)
        assert "72.300" in (out / "estoque" / "index.html").read_text("utf-8")
    finally:
        assert running.stop() == 0


def test_a_port_in_use_leads_to_the_next_one() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port) as other:
            assert port < other.getsockname()[1] <= port + 19


def test_an_address_that_is_not_of_this_machine_is_refused() -> None:
    with pytest.raises(UsageError, match=r"cannot listen on 192\.0\.2\.1"):
        listen("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "ours"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("lan", False)],  # noqa: S104
)
def test_only_this_machine_counts_as_loopback(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours
