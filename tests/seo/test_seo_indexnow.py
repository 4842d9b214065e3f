"""What an endpoint of IndexNow hears after builds, and what it never hears twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dealergen.cli import cli
from dealergen.errors import DealergenError
from dealergen.seo import indexnow
from dealergen.seo.indexnow import announce, take_in
from tests.conftest import NOW, Dealership

KEY = "0123456789abcdef"
SITE = "https://www.garagem-teste.example"
HEADER = "Código;Marca;Modelo;Ano;KM;Preço;Situação\n"
CARS = ["T1;Fiat;Argo;2021;42000;69900;Disponível\n", "T2;Fiat;Toro;2022;30000;139900;Disponível\n"]


class Endpoint:
    """A server on loopback that answers as it is told, 200 when it is told nothing, and keeps what was posted."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.heard: list[dict[str, Any]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, headers = endpoint.answers.pop(0) if endpoint.answers else (200, {})
                if status < 300:
                    assert self.headers["Content-Type"].startswith("application/json")
                    endpoint.heard.append(json.loads(body))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 (the standard library's name)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/indexnow"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    yield endpoint
    endpoint.server.shutdown()
    endpoint.server.server_close()


@pytest.fixture
def site(dealership: Dealership) -> Dealership:
    dealership.settings(seo={"indexnow_key": KEY})
    dealership.inventory(HEADER + CARS[0])
    dealership.build()
    return dealership


def run(site: Dealership, endpoint: Endpoint, *words: str) -> Result:
    where = ["indexnow", "--site", str(site.root), "--endpoint", endpoint.url]
    return CliRunner().invoke(cli, [*where, *words], prog_name="dealergen")


def told(endpoint: Endpoint) -> list[str]:
    return [url for body in endpoint.heard for url in body["urlList"]]


def test_the_key_is_published_where_the_protocol_looks_for_it(site: Dealership) -> None:
    assert site.page(f"/{KEY}.txt") == KEY


def test_every_listed_page_is_announced_once_with_host_key_and_its_place(site: Dealership, endpoint: Endpoint) -> None:
    assert run(site, endpoint).stdout == f"Accepted: {len(told(endpoint)):,} of {len(told(endpoint)):,}.\n"
    (body,) = endpoint.heard
    assert (body["host"], body["key"]) == ("www.garagem-teste.example", KEY)
    assert body["keyLocation"] == f"{SITE}/{KEY}.txt"
    sitemaps = "".join(file.read_text() for file in (site.out / "sitemaps").iterdir())
    assert sorted(body["urlList"]) == sorted({part.split("</loc>")[0] for part in sitemaps.split("<loc>")[1:]})
    assert run(site, endpoint).stdout == "There is nothing to announce.\n"
    site.build()
    assert run(site, endpoint).stdout == "There is nothing to announce.\n"
    assert len(endpoint.heard) == 1


def test_a_price_that_goes_and_comes_back_is_announced_each_time(site: Dealership, endpoint: Endpoint) -> None:
    run(site, endpoint)
    for price in ("67900", "69900"):
        endpoint.heard.clear()
        site.inventory(HEADER + CARS[0].replace("69900", price))
        site.build()
        run(site, endpoint)
        assert any("/argo/2021" in url for url in told(endpoint))


def test_what_several_builds_changed_waits_until_it_is_announced(site: Dealership, endpoint: Endpoint) -> None:
    run(site, endpoint)
    endpoint.heard.clear()
    site.inventory(HEADER + "".join(CARS))
    site.build()
    site.content("pages/sobre.md", "---\ntitle: Sobre\n---\n\nNós.\n")
    site.build()
    site.build()
    run(site, endpoint)
    urls = told(endpoint)
    assert any("/toro/2022" in url for url in urls)
    assert f"{SITE}/sobre/" in urls
    assert len(urls) == len(set(urls))


def test_a_page_that_is_gone_is_announced_too(site: Dealership, endpoint: Endpoint) -> None:
    site.content("pages/sobre.md", "---\ntitle: Sobre\n---\n\nNós.\n")
    site.build()
    run(site, endpoint)
    endpoint.heard.clear()
    (site.root / "content/pages/sobre.md").unlink()
    site.build()
    run(site, endpoint)
    assert f"{SITE}/sobre/" in told(endpoint)


def test_a_preview_at_another_address_is_never_announced(site: Dealership, endpoint: Endpoint) -> None:
    run(site, endpoint)
    site.build(base_url="https://preview.example", out=site.root / "preview")
    assert run(site, endpoint).stdout == "There is nothing to announce.\n"


def test_a_busy_endpoint_is_asked_again_after_the_pause_it_wishes(site: Dealership, endpoint: Endpoint) -> None:
    endpoint.answers = [(429, {"Retry-After": "7"}), (503, {}), (202, {})]
    pauses: list[float] = []
    sizes = list(announce(site.root / ".dealergen", SITE, KEY, endpoint=endpoint.url, sleep=pauses.append))
    assert (sizes, pauses) == ([len(told(endpoint))], [7.0, indexnow.PAUSES[1]])


def test_batches_hold_no_more_than_the_protocol_allows_and_what_was_accepted_stays_accepted(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    paths = [f"/estoque/{number}/" for number in range(20_001)]
    (tmp_path / "changes.json").write_text(json.dumps({"id": "a", "site": SITE, "announce": paths}))
    endpoint.answers = [(200, {}), (500, {}), (500, {}), (500, {}), (500, {}), (500, {})]
    pauses: list[float] = []
    announcing = announce(tmp_path, SITE, KEY, endpoint=endpoint.url, sleep=pauses.append)
    assert next(announcing) == 10_000
    with pytest.raises(DealergenError) as caught:
        next(announcing)
    assert caught.value.message == f"{endpoint.url} did not take the addresses: status 500"
    assert pauses == list(indexnow.PAUSES)
    assert len(take_in(tmp_path, SITE).waiting) == 10_001
    assert list(announce(tmp_path, SITE, KEY, endpoint=endpoint.url)) == [10_000, 1]
    assert told(endpoint) == [f"{SITE}{path}" for path in paths]


@pytest.mark.parametrize(
    ("status", "why"), [(403, "not find the key's file"), (422, "not of the key's host"), (400, "")]
)
def test_a_refusal_is_told_at_once_and_nothing_is_lost(
    site: Dealership, endpoint: Endpoint, status: int, why: str
) -> None:
    endpoint.answers = [(status, {})]
    result = run(site, endpoint)
    assert result.exit_code == 1
    assert f"refused the addresses with status {status}" in result.stderr
    assert why in result.stderr
    assert endpoint.heard == []
    assert run(site, endpoint).exit_code == 0
    assert f"{SITE}/" in told(endpoint)


def test_an_endpoint_out_of_reach_is_one_clear_sentence(site: Dealership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexnow, "PAUSES", (0.0,))
    with pytest.raises(DealergenError) as caught:
        list(announce(site.root / ".dealergen", SITE, KEY, endpoint="http://127.0.0.1:9/"))
    assert caught.value.message.startswith("http://127.0.0.1:9/ did not take the addresses: ConnectError")


def test_a_dry_run_lists_and_keeps_everything(site: Dealership, endpoint: Endpoint) -> None:
    lines = run(site, endpoint, "--dry-run").stdout.splitlines()
    assert lines[-1] == f"Would announce {len(lines) - 1} of them."
    assert f"{SITE}/" in lines
    assert endpoint.heard == []
    run(site, endpoint)
    assert told(endpoint) == lines[:-1]


def test_without_a_key_the_remedy_is_one_to_copy(dealership: Dealership, endpoint: Endpoint) -> None:
    result = run(dealership, endpoint)
    assert result.exit_code == 2
    assert "seo.indexnow_key: " in result.stderr


def test_the_report_tells_changes_by_vehicle_and_language(site: Dealership) -> None:
    site.settings(seo={"indexnow_key": KEY}, languages=["pt-BR", "en"])
    site.inventory(HEADER + "".join(CARS))
    site.build()
    report = json.loads((site.root / ".dealergen/changes.json").read_text())
    toro = [url for url in report["added"] if "/toro/2022" in url]
    assert [url.split("/")[1] for url in toro] == ["estoque", "en"]
    code = toro[0].rstrip("/").rpartition("-")[2]
    assert code in report["vehicles"]["added"]
    english = sum(url.startswith("/en/") for url in report["added"])
    assert english > 10
    assert report["languages"]["en"] == {"added": english, "changed": 0, "removed": 0}
    site.inventory(HEADER + CARS[1])
    site.build(now=NOW.replace(year=2027), accept=True)
    site.build(now=NOW.replace(year=2028), accept=True)
    report = json.loads((site.root / ".dealergen/changes.json").read_text())
    argo = [url for url in report["removed"] if "/argo/2021" in url]
    assert len(argo) == 2
    assert {report["redirected"][url] for url in argo} == {"/estoque/fiat/", "/en/inventory/fiat/"}
    assert len(report["vehicles"]["removed"]) == 1
    site.build(now=NOW.replace(year=2028), accept=True)
    idle = (site.root / ".dealergen/changes.json").read_text()
    assert json.loads(idle)["counts"]["files"] == {"added": 0, "changed": 0, "removed": 0}
    assert json.loads(idle)["id"] == ""
