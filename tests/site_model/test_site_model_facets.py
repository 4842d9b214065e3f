"""How the stock is counted: by make, model, body, price band and the rest."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from site_model_builders import codes, day, rooftop, site, vehicle

from dealergen.config.presentation import FacetName
from dealergen.inventory import Vehicle
from dealergen.site import Site
from dealergen.site.bands import band_key, band_of, bounds_of

NOW = day("2026-03-01")


def counted(shown: Site, facet: FacetName) -> list[tuple[str, str, int]]:
    return [(value.key, value.label, value.count) for value in shown.facets[facet]]


def test_makes_and_models_are_labelled_as_written_and_keyed_for_a_url() -> None:
    stock = [
        vehicle("a", make="Citroën", model="C4 Cactus"),
        vehicle("b", make="Land Rover", model="Evoque 2.0/P250"),
        vehicle("c", make="Citroën", model="C3"),
        vehicle("d", make="", model="Buggy"),
    ]
    shown = site(stock, NOW)
    assert counted(shown, "make") == [("citroen", "Citroën", 2), ("land-rover", "Land Rover", 1)]
    assert counted(shown, "model") == [
        ("citroen/c3", "C3", 1),
        ("citroen/c4-cactus", "C4 Cactus", 1),
        ("land-rover/evoque-2-0-p250", "Evoque 2.0/P250", 1),
    ]


def test_spellings_with_one_key_are_one_value_under_the_commonest_spelling() -> None:
    names = ["Citroen", "Citroën", "CITROËN", "Citroën"]
    stock = [vehicle(code, make=make) for code, make in zip("abcd", names, strict=True)]
    assert counted(site(stock, NOW), "make") == [("citroen", "Citroën", 4)]


@pytest.mark.parametrize("name", ["???", "../../etc", "吉利", "<script>alert(1)</script>", "é" * 300])
def test_every_name_gets_a_key_of_letters_digits_and_hyphens(name: str) -> None:
    shown = site([vehicle("a", make=name, model=name)], NOW)
    key = shown.facets["make"][0].key
    assert key
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(key) <= 60
    assert shown.facets["model"][0].key == f"{key}/{key}"


def test_words_of_a_vocabulary_are_keyed_with_hyphens_and_labelled_with_the_word() -> None:
    stock = [
        vehicle("a", fuel="plug_in_hybrid", transmission="dual_clutch", color_family="gray", condition="certified"),
        vehicle("b", fuel="flex"),
        vehicle("c", fuel="flex", body=None),
    ]
    shown = site(stock, NOW)
    assert counted(shown, "fuel") == [("flex", "flex", 2), ("plug-in-hybrid", "plug_in_hybrid", 1)]
    assert counted(shown, "transmission") == [("dual-clutch", "dual_clutch", 1)]
    assert counted(shown, "condition") == [("used", "used", 2), ("certified", "certified", 1)]
    assert counted(shown, "color") == [("gray", "gray", 1)]
    assert counted(shown, "body") == [("hatchback", "hatchback", 2)]


def test_stores_are_keyed_by_id_and_labelled_by_name() -> None:
    stores = [rooftop(), rooftop(id="norte", name="Loja Norte")]
    stock = [vehicle("a", rooftop="norte"), vehicle("b", rooftop="norte"), vehicle("c")]
    shown = site(stock, NOW, rooftops=stores)
    assert counted(shown, "rooftop") == [("norte", "Loja Norte", 2), ("centro", "Loja Centro", 1)]


def test_years_stand_alone_and_the_newest_comes_first_among_equals() -> None:
    stock = [vehicle(code, year=year) for code, year in zip("abcde", (2019, 2022, 2020, 2019, None), strict=True)]
    assert counted(site(stock, NOW), "year") == [("2019", "2019", 2), ("2022", "2022", 1), ("2020", "2020", 1)]


def test_sold_vehicles_are_not_counted_and_the_listing_order_holds_within_a_value() -> None:
    stock = [vehicle("a", 70_000), vehicle("b", 50_000), vehicle("c", 40_000, status="sold")]
    value = site(stock, NOW, listing={"order": "price"}).facets["make"][0]
    assert codes(value.vehicles) == ["b", "a"]


def test_a_band_of_the_settings_ends_with_its_upper_bound() -> None:
    stock = [vehicle(str(price), price) for price in (80_000, 79_999, 80_001, 100_000, 250_000)] + [vehicle("ask")]
    bands = site(stock, NOW, listing={"price_bands": {"steps": [80_000, 100_000, 150_000]}}).facets["price"]
    assert [(band.key, band.label, sorted(codes(band.vehicles))) for band in bands] == [
        ("-80000", "-80000", ["79999", "80000"]),
        ("80000-100000", "80000-100000", ["100000", "80001"]),
        ("150000-", "150000-", ["250000"]),
    ]


def test_prices_that_are_all_alike_make_no_bands() -> None:
    assert site([vehicle("a", 50_000), vehicle("b", 50_000)], NOW).facets["price"] == []
    assert site([vehicle("a"), vehicle("b")], NOW).facets["price"] == []


def test_delivery_kilometres_do_not_make_a_band() -> None:
    new = [vehicle(f"n{number}", mileage=number) for number in range(12)]
    used = [vehicle(f"u{number}", mileage=15_000 * (number + 1)) for number in range(10)]
    first = site(new + used, NOW).facets["mileage"][0]
    assert int(first.key.removeprefix("-")) >= 1000
    assert {car.code for car in new} <= set(codes(first.vehicles))


LOT = [
    24_900, 31_500, 35_900, 38_900, 42_900, 45_990, 47_900, 49_900, 52_900, 54_990, 57_900, 59_900, 62_900, 64_900,
    68_900, 72_990, 76_900, 79_900, 84_900, 89_900, 94_900, 99_900, 109_900, 118_900, 129_900, 142_900, 159_900,
    184_900, 219_900, 289_900,
]  # fmt: skip


@pytest.mark.parametrize("scale", [0.01, 0.1, 1, 10, 1000])
def test_bounds_are_round_and_share_a_real_lot_out(scale: float) -> None:
    prices = [Decimal(str(price * scale)) for price in LOT]
    bounds = bounds_of(prices)
    filled = Counter(band_of(price, bounds) for price in prices)
    assert 4 <= len(filled) == len(bounds) + 1 <= 7
    assert max(filled.values()) <= len(LOT) // 2
    assert all(len(str(bound).rstrip("0")) <= 2 for bound in bounds)


def test_a_lot_of_one_price_class_still_gets_bands() -> None:
    bounds = bounds_of(range(88_000, 96_000, 250))
    assert len(bounds) >= 3


@tries(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 2_000_000), max_size=60))
def test_no_band_is_empty_and_each_price_is_in_its_own(prices: list[int]) -> None:
    bounds = bounds_of(prices)
    assert all(lower < upper for lower, upper in pairwise(bounds))
    assert len(bounds) <= 6
    assert set(Counter(band_of(price, bounds) for price in prices)) == (
        set(range(len(bounds) + 1)) if prices else set()
    )
    for price in prices:
        lower, _, upper = band_key(band_of(price, bounds), bounds).partition("-")
        assert (not lower or int(lower) < price) and (not upper or price <= int(upper))


@tries(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 400).map(lambda price: price * 1000), min_size=40, max_size=80, unique=True))
def test_a_stock_of_different_prices_has_four_to_seven_bands(prices: list[int]) -> None:
    assert 3 <= len(bounds_of(prices)) <= 6


makes = st.sampled_from(["Fiat", "FIAT", "Citroën", "Citroen", ""])
bodies = st.sampled_from(["suv", "hatchback", None])


@st.composite
def lots(draw: st.DrawFn) -> list[Vehicle]:
    numbers = draw(st.lists(st.one_of(st.none(), st.integers(1, 300_000)), max_size=20))
    return [
        vehicle(
            f"v{index}",
            number,
            make=draw(makes),
            model=draw(st.sampled_from(["Argo", "C3", ""])),
            body=draw(bodies),
            year=draw(st.one_of(st.none(), st.integers(2018, 2022))),
            mileage=draw(st.one_of(st.none(), st.integers(0, 200_000))),
            status=draw(st.sampled_from(["available", "reserved", "sold"])),
        )
        for index, number in enumerate(numbers)
    ]


@tries(max_examples=60, deadline=None)
@given(lots())
def test_counts_are_those_of_counting_by_hand(lot: list[Vehicle]) -> None:
    shown = site(lot, NOW)
    stock = [car for car in lot if car.status != "sold"]
    fold = {"Fiat": "fiat", "FIAT": "fiat", "Citroën": "citroen", "Citroen": "citroen"}
    by_hand: dict[FacetName, Counter[str]] = {
        "make": Counter(fold[car.make] for car in stock if car.make),
        "model": Counter(f"{fold[car.make]}/{car.model.lower()}" for car in stock if car.make and car.model),
        "body": Counter(car.body for car in stock if car.body),
        "year": Counter(str(car.year) for car in stock if car.year),
        "condition": Counter(car.condition for car in stock),
        "rooftop": Counter("centro" for _ in stock),
    }
    for facet, counts in by_hand.items():
        assert {value.key: value.count for value in shown.facets[facet]} == counts
    numbers: list[tuple[FacetName, dict[str, int | Decimal | None]]] = [
        ("price", {car.code: car.price for car in stock}),
        ("mileage", {car.code: car.mileage for car in stock}),
    ]
    for facet, found in numbers:
        for value in shown.facets[facet]:
            lower, _, upper = value.key.partition("-")
            inside = {
                code
                for code, number in found.items()
                if number is not None and (not lower or number > int(lower)) and (not upper or number <= int(upper))
            }
            assert set(codes(value.vehicles)) == inside
