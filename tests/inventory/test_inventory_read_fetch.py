"""Inventories at an address, against a real server on this machine: patience, limits, and the last good copy."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dealergen.config.inventory import Source
from dealergen.errors import InventoryRefused
from dealergen.inventory.fetch import Fetcher, export_address

STOCK = b"make,model,price\nFiat,Uno,9900\n"
NOW = dt.date(2026, 11, 22)
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """Answers requests one after the other with `answers`; the last one stays."""

    address: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append({name.lower(): value for name, value in self.headers.items()})
            answer = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            answer(self)

        def log_message(self, *_: object) -> None: ...

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    state.address = f"http://127.0.0.1:{httpd.server_port}/stock.csv"
    yield state
    httpd.shutdown()
    httpd.server_close()


def answer(status: int, body: bytes = b"", **headers: str) -> Answer:
    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return give


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.0)
    answer(200, STOCK)(handler)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.close()


@dataclass
class Pauses:
    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def fetcher(
    cache: Path, pauses: Pauses | None = None, *, now: dt.date = NOW, offline: bool = False, **options: float
) -> Fetcher:
    return Fetcher(
        Source.model_validate({"timeout": 5, **options}), cache, now, offline=offline, pause=pauses or Pauses()
    )


def test_a_file_is_fetched_and_asked_for_politely_the_next_time(server: Server, tmp_path: Path) -> None:
    server.answers = [
        answer(200, STOCK, ETag='"v1"', Last_Modified="Sat, 21 Nov 2026 06:00:00 GMT"),
        answer(304),
    ]
    assert fetcher(tmp_path).fetch(server.address).data == STOCK
    again = fetcher(tmp_path).fetch(server.address)
    assert (again.data, again.warnings) == (STOCK, [])
    assert server.asked[1]["if-none-match"] == '"v1"'
    assert server.asked[1]["if-modified-since"] == "Sat, 21 Nov 2026 06:00:00 GMT"
    assert "if-none-match" not in server.asked[0]


def test_a_new_version_replaces_the_kept_one(server: Server, tmp_path: Path) -> None:
    newer = STOCK + b"Ford,Ka,8800\n"
    server.answers = [answer(200, STOCK, ETag='"v1"'), answer(200, newer, ETag='"v2"'), answer(304)]
    assert [fetcher(tmp_path).fetch(server.address).data for _ in range(3)] == [STOCK, newer, newer]
    assert server.asked[2]["if-none-match"] == '"v2"'


def test_a_server_in_trouble_is_asked_again_with_growing_pauses(server: Server, tmp_path: Path) -> None:
    pauses = Pauses()
    server.answers = [answer(500), answer(503), hang_up, answer(200, STOCK)]
    assert fetcher(tmp_path, pauses).fetch(server.address).data == STOCK
    assert pauses.seconds == [0.5, 1.0, 2.0]


def test_a_server_that_names_its_pause_is_obeyed(server: Server, tmp_path: Path) -> None:
    pauses = Pauses()
    server.answers = [answer(429, Retry_After="7"), answer(200, STOCK)]
    assert fetcher(tmp_path, pauses).fetch(server.address).data == STOCK
    assert pauses.seconds == [7.0]


def test_without_an_earlier_copy_a_failing_server_refuses_the_inventory(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(500)]
    with pytest.raises(InventoryRefused, match="the server answered 500, and there is no earlier copy"):
        fetcher(tmp_path, retries=2).fetch(server.address)
    assert len(server.asked) == 3


def test_what_will_not_change_is_not_asked_again(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(404)]
    with pytest.raises(InventoryRefused, match="answered 404: nothing is there"):
        fetcher(tmp_path).fetch(server.address)
    assert len(server.asked) == 1


def test_the_last_good_copy_is_used_with_a_warning_that_names_its_age(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(200, STOCK), answer(503)]
    fetcher(tmp_path, now=dt.date(2026, 11, 20)).fetch(server.address)
    fetched = fetcher(tmp_path, retries=1).fetch(server.address)
    assert fetched.data == STOCK
    [warning] = fetched.warnings
    assert (warning.code, warning.level) == ("inventory.source-stale", "warning")
    assert warning.message == "the server answered 503; the last good copy is used, fetched 2 days ago (2026-11-20)"


def test_a_sign_in_page_never_replaces_the_last_good_copy(server: Server, tmp_path: Path) -> None:
    page = b"<!doctype html><title>Sign in</title><input type=password>"
    server.answers = [answer(200, STOCK), answer(200, page), answer(503)]
    options = fetcher(tmp_path, retries=0)
    options.fetch(server.address)
    fetched = options.fetch(server.address)
    assert fetched.data == STOCK
    assert "a web page, perhaps a sign-in page" in fetched.warnings[0].message
    assert options.fetch(server.address).data == STOCK


def test_an_archive_that_is_no_workbook_never_replaces_the_last_good_copy(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(200, STOCK), answer(200, b"PK\x03\x04 cut short")]
    fetcher(tmp_path).fetch(server.address)
    fetched = fetcher(tmp_path).fetch(server.address)
    assert fetched.data == STOCK
    assert "the answer is a damaged workbook" in fetched.warnings[0].message


def test_an_empty_answer_never_replaces_the_last_good_copy(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(200, STOCK), answer(200, b"")]
    fetcher(tmp_path).fetch(server.address)
    assert fetcher(tmp_path).fetch(server.address).data == STOCK


def test_a_server_that_does_not_answer_in_time_is_left(server: Server, tmp_path: Path) -> None:
    server.answers = [slow]
    with pytest.raises(InventoryRefused, match=r"did not answer within 0\.2 seconds"):
        fetcher(tmp_path, timeout=0.2, retries=0).fetch(server.address)


def test_a_file_that_drips_in_forever_is_left(server: Server, tmp_path: Path) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"a,b,c\n" * 12_000)
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    server.answers = [drip]
    started = time.monotonic()
    with pytest.raises(InventoryRefused, match=r"did not arrive within 0\.3 seconds"):
        fetcher(tmp_path, timeout=0.3, retries=0).fetch(server.address)
    assert time.monotonic() - started < 1.5


def test_a_file_larger_than_allowed_is_left_while_it_arrives(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(200, b"make,model\n" + b"Fiat,Uno\n" * 1000)]
    with pytest.raises(InventoryRefused, match="larger than 5000 bytes"):
        fetcher(tmp_path, max_bytes=5000).fetch(server.address)


def test_a_small_answer_that_unpacks_to_a_huge_one_is_left(server: Server, tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(b"x" * 5_000_000)
    server.answers = [answer(200, packed, Content_Encoding="gzip")]
    assert len(packed) < 10_000
    with pytest.raises(InventoryRefused, match="larger than 100000 bytes"):
        fetcher(tmp_path, max_bytes=100_000).fetch(server.address)


def test_redirects_are_followed_and_counted(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(302, Location="/elsewhere.csv"), answer(200, STOCK)]
    assert fetcher(tmp_path).fetch(server.address).data == STOCK
    server.answers = [answer(302, Location="/elsewhere.csv")]
    with pytest.raises(InventoryRefused, match="redirects more than 5 times"):
        fetcher(tmp_path / "other").fetch(server.address)


def test_a_redirect_away_from_https_is_refused(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(302, Location="http://plain.example/stock.csv")]
    with pytest.raises(InventoryRefused, match=r"http://plain\.example/stock\.csv is not https"):
        fetcher(tmp_path).fetch(server.address)


def test_plain_http_is_refused_but_for_this_machine(tmp_path: Path) -> None:
    with pytest.raises(InventoryRefused, match="is not https"):
        fetcher(tmp_path).fetch("http://dms.example/stock.csv")


def test_offline_the_kept_copy_is_used_and_nobody_is_asked(server: Server, tmp_path: Path) -> None:
    server.answers = [answer(200, STOCK)]
    fetcher(tmp_path).fetch(server.address)
    fetched = fetcher(tmp_path, offline=True).fetch(server.address)
    assert fetched.data == STOCK
    assert "the build runs offline" in fetched.warnings[0].message
    assert len(server.asked) == 1


def test_offline_without_a_copy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InventoryRefused, match="the build runs offline, and there is no earlier copy"):
        fetcher(tmp_path, offline=True).fetch("https://dms.example/stock.csv")


@pytest.mark.parametrize(
    ("link", "export"),
    [
        (
            "https://docs.google.com/spreadsheets/d/AbC-1_2/edit#gid=77",
            "https://docs.google.com/spreadsheets/d/AbC-1_2/export?format=csv&gid=77",
        ),
        (
            "https://docs.google.com/spreadsheets/d/AbC-1_2/edit?usp=sharing",
            "https://docs.google.com/spreadsheets/d/AbC-1_2/export?format=csv",
        ),
        (
            "https://docs.google.com/spreadsheets/d/e/2PACX-9/pubhtml?gid=5&single=true",
            "https://docs.google.com/spreadsheets/d/e/2PACX-9/pub?output=csv&single=true&gid=5",
        ),
        (
            "https://docs.google.com/spreadsheets/d/e/2PACX-9/pub?gid=5&single=true&output=csv",
            "https://docs.google.com/spreadsheets/d/e/2PACX-9/pub?gid=5&single=true&output=csv",
        ),
        (
            "https://docs.google.com/spreadsheets/d/AbC/export?format=xlsx",
            "https://docs.google.com/spreadsheets/d/AbC/export?format=xlsx",
        ),
        ("https://dms.example/stock.csv?key=1", "https://dms.example/stock.csv?key=1"),
    ],
)
def test_links_to_google_sheets_become_their_csv(link: str, export: str) -> None:
    assert export_address(link) == export
