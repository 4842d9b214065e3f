"""Live reload as a person sees it: a real Chromium with the page open while the site changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dealergen.engine.theme import load_theme
from dealergen.serve import planned
from tests.serve.planned_preview import Planned, copy_tree, showroom
from tests.serve.running_preview import POLICY, UNRULY, Dealership, Running, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
QUIETLY = [
    *("--no-sandbox", "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIETLY)
        opened = browser.new_page()
        opened.set_default_timeout(10_000)
        yield opened
        browser.close()


@pytest.fixture
def blocked(page: Page) -> list[str]:
    """What the page's content policy blocked, and what its scripts complained of."""
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: messages.append(str(error)))
    return messages


def _with_strict_policy(dealership: Dealership) -> None:
    dealership.publish("site.css", UNRULY)
    dealership.publish("_headers", f"/*\n  Content-Security-Policy: {POLICY}; img-src 'self' data:\n")


def _retitled(page: Page, title: str) -> None:
    page.get_by_role("heading", name=title, exact=True).wait_for()


def test_a_change_shows_in_the_open_page_under_a_strict_policy(
    running: Running, page: Page, blocked: list[str]
) -> None:
    _with_strict_policy(running.dealership)
    page.goto(running.url)
    _retitled(page, "Aurora")
    running.dealership.retitle("Boreal")
    _retitled(page, "Boreal")
    running.dealership.retitle("Cerrado")
    _retitled(page, "Cerrado")
    assert [message for message in blocked if "favicon" not in message and "404" not in message] == []


def test_a_failure_covers_the_page_with_its_lines_and_leaves_when_mended(
    running: Running, page: Page, blocked: list[str]
) -> None:
    _with_strict_policy(running.dealership)
    page.goto(running.url)
    _retitled(page, "Aurora")
    running.dealership.retitle("!")
    alert = page.get_by_role("alert")
    alert.wait_for()
    text = alert.inner_text()
    assert "title.txt does not hold" in text
    assert "title.txt:1" in text
    assert "a title is words (found “!”)" in text
    assert "Write a name." in text
    box = alert.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, page.viewport_size["width"] if page.viewport_size else 0)
    marked = alert.locator(".here")
    assert marked.evaluate("line => getComputedStyle(line).backgroundColor") == "rgb(87, 35, 27)"
    running.dealership.retitle("Mended")
    _retitled(page, "Mended")
    assert page.get_by_role("alert").count() == 0
    assert [message for message in blocked if "favicon" not in message and "404" not in message] == []


def test_the_last_good_page_can_be_looked_at_behind_a_failure(running: Running, page: Page) -> None:
    page.goto(running.url)
    running.dealership.retitle("!")
    page.get_by_role("button", name="See the last good page").click()
    assert page.get_by_role("alert").count() == 0
    _retitled(page, "Aurora")


def test_without_any_good_page_the_failure_is_the_page_until_it_is_mended(
    dealership: Dealership, page: Page, request: pytest.FixtureRequest
) -> None:
    dealership.retitle("!")
    running: Running = request.getfixturevalue("running")
    answer = page.goto(running.url)
    assert answer is not None
    assert answer.status == 500
    page.get_by_role("heading", name="title.txt does not hold").wait_for()
    dealership.retitle("Mended")
    _retitled(page, "Mended")


def test_what_a_source_says_is_shown_as_text_never_run(running: Running, page: Page) -> None:
    page.goto(running.url)
    running.dealership.failure_value = "<img src=x onerror=document.title='run'>"
    running.dealership.retitle("!")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "<img src=x onerror=" in alert.inner_text()
    assert alert.locator("img").count() == 0


@pytest.fixture
def lot(tmp_path: Path) -> Path:
    """A real dealership with a copy of its theme to edit."""
    site = showroom(tmp_path.resolve() / "showroom")
    copy_tree(load_theme("galeria", site.root).folders[0], site.root / "themes" / "galeria")
    return site.root


@pytest.fixture
def preview(lot: Path) -> Iterator[Planned]:
    running = Planned(lot)
    yield running
    running.stop()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_an_edited_stylesheet_is_put_on_without_a_reload(
    lot: Path, preview: Planned, page: Page, blocked: list[str]
) -> None:
    from playwright.sync_api import expect

    page.goto(f"{preview.url}/sobre/")
    page.evaluate("window.typed = 'half a word'")
    heading = page.get_by_role("heading", name="Sobre nós")
    assert heading.evaluate("heading => getComputedStyle(heading).color") != "rgb(1, 2, 3)"
    css = max((lot / "themes" / "galeria" / "assets" / "css").glob("*.css"))
    css.write_text(css.read_text("utf-8") + "\nh1 { color: rgb(1 2 3) !important }", "utf-8")
    expect(heading).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator("link[rel=stylesheet]")).to_have_count(1)
    assert page.evaluate("window.typed") == "half a word"
    assert blocked == []


def test_an_edited_template_and_text_reload_the_open_page(lot: Path, preview: Planned, page: Page) -> None:
    page.goto(f"{preview.url}/sobre/")
    templates = lot / "themes" / "galeria" / "templates"
    edit(templates / "page.html", "{% block content %}", "{% block content %}<p>Of the template</p>")
    page.get_by_text("Of the template").wait_for()
    edit(lot / "content" / "pages" / "sobre.md", "carros", "motos")
    page.get_by_text("Vendemos motos.").wait_for()


def test_a_page_that_cannot_be_made_shows_the_lines_and_comes_back(lot: Path, preview: Planned, page: Page) -> None:
    page.goto(f"{preview.url}/sobre/")
    template = lot / "themes" / "galeria" / "templates" / "page.html"
    edit(template, "{% block content %}", "{% block content %}{{ nothing.of_that_name }}")
    page.get_by_role("heading", name="page.html").wait_for()
    assert "nothing.of_that_name" in page.locator(".here").inner_text()
    edit(template, "{{ nothing.of_that_name }}", "<p>Mended</p>")
    page.get_by_text("Mended").wait_for()


def test_the_page_asked_for_comes_by_itself_when_the_site_is_read(
    lot: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned, "SMALL", 0)
    monkeypatch.setattr(planned, "BRISK", 0.01)
    running = Planned(lot)
    try:
        answer = page.goto(f"{running.url}/sobre/")
        assert answer is not None
        assert answer.status == 503
        page.get_by_role("heading", name="Sobre nós").wait_for()
    finally:
        running.stop()


def test_a_page_that_waits_for_a_site_that_cannot_be_read_says_why(
    lot: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned, "SMALL", 0)
    monkeypatch.setattr(planned, "BRISK", 0.01)
    edit(lot / "site.yaml", "listing:", "lisitng:")
    running = Planned(lot)
    try:
        page.goto(f"{running.url}/sobre/")
        page.get_by_text("'lisitng' is not a setting here").wait_for()
        wait_until(lambda: running.preview.failure)
        edit(lot / "site.yaml", "lisitng:", "listing:")
        page.get_by_role("heading", name="Sobre nós").wait_for()
    finally:
        running.stop()
