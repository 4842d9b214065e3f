from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from dealergen.config.presentation import FACETS
from dealergen.errors import RenderError, SettingsError
from dealergen.inventory.vocabulary import VOCABULARIES
from dealergen.locale import LANGUAGES, Locale, load_locale
from dealergen.locale.strings import FOLDER, chain, load_strings


def _locale(language: str, *extra: Path) -> Locale:
    return load_locale(language, currency="BRL", distance="km", extra=extra)


def _own(language: str) -> dict[str, str | dict[str, str]]:
    """What the language's file says itself, without what stands in for it."""
    import yaml

    content = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return {f"{section}.{key}": text for section, texts in content.items() for key, text in texts.items()}


def _texts(strings: dict[str, str | dict[str, str]]) -> Iterator[tuple[str, str]]:
    for key, text in strings.items():
        for form in text.values() if isinstance(text, dict) else (text,):
            yield key, form


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_everything_itself(language: str) -> None:
    assert set(_own(language)) == set(_own("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_fills_in_the_same_words(language: str) -> None:
    def fields(text: str | dict[str, str]) -> set[str]:
        forms = text.values() if isinstance(text, dict) else (text,)
        return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}

    english = _own("en")
    assert {key: fields(text) for key, text in _own(language).items()} == {
        key: fields(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_vocabulary_and_every_facet_has_a_text(language: str) -> None:
    locale = _locale(language)
    for family, words in VOCABULARIES.items():
        section = "color" if family == "color_family" else family
        for word in words:
            assert locale.t(f"{section}.{word}")
            if section not in {"status", "drivetrain"}:
                assert locale.t(f"{section}_cars.{word}")
    for facet in FACETS:
        for key in (f"facet.{facet}", f"listing.heading_{facet}", f"seo.{facet}_title", f"paths.{facet}"):
            assert locale.has(key), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_addresses_are_fit_for_addresses_and_distinct(language: str) -> None:
    paths = {key: text for key, text in _texts(_own(language)) if key.startswith("paths.")}
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word) for word in paths.values())
    assert len(set(paths.values())) == len(paths)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_learn_more(language: str) -> None:
    empty = re.compile(
        r"saiba mais|clique aqui|learn more|click here|más información|haz clic|saber más\b(?! sobre)", re.I
    )
    assert [key for key, text in _texts(_own(language)) if empty.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_plain_and_tidy(language: str) -> None:
    for key, text in _texts(_own(language)):
        assert "<" not in text, key
        assert "&" not in text, key
        assert "  " not in text, key
        assert text.strip() == text or key == "form.message_find", key


def test_addresses_of_the_three_languages() -> None:
    assert [_locale(language).path("stock") for language in LANGUAGES] == ["estoque", "inventory", "inventario"]
    assert [_locale(language).path("thanks") for language in LANGUAGES] == ["obrigado", "thank-you", "gracias"]


def test_words_are_filled_in() -> None:
    assert _locale("pt-BR").t("offer.until", date="30 de novembro") == "Até 30 de novembro"


def test_a_plural_follows_its_number_which_is_written_as_the_language_does() -> None:
    locale = _locale("pt-BR")
    assert locale.t("listing.count", n=1) == "1 veículo"
    assert locale.t("listing.count", n=2) == "2 veículos"
    assert locale.t("listing.count", n=1234) == "1.234 veículos"
    assert _locale("en").t("listing.count", n=0) == "0 vehicles"
    assert _locale("en").t("listing.count", n=1234) == "1,234 vehicles"


def test_words_left_empty_leave_no_gap() -> None:
    title = _locale("pt-BR").t(
        "seo.vehicle_title", make="Fiat", model="Argo", trim="", year="2021", city="Campinas", dealer="Aurora"
    )
    assert title == "Fiat Argo 2021 em Campinas | Aurora"


def test_braces_in_a_value_are_text_like_any_other() -> None:
    assert _locale("en").t("offer.until", date="{0.__class__} {{7*7}}") == "Until {0.__class__} {{7*7}}"


def test_an_unknown_key_is_told_with_the_nearest_one() -> None:
    with pytest.raises(RenderError) as caught:
        _locale("en").t("listing.cuont")
    assert "listing.count" in caught.value.remedy
    assert not _locale("en").has("listing.cuont")


def test_a_word_that_is_not_given_is_told() -> None:
    with pytest.raises(RenderError, match="date"):
        _locale("en").t("offer.until", day="Friday")


def test_a_plural_without_its_number_is_told() -> None:
    with pytest.raises(RenderError, match="plural"):
        _locale("en").t("listing.count")


@pytest.mark.parametrize(
    ("language", "served_by"),
    [("pt-BR", ["pt-BR", "en"]), ("pt-PT", ["pt-BR", "en"]), ("es-MX", ["es", "en"]), ("en", ["en"]), ("de", ["en"])],
)
def test_siblings_stand_in_then_english(language: str, served_by: list[str]) -> None:
    assert chain(language) == served_by


def test_a_theme_overrides_and_adds_texts_and_the_last_file_wins(tmp_path: Path) -> None:
    theme, child = tmp_path / "theme.yaml", tmp_path / "child.yaml"
    theme.write_text("nav: {home: Casa, stock: Carros}\ngaleria: {plate: 'Nº {n}'}\n", "utf-8")
    child.write_text("nav: {home: Começo}\n", "utf-8")
    locale = _locale("pt-BR", theme, child)
    assert locale.t("nav.home") == "Começo"
    assert locale.t("nav.stock") == "Carros"
    assert locale.t("galeria.plate", n=7) == "Nº 7"
    assert locale.t("nav.skip") == "Pule para o conteúdo"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nav: {home: '{x.y}'}", "plain name"),
        ("nav: {home: '{0}'}", "plain name"),
        ("nav: {home: '{x!r}'}", "plain name"),
        ("nav: {home: '{x:>99999999}'}", "plain name"),
        ("nav: {home: '{x'}", "braces do not match"),
        ("nav: {home: 7}", "between quotes"),
        ("nav: {home: {one: x}}", "'other'"),
        ("nav: {home: {other: x, several: y}}", "not a plural category"),
        ("nav: home", "keys and texts"),
        ("- nav", "sections"),
        ("nav: [", "not YAML"),
    ],
)
def test_string_files_that_do_not_hold_are_told_with_their_name(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "pt-BR.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        _locale("pt-BR", path)
    told = "\n".join(map(str, caught.value.problems))
    assert said in told
    assert str(path) in told


def test_a_string_file_that_is_not_there_or_not_utf_8_is_told(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("nav: {home: Começo}".encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        load_strings("pt-BR", [tmp_path / "none.yaml", latin])
    assert [problem.place.file for problem in caught.value.problems if problem.place] == [
        str(tmp_path / "none.yaml"),
        str(latin),
    ]


def test_the_digest_changes_exactly_when_what_is_read_does(tmp_path: Path) -> None:
    path = tmp_path / "strings.yaml"
    path.write_text("nav: {home: Casa}\n", "utf-8")
    plain = _locale("pt-BR").digest
    assert _locale("pt-BR").digest == plain
    assert _locale("pt-BR", path).digest != plain
    assert _locale("en").digest != plain
    assert load_locale("pt-BR", currency="USD", distance="km").digest != plain
    assert load_locale("pt-BR", currency="BRL", distance="mi").digest != plain
