"""The demo's site.yaml is complete, true to the calendar, and names its schema for editors."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dealergen.config import Settings, load_settings


@pytest.fixture(scope="module")
def settings(root: Path) -> Settings:
    return load_settings(root / "site.yaml")


def easter(year: int) -> dt.date:
    """Gregorian Easter, by the anonymous algorithm (Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    ell = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def test_the_first_line_names_the_schema_for_editors(root: Path) -> None:
    first = (root / "site.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=docs/schema/site.schema.json"


def test_two_stores_speak_two_languages_in_reais(settings: Settings) -> None:
    assert [rooftop.id for rooftop in settings.rooftops] == ["campinas", "piracicaba"]
    assert settings.languages == ["pt-BR", "en"]
    assert (settings.currency, settings.units.distance) == ("BRL", "km")
    assert {rooftop.timezone for rooftop in settings.rooftops} == {"America/Sao_Paulo"}


@pytest.mark.parametrize("year", [2026, 2027])
def test_brazilian_holidays_that_move_with_easter_are_on_their_days(settings: Settings, year: int) -> None:
    moving = {
        "Segunda-feira de Carnaval": -48, "Terça-feira de Carnaval": -47, "Quarta-feira de Cinzas": -46,
        "Sexta-feira Santa": -2, "Corpus Christi": 60,
    }  # fmt: skip
    for rooftop in settings.rooftops:
        found = {holiday.name: holiday.date for holiday in rooftop.holidays if holiday.date.year == year}
        assert {name: found[name] for name in moving} == {
            name: easter(year) + dt.timedelta(days) for name, days in moving.items()
        }


@pytest.mark.parametrize("year", [2026, 2027])
def test_national_and_state_holidays_are_kept_by_both_stores(settings: Settings, year: int) -> None:
    fixed = {(1, 1), (4, 21), (5, 1), (7, 9), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25)}
    for rooftop in settings.rooftops:
        closed = {holiday.date for holiday in rooftop.holidays if holiday.opens is None}
        assert {dt.date(year, month, day) for month, day in fixed} <= closed


def test_texts_for_visitors_are_in_both_languages(settings: Settings) -> None:
    texts = [
        settings.dealer.tagline, settings.legal.price_note, settings.legal.footer, settings.legal.consent,
        settings.seo.home_title, settings.seo.home_description, *(item.label for item in settings.navigation),
    ]  # fmt: skip
    for text in texts:
        assert isinstance(text, dict)
        assert set(text) == {"pt-BR", "en"}
        assert all(text.values())


def test_search_engines_show_the_home_titles_and_descriptions_whole(settings: Settings) -> None:
    for language in settings.languages:
        assert 30 <= len(settings.text(settings.seo.home_title, language)) <= 65
        assert 70 <= len(settings.text(settings.seo.home_description, language)) <= 160


def test_the_stores_stand_in_their_cities(settings: Settings) -> None:
    """City centres by the IBGE: Campinas 22.906 S 47.061 W, Piracicaba 22.725 S 47.649 W; within 0.05 degrees."""
    centres = {"Campinas": (-22.906, -47.061), "Piracicaba": (-22.725, -47.649)}
    for rooftop in settings.rooftops:
        assert rooftop.geo
        lat, lng = centres[rooftop.address.city]
        assert abs(rooftop.geo.lat - lat) < 0.05
        assert abs(rooftop.geo.lng - lng) < 0.05


def test_the_logo_and_the_icon_are_drawn_without_fonts_or_outside_parts(root: Path, settings: Settings) -> None:
    assert settings.dealer.logo == "brand/logo.svg"
    for name in ("logo.svg", "icon.svg"):
        svg = (root / "brand" / name).read_text("utf-8")
        assert "<title" in svg
        assert not any(part in svg for part in ("<text", "<image", "<script", "href", "@import", "url("))
