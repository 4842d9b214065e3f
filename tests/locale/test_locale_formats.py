from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit
from hypothesis import given, settings
from hypothesis import strategies as st
from slugify import slugify

from dealergen.errors import SettingsError
from dealergen.locale import Locale, load_locale, slug
from dealergen.locale.slugs import LIMIT

NBSP = "\u00a0"
TAGS = ("pt-BR", "pt-PT", "en", "es", "de", "fr", "it", "en-IN", "hi", "ja", "pl", "ar", "de-CH", "sv", "ru")
LOCALES = {tag: load_locale(tag, currency="BRL", distance="km") for tag in TAGS}
AMOUNTS = st.decimals(min_value=0, max_value=99_999_999, places=2)


@pytest.fixture
def brazilian() -> Locale:
    return LOCALES["pt-BR"]


def test_what_a_brazilian_reads(brazilian: Locale) -> None:
    assert brazilian.money(Decimal(89900)) == f"R${NBSP}89.900"
    assert brazilian.money(Decimal("89900.50")) == f"R${NBSP}89.900,50"
    assert brazilian.money(Decimal("89900.00")) == f"R${NBSP}89.900"
    assert brazilian.distance(42_000) == "42.000 km"
    assert brazilian.number(1_234_567) == "1.234.567"
    assert brazilian.date(dt.date(2026, 11, 30)) == "30 de novembro de 2026"
    assert brazilian.date(dt.date(2026, 11, 30), "medium") == "30 de nov. de 2026"
    assert brazilian.date(dt.date(2026, 11, 30), "month") == "novembro de 2026"
    assert brazilian.date(dt.date(2026, 5, 3), "day") == "3 de maio"
    assert brazilian.weekday(0) == "segunda-feira"
    assert brazilian.weekday(6, short=True) == "dom."
    assert brazilian.time("08:00") == "08:00"
    assert brazilian.time("24:00") == "00:00"
    assert brazilian.join(["a", "b", "c"]) == "a, b e c"
    assert brazilian.join(["a"]) == "a"
    assert brazilian.join([]) == ""
    assert (brazilian.name, brazilian.og, brazilian.direction) == ("Português", "pt_BR", "ltr")


def test_what_others_read() -> None:
    american = load_locale("en", currency="USD", distance="mi")
    assert american.money(Decimal(24995)) == "$24,995"
    assert american.distance(41_200) == "41,200 mi"
    assert american.date(dt.date(2026, 11, 30)) == "November 30, 2026"
    assert american.time(dt.time(18, 30)) == "6:30\u202fPM"
    assert american.og == "en_US"
    spanish = load_locale("es", currency="EUR", distance="km")
    assert spanish.money(Decimal(18900)) == f"18.900{NBSP}€"
    assert spanish.join(["a", "b", "c"]) == "a, b y c"
    assert (spanish.name, spanish.og) == ("Español", "es_ES")
    assert (LOCALES["ar"].direction, LOCALES["pt-PT"].og) == ("rtl", "pt_PT")


def test_a_moment_is_told_in_its_own_time_zone(brazilian: Locale) -> None:
    moment = dt.datetime(2026, 11, 30, 18, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert brazilian.datetime(moment).startswith("30 de novembro de 2026")
    assert brazilian.datetime(moment).endswith("18:00")
    late = dt.datetime(2026, 11, 30, 23, 59, 59, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert brazilian.date(late, "day") == "30 de novembro"


def test_a_currency_without_cents_has_none() -> None:
    assert load_locale("ja", currency="JPY", distance="km").money(Decimal("1980000.4")) == "￥1,980,000"


def test_a_currency_with_three_decimals_keeps_them() -> None:
    assert load_locale("en", currency="KWD", distance="km").money(Decimal("4500.125")) == f"KWD{NBSP}4,500.125"


@pytest.mark.parametrize("language", TAGS)
@settings(max_examples=40, deadline=None)
@given(amount=AMOUNTS)
def test_money_is_what_babel_writes(language: str, amount: Decimal) -> None:
    tag = language.replace("-", "_")
    written = LOCALES[language].money(amount)
    whole = amount == amount.to_integral_value()
    full = format_currency(amount, "BRL", locale=tag)
    assert written == (re.sub(r"[.,]00(?=\D*$)", "", full) if whole else full)


@pytest.mark.parametrize("language", TAGS)
@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, 9_999_999))
def test_numbers_and_distances_are_what_babel_writes(language: str, number: int) -> None:
    tag = language.replace("-", "_")
    assert LOCALES[language].number(number) == format_decimal(number, locale=tag)
    assert LOCALES[language].distance(number) == format_unit(number, "length-kilometer", "short", locale=tag)


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 100, 101, 102, 111, 1000, 1_000_000])
def test_miles_follow_the_plural(language: str, number: int) -> None:
    locale = load_locale(language, currency="BRL", distance="mi")
    tag = language.replace("-", "_")
    assert locale.distance(number) == format_unit(number, "length-mile", "short", locale=tag)


def test_a_language_or_currency_that_is_not_known_is_told() -> None:
    with pytest.raises(SettingsError, match="xx"):
        load_locale("xx", currency="BRL", distance="km")
    with pytest.raises(SettingsError, match="XYZ"):
        load_locale("pt-BR", currency="XYZ", distance="km")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Citroën C4 Cactus 1.6", "citroen-c4-cactus-1-6"),
        ("São José dos Pinhais", "sao-jose-dos-pinhais"),
        ("Škoda Octávia", "skoda-octavia"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\r\nb\u202ec", "a-bc"),
        ("<script>", "script"),
        ("💥", ""),
        ("", ""),
    ],
)
def test_slugs_are_fit_for_addresses(text: str, expected: str) -> None:
    assert slug(text) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abz019 éßñ-_.,/&;#'’“ \t\u00a0Łø中", max_size=30))
def test_a_slug_made_of_remembered_words_is_the_slug_of_the_whole(text: str) -> None:
    assert slug(text) == slugify(text)


@given(st.text(max_size=300))
def test_no_text_gives_a_slug_that_is_unfit_for_a_file_name(text: str) -> None:
    made = slug(text)
    assert len(made) <= LIMIT
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in made.split("-") if made)
