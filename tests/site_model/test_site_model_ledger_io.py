"""Where the ledger is found, and how it is kept whole."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from site_model_builders import day, vehicle

from dealergen.errors import OutputError
from dealergen.site import LEDGER_FILE, Ledger, fetch_bytes, ledger_io, read_ledger, write_ledger

SITE = "https://www.example.com"
LEDGER = Ledger().enter([vehicle("aa", 50_000)], day("2026-03-01"))


def nothing(_url: str) -> bytes | None:
    return None


def test_the_ledger_on_disk_wins(tmp_path: Path) -> None:
    assert write_ledger(LEDGER, tmp_path / LEDGER_FILE)
    ledger, notices = read_ledger(tmp_path, SITE, lambda _url: Ledger().public_bytes())
    assert ledger == LEDGER
    assert notices == []


def test_a_bare_checkout_asks_the_live_site(tmp_path: Path) -> None:
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return LEDGER.public_bytes()

    ledger, notices = read_ledger(tmp_path, SITE + "/", fetch)
    assert ledger == LEDGER
    assert asked == ["https://www.example.com/dealergen/ledger.json"]
    assert [(notice.code, notice.level) for notice in notices] == [("ledger.from-site", "notice")]


@pytest.mark.parametrize("fetch", [None, nothing])
def test_without_either_a_ledger_is_begun_and_said_so(tmp_path: Path, fetch: ledger_io.Fetch | None) -> None:
    ledger, notices = read_ledger(tmp_path, SITE, fetch)
    assert ledger == Ledger()
    assert [(notice.code, notice.level) for notice in notices] == [("ledger.begun", "notice")]
    assert ("nor at https://www.example.com" in str(notices[0])) == (fetch is not None)


def test_a_damaged_file_is_kept_aside_and_the_live_site_asked(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    write_ledger(LEDGER, path)
    torn = path.read_bytes()[:-20]
    path.write_bytes(torn)
    ledger, notices = read_ledger(tmp_path, SITE, lambda _url: LEDGER.public_bytes())
    assert ledger == LEDGER
    assert [notice.code for notice in notices] == ["ledger.damaged", "ledger.from-site"]
    assert notices[0].place is not None
    assert notices[0].place.file == str(path)
    assert path.with_name("ledger.json.damaged").read_bytes() == torn


def test_a_sign_in_page_instead_of_the_ledger_is_not_believed(tmp_path: Path) -> None:
    ledger, notices = read_ledger(tmp_path, SITE, lambda _url: b"<!doctype html><h1>Sign in</h1>")
    assert ledger == Ledger()
    assert [notice.code for notice in notices] == ["ledger.damaged", "ledger.begun"]


def test_an_unchanged_ledger_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    write_ledger(LEDGER, path)
    before = path.stat()
    assert not write_ledger(Ledger.parse(LEDGER.public_bytes()), path)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_write_that_fails_half_way_leaves_the_old_ledger_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / LEDGER_FILE
    write_ledger(LEDGER, path)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_ledger(LEDGER.enter([], day("2026-03-02")), path)
    assert Ledger.parse(path.read_bytes()) == LEDGER
    assert [file.name for file in path.parent.iterdir()] == ["ledger.json"]


def test_a_file_where_the_folder_must_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / ".dealergen").write_text("")
    with pytest.raises(OutputError, match=r"ledger\.json: the ledger cannot be written"):
        write_ledger(LEDGER, tmp_path / LEDGER_FILE)


class Host(BaseHTTPRequestHandler):
    """A host with a ledger, a redirect to it, an endless file, and a page that never comes."""

    def do_GET(self) -> None:
        if self.path == "/ledger.json":
            self._answer(200, LEDGER.public_bytes())
        elif self.path == "/moved.json":
            self.send_response(301)
            self.send_header("Location", "/ledger.json")
            self.end_headers()
        elif self.path == "/large.json":
            self._answer(200, b" " * 300_000)
        elif self.path == "/slow.json":
            time.sleep(1.0)
        else:
            self._answer(404, b"not here")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_live_ledger_is_fetched_also_when_it_moved(host: str) -> None:
    assert fetch_bytes(f"{host}/ledger.json") == LEDGER.public_bytes()
    assert fetch_bytes(f"{host}/moved.json") == LEDGER.public_bytes()


def test_a_host_without_a_ledger_has_none(host: str) -> None:
    assert fetch_bytes(f"{host}/other.json") is None


def test_a_file_that_is_too_large_is_not_taken(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_io, "MAX_BYTES", 200_000)
    assert fetch_bytes(f"{host}/large.json") is None
    assert fetch_bytes(f"{host}/ledger.json") is not None


def test_a_host_that_does_not_answer_is_given_up(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_io, "TIMEOUT", 0.2)
    assert fetch_bytes(f"{host}/slow.json") is None


@pytest.mark.parametrize("url", ["", "no url", "ftp://127.0.0.1/x", "http://[::1", "http://127.0.0.1:1/x"])
def test_an_address_that_leads_nowhere_is_no_error(url: str) -> None:
    assert fetch_bytes(url) is None


@pytest.mark.parametrize("name", ["www.example.com", "loja.example", "x.invalid", "a.b.test"])
def test_names_that_nobody_can_own_are_not_looked_up(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    asked: list[object] = []
    monkeypatch.setattr(httpx, "stream", lambda *args, **_options: asked.append(args))
    assert fetch_bytes(f"https://{name}/dealergen/ledger.json") is None
    assert asked == []
