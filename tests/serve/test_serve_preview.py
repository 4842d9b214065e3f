"""What a visitor of the preview gets: the site as its host would serve it, always up to date."""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serve.running_preview import POLICY, Dealership, Running, wait_until

Start = Callable[[], Running]


def test_the_home_page_is_built_before_it_is_answered(running: Running) -> None:
    answer = running.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Aurora</h1>" in answer.text


def test_pages_get_the_live_script_before_the_end_of_their_body(running: Running) -> None:
    page = running.get("/").text
    script = f'<script type="module" src="/__dealergen/live.js?version={running.version()}"></script></body>'
    assert script in page
    assert b"<script" not in (running.dealership.out / "index.html").read_bytes()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("site.css", "text/css; charset=utf-8"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("car.webp", "image/webp"),
        ("car.avif", "image/avif"),
        ("icon.svg", "image/svg+xml"),
        ("app.webmanifest", "application/manifest+json"),
        ("font.woff2", "font/woff2"),
        ("sitemap.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("opening.ics", "text/calendar; charset=utf-8"),
        ("strange.qqq", "application/octet-stream"),
    ],
)
def test_files_have_the_media_type_that_browsers_expect(running: Running, path: str, kind: str) -> None:
    running.dealership.publish(path, b"\x00\x01")
    answer = running.get(f"/{path}")
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, kind, b"\x00\x01")


