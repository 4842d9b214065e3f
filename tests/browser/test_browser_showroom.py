"""The demo dealership in a real browser: each kind of page, language and width; no scripts; keyboard."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW, Dealership
from tests.site.reading import vehicle_pages

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
WITH_PHOTOS = ("AV1003", "AV1007", "AV1009", "AV1011", "AV1026", "AV1027")
"""The cars that bring their photos into the copy; making the variants of all of them would cost most of a minute."""
WIDTHS = (320, 360, 768, 1440)
LAST_SECONDS = "2026-11-30T23:59:50-03:00"
SETTLE = """async () => {
  await document.fonts.ready;
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let y = 0; y <= document.body.scrollHeight; y += innerHeight) { scrollTo(0, y); await frame(); }
  const late = new Promise((done) => setTimeout(done, 3000));
  const here = [...document.images].filter((image) => image.loading !== 'lazy' || image.complete);
  await Promise.race([late, Promise.all(here.map((image) => image.decode().catch(() => {})))]);
  await frame();
}"""
WRONG = """() => {
  const wrong = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) wrong.push(`is ${wide} wide`);
  if (window.moved >= 0.01) wrong.push(`moves by ${window.moved}`);
  for (const image of document.images) {
    if (!(image.getAttribute('width') > 0 && image.getAttribute('height') > 0)) wrong.push(`no size: ${image.src}`);
    if (image.complete && image.currentSrc && !image.naturalWidth) wrong.push(`not loaded: ${image.currentSrc}`);
    if (!image.hasAttribute('alt')) wrong.push(`no alt: ${image.src}`);
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  return wrong;
}"""


@dataclass
class Demo:
    site: Dealership
    addresses: dict[tuple[str, str], str]
    """Language and kind of page → address."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The repository's own dealership, in a copy with a few cars' photos, at the tests' clock."""
    root = tmp_path_factory.mktemp("demo") / "dealership"
    root.mkdir()
    for name in ("site.yaml", "inventory.csv"):
        shutil.copy(ROOT / name, root)
    for name in ("content", "brand"):
        shutil.copytree(ROOT / name, root / name)
    (root / "photos").mkdir()
    for photo in (ROOT / "photos").iterdir():
        if photo.name.startswith(tuple(name.lower() for name in WITH_PHOTOS)):
            shutil.copy(photo, root / "photos")
    site = Dealership(root)
    site.build(now=NOW)
    return Demo(site, dict(_addresses(site)))


