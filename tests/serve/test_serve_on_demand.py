"""Pages that are made when they are asked for: always those of the sources as they are, and nothing is written."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dealergen.engine.theme import load_theme
from dealergen.serve import planned
from dealergen.serve.changes import kind_of
from dealergen.serve.reader import Reader
from dealergen.serve.sources import code_digest, inputs_digest
from tests.conftest import Dealership
from tests.serve.planned_preview import ABOUT, STOCK, Planned, copy_tree, showroom
from tests.serve.running_preview import wait_until

Start = Callable[[], Planned]
ARGO = "/estoque/fiat/argo/"


@pytest.fixture
def site(tmp_path: Path) -> Dealership:
    return showroom(tmp_path.resolve() / "showroom")


@pytest.fixture
def preview(site: Dealership) -> Iterator[Start]:
    """Starts a preview of `site`."""
    started: list[Planned] = []

    def start() -> Planned:
        started.append(Planned(site.root))
        return started[-1]

    yield start
    for running in started:
        running.stop()


def shows(running: Planned, path: str, text: str) -> None:
    wait_until(lambda: text in running.get(path).text, 30)


def vehicle(running: Planned, model: str) -> str:
    """The address of the one car of a model."""
    found = re.search(rf'href="(/estoque/[a-z]+/{model}/[^"/]+/)"', running.get("/estoque/").text)
    assert found is not None
    return found[1]


def test_pages_are_made_and_nothing_is_written(site: Dealership, preview: Start) -> None:
    running = preview()
    assert "Garagem Teste" in running.get("/").text
    assert "69.900" in running.get(vehicle(running, "argo")).text
    assert "<urlset" in running.get("/sitemaps/vehicles-1.xml").text
    assert running.get("/prices.txt").text == "on request"
    photo = re.search(r'src="(/media/argo[^"]+)"', running.get(vehicle(running, "argo")).text)
    assert photo is not None
    assert running.get(photo[1]).headers["content-type"] == "image/jpeg"
    assert running.get("/nowhere/").status_code == 404
    assert not site.out.exists()
    assert not (site.root / ".dealergen" / "ledger.json").exists()


def test_an_edit_of_any_source_shows_in_the_next_page(site: Dealership, preview: Start) -> None:
    running = preview()
    shows(running, "/", "Argo com desconto")
    site.inventory(STOCK.replace("69.900", "61.300"))
    shows(running, vehicle(running, "argo"), "61.300")
    site.content("pages/sobre.md", ABOUT.replace("carros", "motos"))
    shows(running, "/sobre/", "Vendemos motos.")
    site.settings(languages=["pt-BR", "en"], dealer={"name": "Garagem Nova", "email": "ola@garagem-teste.example"})
    shows(running, "/", "Garagem Nova")
    (site.root / "content" / "offers" / "argo.md").unlink()
    wait_until(lambda: "Argo com desconto" not in running.get("/").text, 30)
    (site.root / "static" / "prices.txt").write_text("ask us")
    shows(running, "/prices.txt", "ask us")
    (site.root / "static" / "hours.txt").write_text("nine to five")
    shows(running, "/hours.txt", "nine to five")


def test_a_template_of_the_site_shows_at_once_and_is_read_by_no_one_else(site: Dealership, preview: Start) -> None:
    running = preview()
    shows(running, "/sobre/", "Vendemos carros.")
    source = load_theme("galeria", site.root).folders[0] / "templates" / "page.html"
    text = source.read_text("utf-8").replace("{% block content %}", "{% block content %}<i>edited</i>")
    (site.root / "templates").mkdir()
    (site.root / "templates" / "page.html").write_text(text, "utf-8")
    shows(running, "/sobre/", "<i>edited</i>")
    assert sum(told.startswith("Read") for told in running.told) == 1


def test_a_template_that_fails_is_told_in_the_page_with_its_lines(site: Dealership, preview: Start) -> None:
    running = preview()
    shows(running, "/sobre/", "Vendemos carros.")
    (site.root / "templates").mkdir()
    template = site.root / "templates" / "page.html"
    template.write_text("one\ntwo\n{{ page.nothing_of_that_name }}\nfour\n", "utf-8")
    wait_until(lambda: running.get("/sobre/").status_code == 500)
    page = running.get("/sobre/").text
    assert "templates/page.html:3" in page
    assert '<span class="line here"><span class="number">3</span>{{ page.nothing_of_that_name }}' in page
    assert running.get("/").status_code == 200
    broken = running.version("/sobre/")
    template.write_text("mended\n", "utf-8")
    shows(running, "/sobre/", "mended")
    wait_until(lambda: running.version("/sobre/") != broken)


def test_a_stylesheet_gets_another_address_and_no_page_another_version(site: Dealership, preview: Start) -> None:
    own = site.root / "themes" / "galeria"
    source = load_theme("galeria", site.root).folders[0]
    copy_tree(source, own)
    running = preview()
    style, before = style_of(running), running.version("/")
    assert running.get(style).headers["content-type"] == "text/css; charset=utf-8"
    css = max((own / "assets" / "css").glob("*.css"))
    css.write_text(css.read_text("utf-8") + "\n.edited{color:red}", "utf-8")
    wait_until(lambda: style_of(running) != style)
    assert ".edited{color:red}" in running.get(style_of(running)).text
    assert running.version("/") == before
    script = max((own / "assets" / "js").glob("*.js"))
    script.write_text(script.read_text("utf-8") + "\n// edited", "utf-8")
    wait_until(lambda: running.version("/") != before)


def style_of(running: Planned) -> str:
    found = re.search(r'href="(/assets/site\.\w+\.css)"', running.get("/").text)
    assert found is not None
    return found[1]


def test_only_pages_that_show_a_change_get_another_version(site: Dealership, preview: Start) -> None:
    running = preview()
    argo = vehicle(running, "argo")
    before = {path: running.version(path) for path in (argo, "/estoque/", "/sobre/", "/blog/", "/lojas/")}
    site.inventory(STOCK.replace("69.900", "61.300"))
    shows(running, argo, "61.300")
    changed = {path for path, version in before.items() if running.version(path) != version}
    assert changed == {argo, "/estoque/"}


def test_a_refused_inventory_is_told_and_the_last_good_site_stays(site: Dealership, preview: Start) -> None:
    running = preview()
    shows(running, "/", "Garagem Teste")
    site.inventory("<html><body>Please log in</body></html>")
    wait_until(lambda: running.preview.failure, 30)
    assert "69.900" in running.get(vehicle(running, "argo")).text
    (site.root / "static" / "prices.txt").write_text("ask us")
    shows(running, "/prices.txt", "ask us")
    assert running.preview.failure is not None
    site.inventory(STOCK)
    wait_until(lambda: running.preview.failure is None, 30)


def test_without_a_first_site_the_failure_is_the_page_until_it_is_mended(site: Dealership, preview: Start) -> None:
    settings = (site.root / "site.yaml").read_text()
    (site.root / "site.yaml").write_text(settings.replace("listing:", "lisitng:"))
    running = preview()
    answer = running.get("/")
    assert answer.status_code == 500
    assert "Did you mean &#39;listing&#39;?" in answer.text
    (site.root / "site.yaml").write_text(settings)
    wait_until(lambda: running.get("/").status_code == 200, 30)


def test_the_plan_of_the_last_session_answers_without_being_read_again(site: Dealership, preview: Start) -> None:
    first = preview()
    page = first.get("/").text
    first.stop()
    second = preview()
    assert second.site.ready
    assert second.get("/").text == page
    assert [told.split(":")[0] for told in second.told] == ["As last time"]


def test_what_changed_between_two_sessions_is_read(site: Dealership, preview: Start) -> None:
    first = preview()
    argo = vehicle(first, "argo")
    first.stop()
    site.inventory(STOCK.replace("69.900", "61.300"))
    assert "61.300" in preview().get(argo).text


def test_a_large_site_shows_its_last_plan_while_it_is_read_and_a_new_one_how_far_that_is(
    site: Dealership, preview: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned, "SMALL", 0)
    monkeypatch.setattr(planned, "SOON", 0.0)
    monkeypatch.setattr(planned, "BRISK", 0.05)
    first = preview()
    waiting = first.get("/")
    assert (waiting.status_code, waiting.headers["retry-after"]) == (503, "1")
    assert "Reading the site" in waiting.text
    wait_until(lambda: first.get("/").status_code == 200, 30)
    argo = vehicle(first, "argo")
    first.stop()
    site.inventory(STOCK.replace("69.900", "61.300"))
    second = preview()
    assert "69.900" in second.get(argo).text
    shows(second, argo, "61.300")


def test_open_pages_hear_how_far_the_reading_has_come(site: Dealership, preview: Start) -> None:
    running = preview()
    running.get("/")
    doing: list[str] = []
    with running.client.stream("GET", "/__dealergen/events?path=/") as events:
        threading.Timer(0.1, lambda: site.inventory(STOCK.replace("69.900", "61.300"))).start()
        first: dict[str, Any] | None = None
        for line in events.iter_lines():
            if line.startswith("data: "):
                state = json.loads(line.removeprefix("data: "))
                first = first or state
                doing.append(state["doing"])
                if state["version"] != first["version"]:
                    break
    assert "planning the pages" in doing
    assert doing[-1] == ""


def test_the_reading_process_is_started_again_when_it_died(site: Dealership, preview: Start) -> None:
    running = preview()
    shows(running, "/", "Garagem Teste")
    process = running.site._reader._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    site.inventory(STOCK.replace("69.900", "61.300"))
    shows(running, vehicle(running, "argo"), "61.300")


def test_it_is_told_when_the_reading_process_dies_over_its_work(
    site: Dealership, preview: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = preview()
    shows(running, "/", "Garagem Teste")
    process = running.site._reader._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    site.inventory(STOCK.replace("69.900", "61.300"))
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: running.preview.failure, 30)
    assert running.preview.failure is not None
    assert "The process that reads the site died" in running.preview.failure.message
    site.inventory(STOCK.replace("69.900", "62.300"))
    wait_until(lambda: running.preview.failure is None, 30)


def test_two_previews_of_one_site_do_not_disturb_each_other(site: Dealership, preview: Start) -> None:
    first, second = preview(), preview()
    argo = vehicle(first, "argo")
    for price in ("61.300", "62.300", "63.300"):
        site.inventory(STOCK.replace("69.900", price))
        shows(first, argo, price)
        shows(second, argo, price)


def test_a_log_beside_the_settings_keeps_nobody_busy(site: Dealership, preview: Start) -> None:
    running = preview()
    running.get("/")
    refreshes = len(running.outcomes)
    (site.root / "serve.log").write_text("Read")
    wait_until(lambda: len(running.outcomes) > refreshes)
    assert running.told[refreshes:] == [""] * len(running.told[refreshes:])


def test_a_site_is_read_again_when_the_clock_changes_it(
    site: Dealership, preview: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = preview()
    running.get("/")
    assert running.site.due is not None
    assert running.site.due > 60
    running.stop()
    monkeypatch.setattr(planned, "_is_over", lambda _shelf: True)
    again = preview()
    again.get("/")
    assert again.told[0].startswith("Read")


def test_the_reader_says_each_step_and_where_the_plan_stands(site: Dealership, tmp_path: Path) -> None:
    said: list[dict[str, Any]] = []
    reader = Reader(site.root, tmp_path / "shelves", said.append)
    assert reader.answer() == {"shelf": str(tmp_path / "shelves" / "1.shelf")}
    steps = [line["step"] for line in said]
    assert (
        steps.index("reading the inventory") < steps.index("planning the pages") < steps.index("laying out the pages")
    )
    said.clear()
    site.content("pages/sobre.md", ABOUT.replace("carros", "motos"))
    reader.answer()
    assert "reading the inventory" not in [line["step"] for line in said]
    (site.root / "site.yaml").write_text("nothing: here\n")
    assert "site.yaml" in reader.answer()["failure"]["message"]


def test_two_sources_of_one_page_are_told_as_a_build_tells_them(site: Dealership, tmp_path: Path) -> None:
    (site.root / "static" / "index.html").write_text("mine")
    reader = Reader(site.root, tmp_path / "shelves", lambda _line: None)
    assert "Two sources ask for the page /index.html" in reader.answer()["failure"]["message"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("site.yaml", "source"),
        ("inventory.csv", "source"),
        ("content/pages/sobre.md", "source"),
        ("content/gone", "source"),
        ("photos/argo.jpg", "source"),
        ("pictures/argo.webp", "source"),
        ("profiles/acme.yaml", "source"),
        ("themes/mine/theme.yaml", "source"),
        ("templates/page.html", "look"),
        ("static/prices.txt", "look"),
        ("serve.log", "nothing"),
        ("README.md", "nothing"),
        ("other.csv", "nothing"),
    ],
)
def test_each_file_counts_for_what_it_is(site: Dealership, path: str, kind: str) -> None:
    from dealergen.config import load_settings

    theme, settings = load_theme("galeria", site.root), load_settings(site.root / "site.yaml")
    (site.root / path).parent.mkdir(parents=True, exist_ok=True)
    assert kind_of([str(site.root / path)], site.root, theme, settings) == kind
    asset = theme.folders[0] / "assets" / "css" / "any.css"
    words = theme.folders[0] / "strings" / "en.yaml"
    assert kind_of([str(asset)], site.root, theme, settings) == "look"
    assert kind_of([str(asset), str(words)], site.root, theme, settings) == "source"


def test_the_digest_of_what_is_read_moves_with_each_source_and_with_nothing_else(site: Dealership) -> None:
    digests = [inputs_digest(site.root)]
    for path in ("inventory.csv", "content/posts/escolher.md", "photos/argo.jpg", "site.yaml", "profiles/acme.yaml"):
        file = site.root / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"# edited\n" + (file.read_bytes() if file.exists() else b""))
        digests.append(inputs_digest(site.root))
    assert len(set(digests)) == len(digests)
    (site.root / "notes.txt").write_text("x")
    assert inputs_digest(site.root) == digests[-1]
    assert code_digest() == code_digest()


def test_a_reader_that_cannot_be_started_is_a_failure_like_any_other(
    site: Dealership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(site.root / "no-python"))
    outcome = asyncio.run(planned.PlannedSite(site.root).refresh([], lambda _step: None))
    assert outcome.failure is not None
    assert "no-python" in outcome.failure.message