def test_a_file_that_the_browser_has_is_not_sent_again(running: Running) -> None:
    running.dealership.publish("site.css", "a{}")
    first = running.get("/site.css")
    assert first.headers["cache-control"] == "no-cache"
    assert running.client.get("/site.css", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_a_folder_answers_with_its_index_at_the_address_with_a_slash(running: Running) -> None:
    running.dealership.publish("estoque/index.html", "<p>cars</p>")
    assert running.get("/estoque/").text.startswith("<p>cars</p>")
    answer = running.get("/estoque?page=2")
    assert (answer.status_code, answer.headers["location"]) == (301, "/estoque/?page=2")


def test_a_page_answers_without_its_ending(running: Running) -> None:
    running.dealership.publish("sobre.html", "<p>about</p>")
    assert running.get("/sobre").text.startswith("<p>about</p>")


def test_what_is_not_there_answers_with_the_sites_404_page(running: Running) -> None:
    running.dealership.publish("404.html", "<p>lost</p>")
    answer = running.get("/nowhere/")
    assert answer.status_code == 404
    assert answer.text.startswith("<p>lost</p>")


def test_a_site_without_a_404_page_still_says_what_is_missing(running: Running) -> None:
    answer = running.get("/<b>")
    assert answer.status_code == 404
    assert "There is no page at /&lt;b&gt;" in answer.text


@pytest.mark.parametrize(
    "path", ["/../site.yaml", "/%2e%2e/site.yaml", "/..%2fsite.yaml", "/a/%2e%2e/%2e%2e/site.yaml"]
)
def test_nothing_outside_the_built_site_can_be_read(running: Running, path: str) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", int(running.url.rsplit(":", 1)[1]))) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"name: Aurora" not in answer


def test_a_link_that_leads_out_of_the_built_site_is_not_followed(running: Running) -> None:
    running.get("/")
    (running.dealership.out / "leak.txt").symlink_to(running.dealership.root / "site.yaml")
    assert running.get("/leak.txt").status_code == 404


@pytest.mark.parametrize("path", ["/%00", "/" + "a" * 5000, "/_headers", "/_redirects"])
def test_odd_and_private_paths_are_not_found(running: Running, path: str) -> None:
    running.dealership.publish("_headers", "/*\n  X-A: 1\n")
    running.dealership.publish("_redirects", "/a /b\n")
    assert running.get(path).status_code == 404


def test_old_addresses_lead_on_and_gone_ones_say_so(running: Running) -> None:
    running.dealership.publish("404.html", "<p>gone</p>")
    running.dealership.publish("_redirects", "/old/ /new/ 301\n/soon /later 302\n/sold/ /404.html 410\n/void 410\n")
    moved = running.get("/old/?utm_source=x")
    assert (moved.status_code, moved.headers["location"]) == (301, "/new/?utm_source=x")
    assert running.get("/soon").status_code == 302
    gone = running.get("/sold/")
    assert gone.status_code == 410
    assert gone.text.startswith("<p>gone</p>")
    assert running.get("/void").status_code == 410


def test_the_headers_of_the_host_are_sent_but_not_what_would_hinder_a_preview(running: Running) -> None:
    running.dealership.publish(
        "_headers",
        f"/*\n  Content-Security-Policy: {POLICY}; upgrade-insecure-requests\n  X-Frame-Options: DENY\n"
        "  Strict-Transport-Security: max-age=31536000\n"
        "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n",
    )
    running.dealership.publish("assets/site.css", "a{}")
    page = running.get("/").headers
    assert page["content-security-policy"] == POLICY
    assert page["x-frame-options"] == "DENY"
    assert "strict-transport-security" not in page
    assert running.get("/assets/site.css").headers["cache-control"] == "no-cache"


def test_a_change_is_built_and_the_next_request_waits_for_it(running: Running) -> None:
    assert "Aurora" in running.get("/").text
    builds = running.dealership.builds
    running.dealership.slow.clear()
    running.dealership.retitle("Boreal")
    wait_until(lambda: running.dealership.builds > builds)
    threading.Timer(0.3, running.dealership.slow.set).start()
    assert "<h1>Boreal</h1>" in running.get("/").text


def test_ten_saves_at_once_are_not_ten_builds(running: Running) -> None:
    running.get("/")
    builds = running.dealership.builds
    for number in range(10):
        running.dealership.retitle(f"Title {number}")
    wait_until(lambda: "Title 9" in running.get("/").text)
    assert running.dealership.builds - builds <= 3


def test_what_the_build_itself_writes_starts_no_build(running: Running) -> None:
    running.get("/")
    builds = running.dealership.builds
    running.dealership.publish("index.html", "<p>made</p>")
    (running.dealership.root / ".dealergen").mkdir(exist_ok=True)
    (running.dealership.root / ".dealergen" / "manifest.txt").write_text("x")
    (running.dealership.root / "title.txt~").write_text("backup")
    running.dealership.retitle("Now")
    wait_until(lambda: running.dealership.builds > builds)
    assert "Now" in running.get("/").text
    assert running.dealership.builds == builds + 1


def test_a_new_folder_of_sources_is_watched_too(running: Running) -> None:
    running.get("/")
    folder = running.dealership.root / "content"
    folder.mkdir()
    wait_until(lambda: running.dealership.builds >= 2)
    running.get("/")
    builds = running.dealership.builds
    (folder / "offer.md").write_text("# Offer")
    wait_until(lambda: running.dealership.builds > builds)


def test_the_last_good_page_stays_when_a_build_fails(running: Running) -> None:
    running.get("/")
    running.dealership.retitle("!")
    wait_until(lambda: running.preview.failure)
    answer = running.get("/")
    assert answer.status_code == 200
    assert "<h1>Aurora</h1>" in answer.text


def test_without_a_good_page_the_failure_is_the_page(dealership: Dealership, start: Start) -> None:
    dealership.retitle("!")
    running = start()
    answer = running.get("/")
    assert answer.status_code == 500
    assert "title.txt does not hold" in answer.text
    assert "title.txt:1" in answer.text
    assert '<span class="line here"><span class="number">1</span>!' in answer.text
    dealership.retitle("Mended")
    wait_until(lambda: running.get("/").status_code == 200)


@contextmanager
def _events(running: Running) -> Iterator[Iterator[dict[str, Any]]]:
    with running.client.stream("GET", "/__dealergen/events?path=/") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield (json.loads(line.removeprefix("data: ")) for line in answer.iter_lines() if line.startswith("data: "))


def test_open_pages_are_told_of_new_versions_and_of_failures(running: Running) -> None:
    running.get("/")
    with _events(running) as events:
        first = next(events)
        assert first == {"version": running.version(), "failure": None, "stylesheet": "", "doing": ""}
        running.dealership.retitle("!")
        broken = next(event for event in events if event["failure"])
        assert broken["version"] == first["version"]
        assert broken["failure"]["problems"][0]["excerpt"] == [{"number": 1, "text": "!", "here": True}]
        running.dealership.retitle("Boreal")
        mended = next(event for event in events if event["version"] != first["version"])
        assert mended["failure"] is None


def test_a_build_that_changes_no_file_makes_no_page_reload(running: Running) -> None:
    running.get("/")
    with _events(running) as events:
        first, builds = next(events), running.dealership.builds
        running.dealership.retitle("Aurora")
        wait_until(lambda: running.dealership.builds > builds)
        running.get("/")
        running.dealership.retitle("!")
        heard = next(event for event in events if event["failure"])
        assert heard["version"] == first["version"] == running.version()


def test_the_server_stops_at_once_while_a_page_listens(dealership: Dealership) -> None:
    running = Running(dealership)
    running.get("/")
    with httpx.stream("GET", f"{running.url}/__dealergen/events", trust_env=False) as events:
        assert events.status_code == 200
        assert running.stop() < 2


def test_another_name_for_this_machine_is_refused(running: Running) -> None:
    assert running.get("/", host="evil.example").status_code == 400


def _leads(dealership: Dealership) -> list[Path]:
    return sorted((dealership.root / ".dealergen" / "leads").glob("*.json"))


def test_a_posted_form_is_kept_for_its_owner_alone_and_thanks_the_visitor(running: Running) -> None:
    answer = running.client.post(
        "/api/lead", data={"name": "Zé", "tel": "+55 11 5555-0100", "option": ["a", "b"], "next": "/obrigado/"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/obrigado/")
    (file,) = _leads(running.dealership)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert json.loads(file.read_text())["fields"] == {
        "name": "Zé",
        "tel": "+55 11 5555-0100",
        "option": ["a", "b"],
        "next": "/obrigado/",
    }


def test_a_script_gets_its_answer_as_json(running: Running) -> None:
    answer = running.client.post("/api/lead", json={"name": "Ana"}, headers={"accept": "application/json"})
    assert answer.status_code == 201
    (file,) = _leads(running.dealership)
    assert answer.json() == {"ok": True, "id": file.stem, "next": "/"}


def test_a_form_in_parts_is_read_as_well(running: Running) -> None:
    answer = running.client.post("/api/lead", files={"name": (None, "Ana"), "photo": ("x.png", b"\x89PNG")})
    assert answer.status_code == 303
    assert json.loads(_leads(running.dealership)[0].read_text())["fields"] == {"name": "Ana"}


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", ""],
)
def test_a_form_never_sends_the_visitor_to_another_site(running: Running, elsewhere: str) -> None:
    answer = running.client.post("/api/lead", data={"next": elsewhere})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "set-cookie" not in answer.headers


def test_what_is_not_a_form_is_refused_and_not_kept(running: Running) -> None:
    post = running.client.post
    assert post("/api/lead", content=b"x" * 70_000).status_code == 413
    assert post("/api/lead", content=b"[1]", headers={"content-type": "application/json"}).status_code == 400
    assert post("/api/lead", content=b"x", headers={"content-type": "image/png"}).status_code == 400
    assert post("/api/lead", data={"a": "1"}, headers={"origin": "https://evil.example"}).status_code == 403
    assert post("/", data={"a": "1"}).status_code == 405
    assert _leads(running.dealership) == []


def test_leads_are_not_part_of_the_site(running: Running) -> None:
    running.client.post("/api/lead", data={"name": "Ana"})
    name = _leads(running.dealership)[0].name
    assert running.get(f"/.dealergen/leads/{name}").status_code == 404
    assert os.listdir(running.dealership.out) == ["index.html"]  # noqa: PTH208
