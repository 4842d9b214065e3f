"""What can be said of galeria by reading it: words, icons, fonts, budgets, and nothing that its CSP forbids."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dealergen.config.dealer import Colors
from dealergen.engine.theme import Theme
from dealergen.locale import load_locale

LANGUAGES = ("pt-BR", "en", "es")
KEY = re.compile(r"\bt\('([a-z_]+\.[a-z_]+)'")
ICON = re.compile(r"\bicon\('([a-z-]+)'\)")


def sources(theme: Theme) -> Iterator[tuple[str, str]]:
    for path in sorted((theme.folders[0] / "templates").rglob("*.html")):
        yield path.name, path.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_template_asks_for_exists(galeria: Theme, language: str) -> None:
    locale = load_locale(language, currency="BRL", distance="km", extra=galeria.strings(language))
    asked = {(name, key) for name, text in sources(galeria) for key in KEY.findall(text)}
    assert len(asked) > 60
    assert [(name, key) for name, key in sorted(asked) if not locale.has(key)] == []


def test_the_theme_speaks_every_language_that_ships(galeria: Theme) -> None:
    spoken = {
        language: {line.split(":")[0] for line in galeria.strings(language)[0].read_text("utf-8").splitlines()}
        for language in LANGUAGES
    }
    assert spoken["en"] == spoken["pt-BR"] == spoken["es"]


def test_every_icon_is_in_the_sprite(galeria: Theme) -> None:
    drawn = set(re.findall(rb'<symbol id="([a-z-]+)"', galeria.assets["icons.svg"].data))
    asked = {icon.encode() for _, text in sources(galeria) for icon in ICON.findall(text)}
    assert asked
    assert asked == drawn


def test_every_font_ships_with_its_licence(galeria: Theme) -> None:
    texts = [asset.data.decode() for name, asset in galeria.assets.items() if name.startswith("fonts/OFL")]
    for family in ("Newsreader", "Instrument Sans"):
        assert any(family in text and "SIL Open Font License" in text for text in texts)


def test_every_address_in_the_stylesheet_is_a_published_asset(galeria: Theme) -> None:
    css = galeria.stylesheet(Colors(), "").data.decode()
    addresses = re.findall(r"url\(\"?([^\")]+)", css)
    published = {f"/{asset.path}" for asset in galeria.assets.values()}
    assert len(addresses) == 3
    assert set(addresses) <= published


def test_the_brand_colours_reach_the_stylesheet(galeria: Theme) -> None:
    css = galeria.stylesheet(Colors(primary="#102030", accent="#405060"), "").data.decode()
    assert "--brand-primary:#102030" in css
    assert "--brand-accent:#405060" in css


def test_styles_and_scripts_keep_to_their_budgets(galeria: Theme) -> None:
    assert len(gzip.compress(galeria.stylesheet(Colors(), "").data)) <= 25 * 1024
    assert len(gzip.compress(galeria.script().data)) <= 15 * 1024


class Forbidden(HTMLParser):
    """Gathers what a strict content security policy would block, and what a page must have once."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/ld+json"):
            self.found.append(tag)


def read_pages(folder: Path) -> Iterator[tuple[str, Forbidden]]:
    for path in sorted(folder.glob("*.html")):
        parser = Forbidden()
        parser.feed(path.read_text("utf-8"))
        yield path.stem, parser


def test_no_page_holds_inline_styles_scripts_or_handlers(wall: Path) -> None:
    assert {name: page.found for name, page in read_pages(wall) if page.found} == {}


def test_every_page_has_one_first_heading_one_main_and_unique_ids(wall: Path) -> None:
    read = dict(read_pages(wall))
    assert len(read) == 17
    for name, page in read.items():
        assert (page.tags.count("h1"), page.tags.count("main")) == (1, 1), name
        assert len(page.ids) == len(set(page.ids)), name


def test_the_first_picture_does_not_wait_and_the_others_do(wall: Path) -> None:
    for name in ("home", "listing", "vehicle", "offer"):
        pictures = re.findall(r"<img [^>]*>", (wall / f"{name}.html").read_text("utf-8"))
        assert "fetchpriority=high" in pictures[0], name
        assert "loading=lazy" not in pictures[0], name
        assert "loading=lazy" in pictures[-1], name
        assert sum("fetchpriority" in tag for tag in pictures) == 1, name


def test_a_sold_car_shows_no_price(wall: Path) -> None:
    article = (wall / "sold.html").read_text("utf-8").split('<article class="vehicle"')[1].split("</article>")[0]
    assert "Vendido em 3 de maio" in article
    assert "R$" not in article


def test_entries_are_numbered_on_from_the_page_before(wall: Path) -> None:
    html = (wall / "listing.html").read_text("utf-8")
    assert re.findall(r'class="entry"[^>]*>(\d+)<', html) == ["25", "26", "27", "28", "29"]
