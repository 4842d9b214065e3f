"""The other vehicles shown beside one."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from site_model_builders import codes, day, site, vehicle

from dealergen.inventory import Vehicle

NOW = day("2026-03-01")


def similar(stock: list[Vehicle], count: int = 4) -> dict[str, list[str]]:
    shown = site(stock, NOW, listing={"similar": count})
    return {code: codes(others) for code, others in shown.similar.items()}


def test_the_same_model_at_a_near_price_comes_first() -> None:
    stock = [
        vehicle("argo", 60_000),
        vehicle("argo-near", 62_000),
        vehicle("mobi", 61_000, model="Mobi"),
        vehicle("onix", 60_500, make="Chevrolet", model="Onix"),
        vehicle("toro", 60_000, model="Toro", body="pickup"),
        vehicle("truck", 400_000, make="Volvo", model="FH", body="truck", year=2010),
    ]
    assert similar(stock, 4)["argo"] == ["argo-near", "mobi", "onix", "toro"]


def test_the_price_counts_for_more_than_the_name_when_it_is_far_away() -> None:
    stock = [
        vehicle("a", 60_000),
        vehicle("same-model-thrice-the-price", 290_000),
        vehicle("same-body-same-price", 60_000, make="Chevrolet", model="Onix"),
    ]
    assert similar(stock, 1)["a"] == ["same-body-same-price"]


def test_a_lone_motorcycle_is_filled_up_by_price() -> None:
    stock = [vehicle(f"c{price}", price * 1000) for price in range(30, 90, 5)]
    stock.append(vehicle("moto", 46_000, make="Honda", model="CB 500", body="motorcycle"))
    assert set(similar(stock, 4)["moto"]) == {"c40", "c45", "c50", "c55"}


def test_only_what_can_be_bought_is_offered_also_beside_a_sold_vehicle() -> None:
    stock = [
        vehicle("free", 60_000),
        vehicle("held", 61_000, status="reserved"),
        vehicle("sold", 60_000, status="sold"),
        vehicle("later", 60_000, status="coming_soon"),
    ]
    assert similar(stock) == {"free": ["held"], "held": ["free"], "sold": ["free", "held"], "later": ["free", "held"]}


def test_vehicles_without_a_price_or_a_year_have_similar_ones_too() -> None:
    stock = [vehicle("a"), vehicle("b", year=None), vehicle("c", 50_000), vehicle("d", make="", model="", body=None)]
    assert all(len(others) == 3 for others in similar(stock).values())


def test_none_are_shown_when_the_settings_say_so() -> None:
    assert similar([vehicle("a", 1000), vehicle("b", 1000)], 0) == {"a": [], "b": []}


def test_among_thousands_the_candidates_hold_the_best() -> None:
    """Against comparing with everybody: the same body always, and the same model where four cost nearly as much."""
    chance = random.Random(7)  # noqa: S311
    stock = [
        vehicle(
            f"v{number}",
            chance.randrange(30, 200) * 1000,
            make=f"Make {chance.randrange(8)}",
            model=f"Model {kind}",
            body=["suv", "sedan", "hatchback", "suv"][kind],
            year=2021,
        )
        for number, kind in enumerate(chance.choices(range(4), k=1500))
    ]
    by_code = {car.code: car for car in stock}
    for code, others in similar(stock).items():
        car = by_code[code]
        alike = [o for o in stock if (o.make, o.model) == (car.make, car.model) and o is not car]
        nearest = sorted(abs(float(o.price or 0) / float(car.price or 1) - 1) for o in alike)[:4]
        shown = [by_code[other] for other in others]
        assert all(other.body == car.body for other in shown)
        if len(nearest) == 4 and nearest[-1] < 0.05:
            assert all((other.make, other.model) == (car.make, car.model) for other in shown)


@st.composite
def lots(draw: st.DrawFn) -> list[Vehicle]:
    prices = draw(st.lists(st.one_of(st.none(), st.integers(1, 8).map(lambda price: price * 10_000)), max_size=14))
    return [
        vehicle(
            f"v{index}",
            price,
            make=draw(st.sampled_from(["Fiat", "Jeep", ""])),
            model=draw(st.sampled_from(["A", "B", ""])),
            body=draw(st.sampled_from(["suv", "pickup", None])),
            year=draw(st.one_of(st.none(), st.integers(2019, 2022))),
            status=draw(st.sampled_from(["available", "reserved", "sold", "coming_soon"])),
        )
        for index, price in enumerate(prices)
    ]


@tries(max_examples=150, deadline=None)
@given(lots(), st.integers(0, 6), st.randoms(use_true_random=False))
def test_never_itself_never_twice_as_many_as_asked_for_and_whatever_the_files_order(
    lot: list[Vehicle], count: int, chance: random.Random
) -> None:
    found = similar(lot, count)
    offered = {car.code for car in lot if car.status in {"available", "reserved"}}
    assert set(found) == {car.code for car in lot}
    for code, others in found.items():
        assert code not in others
        assert len(set(others)) == len(others) == min(count, len(offered - {code}))
        assert set(others) <= offered
    shuffled = list(lot)
    chance.shuffle(shuffled)
    assert similar(shuffled, count) == found
