"""Odometer readings, in every unit and way of writing, in the site's unit."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.mileage import converted, odometer, read_mileages, unit_named

Distance = Literal["km", "mi"]


def mileage(
    *texts: str, told: str = "", setting: str = "auto", currency: str = "BRL", distance: Distance = "km"
) -> list[int | None]:
    meaning = read_mileages(texts, "auto", odometer(told, setting, currency, distance))
    return [meaning.values[text] for text in texts]


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("33.424", 33424), ("135,877", 135877), ("7560 km", 7560), ("150,000km", 150000), ("216 100 км", 216100),
        ("570.420 km", 570420), ("10 mil km", 10000), ("45 mil", 45000), ("1.39万公里", 13900), ("93000 miles", 149669),
        ("135 tkm", 135000), ("12 tys. km", 12000), ("45k", 45000), ("0", 0), ("1", 1), ("12.345 milhas", 19867),
        ("100 Meilen", 161),
    ],
)  # fmt: skip
def test_a_reading_in_kilometres(text: str, km: int) -> None:
    assert mileage(text) == [km]


def test_a_swedish_mil_is_ten_kilometres() -> None:
    assert mileage("8956 mil", currency="SEK") == [89560]
    assert mileage("8956", setting="mil") == [89560]
    assert mileage("12 000", currency="SEK") == [12000]


def test_a_mil_that_nobody_can_place_is_refused() -> None:
    meaning = read_mileages(["8956 mil"], "auto", odometer("", "auto", "BRL", "km"))
    assert meaning.values == {"8956 mil": None}
    assert "Swedish" in meaning.doubts["8956 mil"].message


def test_the_header_and_the_setting_tell_the_unit() -> None:
    assert mileage("1000", told="mi") == [1609]
    assert mileage("1000", setting="mi") == [1609]
    assert mileage("1000", told="mi", distance="mi") == [1000]
    assert mileage("1000 km", told="mi", distance="mi") == [621]


@pytest.mark.parametrize("texts", [["178 KM", "110 KM", "95 KM"], ["440 PS", "136 ch"], ["100 cv", "90 hp", "150 kW"]])
def test_engine_power_is_no_mileage(texts: list[str]) -> None:
    meaning = read_mileages(texts, "auto", odometer("", "auto", "PLN", "km"))
    assert set(meaning.values.values()) == {None}
    assert "engine power" in meaning.notes[0]


def test_new_cars_with_few_kilometres_are_not_taken_for_power() -> None:
    assert mileage("5 KM", "12 KM", "45000 KM") == [5, 12, 45000]


@pytest.mark.parametrize(
    ("text", "why"),
    [("low", "not a number"), ("-5", "negative"), ("12345678901", "further"), ("10.000 - 15.000", "more than one"),
     ("90 PS", "engine power")],
)  # fmt: skip
def test_what_is_no_mileage_is_refused_with_its_reason(text: str, why: str) -> None:
    meaning = read_mileages([text, "12000", "15000"], "auto", odometer("", "auto", "BRL", "km"))
    assert meaning.values[text] is None
    assert why in meaning.doubts[text].message


def test_empty_cells_say_nothing() -> None:
    meaning = read_mileages(["", "NULL", "-", "n/a"], "auto", odometer("", "auto", "BRL", "km"))
    assert set(meaning.values.values()) == {None}
    assert not meaning.doubts


def test_units_are_known_by_their_words() -> None:
    assert [unit_named(word) for word in ("KM", "Miles", "mil", "км", "milhas", "PS", "")] == [
        "km", "mi", "mil", "km", "mi", None, None,
    ]  # fmt: skip


@given(st.integers(0, 900_000))
def test_there_and_back_again_is_the_same_to_a_kilometre(km: int) -> None:
    assert abs(converted(converted(km, "km", "mi"), "mi", "km") - km) <= 1


@given(st.lists(st.integers(1000, 900_000), min_size=1, max_size=10), st.sampled_from(["{:,} km", "{} KM", "{:,.1f}"]))
def test_any_readings_written_in_one_style_come_back(values: list[int], style: str) -> None:
    assert mileage(*[style.format(value) for value in values]) == values


@given(st.lists(st.text(max_size=60), max_size=8), st.sampled_from(["km", "mi"]), st.sampled_from(["auto", "mil"]))
def test_nothing_raises(texts: list[str], distance: Distance, setting: str) -> None:
    assert all(value is None or value >= 0 for value in mileage(*texts, setting=setting, distance=distance))