def _addresses(site: Dealership) -> Any:
    with (ROOT / "inventory.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    bare = next(row["Código"] for row in rows if not row["Fotos"] and row["Situação"] == "Disponível")
    sold = next(row["Código"] for row in rows if row["Situação"] == "Vendido" and row["Código"] in WITH_PHOTOS)
    wanted = {"AV1003": "vehicle", bare: "vehicle without photos", sold: "sold vehicle"}
    for vehicle in vehicle_pages(site.pages()):
        if kind := wanted.get(vehicle.hidden["stock_number"]):
            yield ("en" if vehicle.address.startswith("/en/") else "pt-BR", kind), vehicle.address
    yield from (
        (("pt-BR", kind), address)
        for kind, address in {
            "home": "/", "listing": "/estoque/", "facet": "/estoque/fiat/", "offers": "/ofertas/",
            "offer": "/ofertas/t-cross-black-november/", "blog": "/blog/", "post": "/blog/flex-ou-hibrido/",
            "rooftop": "/lojas/campinas/", "page": "/sobre/", "thanks": "/obrigado/", "missing": "/nao-ha-nada-aqui/",
        }.items()
    )  # fmt: skip
    yield from (
        (("en", kind), address)
        for kind, address in {
            "home": "/en/", "listing": "/en/inventory/", "facet": "/en/inventory/fiat/", "offers": "/en/offers/",
            "offer": "/en/offers/t-cross-black-november/", "blog": "/en/blog/", "post": "/en/blog/flex-or-hybrid/",
            "rooftop": "/en/stores/campinas/", "page": "/en/about/", "thanks": "/en/thank-you/",
        }.items()
    )  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_every_kind_of_page_fits_stands_still_and_keeps_to_itself(
    demo: Demo, serve: Callable[[Path], str], watch: Callable[..., Any], language: str, width: int
) -> None:
    tab = watch(serve(demo.site.out), expected="404 (Not Found)", viewport={"width": width, "height": 800})
    kinds = {kind: address for (spoken, kind), address in demo.addresses.items() if spoken == language}
    assert {"vehicle", "vehicle without photos", "sold vehicle"} <= kinds.keys()
    wrong = {}
    for kind, address in kinds.items():
        response = tab.open(address)
        assert response.status == (404 if kind == "missing" else 200), address
        tab.page.evaluate(SETTLE)
        tab.gather(address)
        assert tab.page.get_attribute("html", "lang") == language
        if found := tab.page.evaluate(WRONG):
            wrong[kind] = found
    assert wrong == {}
    assert tab.faults == []


@pytest.fixture
def plain_tab(browser: Any) -> Any:
    """A tab in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_buyer_without_scripts_finds_a_car_and_asks_for_it(
    demo: Demo, desk: Callable[[Path], Any], plain_tab: Any
) -> None:
    host = desk(demo.site.out)
    plain_tab.goto(host.home + "/")
    plain_tab.click("main a[href='/estoque/'] >> nth=0")
    assert plain_tab.url == host.home + "/estoque/"
    plain_tab.locator("a[href='/estoque/pagina/2/']").first.click()
    assert plain_tab.url.endswith("/estoque/pagina/2/")
    assert plain_tab.locator("main article.card").count() == 24
    plain_tab.go_back()
    plain_tab.locator(".refine > summary").click()
    plain_tab.locator("main a[href='/estoque/fiat/']:visible").first.click()
    assert plain_tab.url.endswith("/estoque/fiat/")
    cars = plain_tab.locator("main article.card a[href^='/estoque/fiat/']")
    addresses = {cars.nth(index).get_attribute("href") for index in range(cars.count())}
    address = demo.addresses["pt-BR", "vehicle"]
    assert address in addresses
    plain_tab.locator(f"main article.card a[href='{address}']").first.click()
    assert "Argo" in plain_tab.inner_text("h1")
    _send(plain_tab)
    assert plain_tab.url == host.home + "/obrigado/"
    assert plain_tab.locator("h1").count() == 1
    (lead,) = host.received
    code = address.rstrip("/").rsplit("-", 1)[1]
    expected = {
        "name": "Visitante de Prova", "phone": "(19) 95550-0199", "email": "visitante@prova.example",
        "vehicle": code, "stock_number": "AV1003", "rooftop": "campinas", "page": address, "language": "pt-BR",
        "next": "/obrigado/", "form": "vehicle", "website": "", "consent": "yes",
    }  # fmt: skip
    assert {name: lead[name] for name in expected} == expected
    assert "Fiat Argo" in lead["message"]


def _send(tab: Any) -> None:
    tab.fill("[name=name]", "Visitante de Prova")
    tab.fill("[name=phone]", "(19) 95550-0199")
    tab.fill("[name=email]", "visitante@prova.example")
    tab.check("[name=consent]")
    tab.click("form[action='/api/lead'] [type=submit]")
    tab.wait_for_load_state()


@pytest.mark.parametrize("kind", ["vehicle without photos", "sold vehicle", "offer"])
def test_every_form_says_where_it_was_sent_from_in_the_visitors_language(
    demo: Demo, desk: Callable[[Path], Any], browser: Any, kind: str
) -> None:
    host = desk(demo.site.out)
    tab = browser.new_page()
    tab.goto(host.home + demo.addresses["en", kind])
    _send(tab)
    assert tab.url == host.home + "/en/thank-you/"
    (lead,) = host.received
    assert (lead["page"], lead["language"], lead["next"]) == (demo.addresses["en", kind], "en", "/en/thank-you/")
    tab.close()


def test_a_language_switch_leads_to_the_same_page_in_the_other_language(
    demo: Demo, serve: Callable[[Path], str], plain_tab: Any
) -> None:
    home = serve(demo.site.out)
    for kind in ("home", "listing", "vehicle", "offer", "post", "rooftop", "page"):
        plain_tab.goto(home + demo.addresses["pt-BR", kind])
        link = plain_tab.locator("header a[hreflang='en']").first
        assert link.get_attribute("href") == demo.addresses["en", kind], kind
        plain_tab.goto(home + str(link.get_attribute("href")))
        assert (
            plain_tab.locator("header a[hreflang='pt-BR']").first.get_attribute("href")
            == (demo.addresses["pt-BR", kind])
        )


def test_the_keyboard_skips_to_the_content_and_always_shows_where_it_is(
    demo: Demo, serve: Callable[[Path], str], watch: Callable[..., Any]
) -> None:
    tab = watch(serve(demo.site.out), viewport={"width": 1280, "height": 900})
    for kind in ("home", "vehicle"):
        tab.open(demo.addresses["pt-BR", kind])
        page = tab.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["top"] >= 0
        assert box["height"] > 10
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        unseen = []
        for _ in range(30):
            page.keyboard.press("Tab")
            if found := page.evaluate(UNSEEN_FOCUS):
                unseen.append(found)
        assert unseen == [], kind
    assert tab.faults == []


UNSEEN_FOCUS = """() => {
  const here = document.activeElement;
  if (!document.querySelector('main').contains(here) && here !== document.body) return '';
  const ring = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const after = getComputedStyle(here, '::after');
  const drawn = ring(here) || (after.content !== 'none' && after.outlineStyle !== 'none');
  const closest = here.closest('article, li, label, p');
  return here === document.body || drawn || (closest && ring(closest)) ? '' : here.outerHTML.slice(0, 200);
}"""


def test_an_offer_leaves_every_page_at_its_last_second(
    demo: Demo, serve: Callable[[Path], str], watch: Callable[..., Any]
) -> None:
    tab = watch(serve(demo.site.out))
    tab.page.clock.install(time=LAST_SECONDS)
    for kind in ("home", "offers"):
        tab.open(demo.addresses["pt-BR", kind])
        card = tab.page.locator("main a[href='/ofertas/t-cross-black-november/']")
        assert card.count() >= 1, kind
        tab.page.clock.run_for(8_000)
        assert card.count() >= 1, kind
        tab.page.clock.run_for(4_000)
        assert card.count() == 0, kind
        tab.page.clock.set_system_time(LAST_SECONDS)
    tab.open(demo.addresses["pt-BR", "offer"])
    assert not tab.page.locator("[data-ended]").first.is_visible()
    tab.page.clock.run_for(12_000)
    assert tab.page.locator("[data-ended]").first.is_visible()
    assert tab.faults == []


def test_an_offer_that_is_over_or_yet_to_come_is_in_no_prime_area(demo: Demo) -> None:
    pages = demo.site.pages()
    for address in ("/", "/ofertas/", "/estoque/"):
        assert "spin-dia-das-criancas" not in pages[address]
        assert "verao-conversivel" not in pages[address]
    assert "/ofertas/verao-conversivel/" not in pages
