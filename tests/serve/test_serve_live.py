"""Live reload as a person sees it: a real Chromium with the page open while the site changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.serve.running_preview import POLICY, UNRULY, Dealership, Running

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
