"""Galeria in a real browser: every width, every colour, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dealergen.config.dealer import Colors

pytestmark = pytest.mark.browser

Serve = Callable[[Path], str]
WIDTHS = (320, 360, 768, 1440, 2560)
CONTRAST = """(pair) => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const light = (name) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(${name})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = pair.map(light).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""
CONTROLS = (
    ".masthead a, .masthead button, .chip, summary, .button, .index a, .pages a, .action-bar a, .contacts a,"
    ".colophon li a, .trail a, .more, .opening-count"
)
PAIRS = [
    ("--ink", "--paper"),
    ("--ink-soft", "--paper"),
    ("--ink-soft", "--shade"),
    ("--accent", "--paper"),
    ("--on-fill", "--accent"),
    ("--brand", "--paper"),
    ("--on-brand", "--brand-fill"),
    ("--alarm", "--mat"),
]


@pytest.fixture
def site(wall: Path, serve: Serve) -> str:
    return serve(wall)


def test_no_page_scrolls_sideways_at_any_width(browser: Any, site: str, wall: Path) -> None:
    page = browser.new_page(reduced_motion="reduce")
    wide = []
    for path in sorted(wall.glob("*.html")):
        page.goto(f"{site}/{path.name}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((path.stem, width))
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("primary", "accent"),
    [
        ("#1d3b36", "#b4552d"),
        ("#ffe600", "#39ff14"),
        ("#ffffff", "#00ffff"),
        ("#000000", "#000000"),
        ("#0000ff", "#ff0000"),
    ],
)
def test_text_stays_legible_whatever_the_brands_colours(
    browser: Any, hang: Callable[..., Path], serve: Serve, scheme: str, primary: str, accent: str
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(serve(hang(Colors(primary=primary, accent=accent))) + "/page.html")
    contrast = {pair: page.evaluate(CONTRAST, list(pair)) for pair in PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in contrast.items() if ratio < 4.5} == {}


def test_controls_are_big_enough_for_a_thumb(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    for name in ("home", "listing", "vehicle"):
        page.goto(f"{site}/{name}.html")
        small = page.evaluate(
            """(controls) => [...document.querySelectorAll(controls)]
              .filter((part) => part.checkVisibility() && part.getBoundingClientRect().height < 43.9)
              .map((part) => part.className + part.textContent.trim())""",
            CONTROLS,
        )
        assert small == [], name


def test_the_lightbox_counts_turns_and_gives_the_focus_back(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(f"{site}/vehicle.html")
    page.click("#photo-2 a")
    counter = page.locator("[data-lightbox-counter]")
    page.wait_for_function("document.querySelector('[data-lightbox-counter]').textContent === '2 / 12'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('[data-lightbox-counter]').textContent === '3 / 12'")
    page.click(".lightbox-step.is-previous")
    page.wait_for_function("document.querySelector('[data-lightbox-counter]').textContent === '2 / 12'")
    page.keyboard.press("Escape")
    assert not counter.is_visible()
    assert page.evaluate("document.activeElement.closest('li').id") == "photo-2"


def test_the_plus_plate_opens_the_first_photo_that_the_mosaic_hides(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(f"{site}/vehicle.html")
    assert page.locator(".gallery-item:visible").count() == 5
    assert page.inner_text(".gallery-more") == "+7 fotos"
    page.click(".gallery-more")
    page.wait_for_function("document.querySelector('[data-lightbox-counter]').textContent === '6 / 12'")


def test_a_swipe_on_a_phone_moves_the_counter(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page.goto(f"{site}/vehicle.html")
    assert page.inner_text("[data-gallery-counter]") == "1 / 12"
    page.evaluate("document.querySelector('.gallery-strip').scrollTo(360 * 3, 0)")
    page.wait_for_function("document.querySelector('[data-gallery-counter]').textContent === '4 / 12'")


def test_without_scripts_all_photos_the_menu_and_the_filters_are_in_reach(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/vehicle.html")
    page.click(".gallery-more")
    assert page.locator(".gallery-item:visible").count() == 12
    page.goto(f"{site}/listing.html")
    page.click(".refine > summary")
    assert page.locator(".refine-group a:visible").count() == 10
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}/home.html")
    assert not page.is_visible("#menu")
    page.click(".menu-button")
    assert page.is_visible("#menu a >> text=offers")


def test_a_form_says_beside_each_field_what_is_amiss_and_posts_once(browser: Any, site: str) -> None:
    page = browser.new_page()
    posted: list[str] = []

    def take(route: Any) -> None:
        posted.append(route.request.post_data)
        route.fulfill(status=204)

    page.route("**/api/lead", take)
    page.goto(f"{site}/vehicle.html")
    send = page.locator("form[data-lead] [type=submit]")
    send.click()
    assert page.locator(".field-error").all_inner_texts() == [
        "Preencha este campo.", "Deixe um telefone ou um e-mail para a resposta.", "Preencha este campo.",
    ]  # fmt: skip
    assert page.evaluate("document.activeElement.name") == "name"
    page.fill("[name=name]", "Ana")
    page.fill("[name=phone]", "123")
    page.check("[name=consent]")
    send.click()
    assert page.locator(".field-error").all_inner_texts() == ["Confira o telefone, com DDD."]
    page.fill("[name=phone]", "(19) 99999-0000")
    assert page.locator(".field-error").count() == 0
    send.click()
    assert send.inner_text() == "Enviando…"
    send.click(force=True)
    assert len(posted) == 1
    assert "vehicle=abc" in posted[0]
    assert "name=Ana" in posted[0]


def test_an_offer_leaves_the_page_at_its_second(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.clock.install(time="2026-11-30T23:59:50-03:00")
    page.goto(f"{site}/offers.html")
    assert page.locator(".offer").count() == 2
    page.clock.run_for(15_000)
    assert page.locator(".offer h3").all_inner_texts() == ["Bônus de R$ 2.000 na troca"]


def test_an_open_offer_page_turns_into_an_ended_one(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.clock.install(time="2026-11-30T23:59:50-03:00")
    page.goto(f"{site}/offer.html")
    assert not page.is_visible("[data-ended]")
    page.clock.run_for(15_000)
    assert page.is_visible("[data-ended]")
    assert not page.is_visible(".campaign-head .offer-price")
    assert page.is_visible("form[data-lead]")


def test_nothing_moves_while_a_page_loads(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) window.moved += entry.value; })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    for name in ("home", "listing", "vehicle", "post"):
        page.goto(f"{site}/{name}.html", wait_until="networkidle")
        # Reports give two decimals; a line that is a hair wider in its fallback font is no movement that a person sees.
        assert page.evaluate("window.moved") < 0.005, name


def test_a_printed_vehicle_is_a_sticker_without_forms_or_menus(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{site}/vehicle.html")
    for shown in (".vehicle-title", ".price-now", ".plate", ".spec-plate", ".print-only"):
        assert page.is_visible(shown), shown
    for hidden in (".menu-button", ".inquiry", ".action-bar", "#photo-2", "#similar"):
        assert not page.is_visible(hidden), hidden
