"""What a visitor sees of a vehicle's life: just arrived, lower in price, sold, gone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from site_model_builders import DAY, ZONE, codes, day, rooftop, site, vehicle

from dealergen.inventory import Vehicle
from dealergen.site import Ledger, Site


def after(history: list[tuple[str, list[Vehicle]]], **values: Any) -> Site:
    """The site of the last of several builds, each a day and what the file held."""
    ledger, last = Ledger(), None
    for date, stock in history:
        last = site(stock, day(date), ledger, **values)
        ledger = last.ledger
    assert last is not None
    return last


def test_the_first_build_does_not_call_the_whole_lot_new() -> None:
    assert [entry.new_arrival for entry in after([("2026-03-01", [vehicle("a"), vehicle("b")])]).stock] == [False] * 2


def test_the_first_build_believes_the_files_own_day_of_arrival() -> None:
    stock = [
        vehicle("a", arrived=dt.date(2026, 2, 20)),
        vehicle("b", arrived=dt.date(2026, 2, 15)),
        vehicle("c", arrived=dt.date(2026, 3, 5)),
    ]
    shown = {entry.vehicle.code: entry.new_arrival for entry in after([("2026-03-01", stock)]).stock}
    assert shown == {"a": True, "b": False, "c": False}


@pytest.mark.parametrize(("date", "new"), [("2026-03-05", True), ("2026-03-18", True), ("2026-03-19", False)])
def test_a_vehicle_is_new_for_fourteen_days_from_its_first_build(date: str, new: bool) -> None:
    stock = [vehicle("a"), vehicle("b")]
    shown = after([("2026-03-01", stock[:1]), ("2026-03-05", stock), (date, stock)]).stock
    assert {entry.vehicle.code: entry.new_arrival for entry in shown} == {"a": False, "b": new}


def test_a_vehicle_added_later_on_the_first_day_is_new() -> None:
    stock = [vehicle("a"), vehicle("b")]
    shown = after([("2026-03-01", stock[:1]), ("2026-03-01", stock)]).stock
    assert {entry.vehicle.code: entry.new_arrival for entry in shown} == {"a": False, "b": True}


def test_an_arrival_before_the_first_build_wins_over_the_day_it_was_first_seen() -> None:
    late = vehicle("b", arrived=dt.date(2026, 1, 10))
    entry = after([("2026-03-01", []), ("2026-03-05", [late])]).stock[0]
    assert not entry.new_arrival
    assert entry.first_seen == dt.date(2026, 1, 10)


def test_a_vehicle_still_to_come_has_not_arrived() -> None:
    shown = after([("2026-03-01", []), ("2026-03-05", [vehicle("b", status="coming_soon")])]).stock
    assert [entry.new_arrival for entry in shown] == [False]


def priced(*prices: tuple[str, int | None]) -> Decimal | None:
    """What the price is shown to have fallen from, after builds on those days with those prices."""
    return after([(date, [vehicle("a", price)]) for date, price in prices]).stock[0].dropped_from


@pytest.mark.parametrize(
    ("history", "before"),
    [
        ([("2026-03-01", 50_000), ("2026-03-05", 48_000)], 50_000),
        ([("2026-03-01", 50_000), ("2026-03-01", 48_000)], 50_000),
        ([("2026-03-01", 50_000), ("2026-03-05", 48_000), ("2026-04-03", 48_000)], 50_000),
        ([("2026-03-01", 50_000), ("2026-03-05", 48_000), ("2026-04-04", 48_000)], None),
        ([("2026-03-01", 50_000), ("2026-03-05", 49_501)], None),
        ([("2026-03-01", 50_000), ("2026-03-05", 49_500)], 50_000),
        ([("2026-03-01", 50_000), ("2026-03-05", 48_000), ("2026-03-09", 50_000)], None),
        ([("2026-03-01", 50_000), ("2026-03-05", 48_000), ("2026-03-09", 49_000)], None),
        ([("2026-03-01", 50_000), ("2026-03-05", 48_000), ("2026-03-09", 46_000)], 50_000),
        ([("2026-03-01", 50_000), ("2026-03-05", 48_000), ("2026-03-20", 46_000), ("2026-04-10", 46_000)], 48_000),
        ([("2026-03-01", 50_000), ("2026-03-05", None), ("2026-03-09", 46_000)], None),
        ([("2026-03-01", 50_000), ("2026-03-05", None)], None),
        ([("2026-03-01", 48_000), ("2026-03-05", 50_000)], None),
    ],
)
def test_a_fall_in_price_is_shown_while_it_is_recent_and_real(
    history: list[tuple[str, int | None]], before: int | None
) -> None:
    assert priced(*history) == before


def test_a_price_raised_first_is_measured_against_the_lowest_of_the_month_before() -> None:
    assert priced(("2026-03-01", 48_000), ("2026-03-05", 55_000), ("2026-03-09", 50_000)) is None
    assert priced(("2026-03-01", 48_000), ("2026-03-05", 55_000), ("2026-03-09", 45_000)) == 48_000
    assert priced(("2026-01-01", 48_000), ("2026-01-05", 55_000), ("2026-03-09", 50_000)) == 55_000


def test_a_zero_too_many_put_right_is_not_an_offer() -> None:
    assert priced(("2026-03-01", 899_000), ("2026-03-02", 89_900)) is None


def test_a_zero_too_few_for_an_hour_does_not_hide_a_later_fall() -> None:
    slip = [("2026-03-01", 50_000), ("2026-03-02", 5_000), ("2026-03-02", 50_000), ("2026-03-09", 47_000)]
    assert priced(*slip) == 50_000


@pytest.mark.parametrize(("date", "shown"), [("2026-03-01", True), ("2026-03-30", True), ("2026-03-31", False)])
def test_a_sold_vehicle_says_so_for_thirty_days(date: str, shown: bool) -> None:
    sold = vehicle("a", status="sold")
    last = after([("2026-03-01", [sold]), (date, [sold])])
    assert codes(last.sold) == ["a"] * shown
    assert last.stock == []


def test_the_files_day_of_sale_counts() -> None:
    told = vehicle("a", status="sold", sold_on=dt.date(2026, 2, 10))
    assert [entry.sold_on for entry in after([("2026-03-01", [told])]).sold] == [dt.date(2026, 2, 10)]
    assert after([("2026-03-12", [told])]).sold == []


def test_a_day_of_sale_to_come_does_not_date_a_sale() -> None:
    told = vehicle("a", status="sold", sold_on=dt.date(2026, 3, 20))
    assert [entry.sold_on for entry in after([("2026-03-01", [told])]).sold] == [dt.date(2026, 3, 1)]
    assert [entry.sold_on for entry in after([("2026-03-01", [told]), ("2026-03-20", [told])]).sold] == [
        dt.date(2026, 3, 20)
    ]


def test_a_vehicle_sold_long_ago_that_was_never_shown_stays_unknown() -> None:
    last = after([("2026-03-01", [vehicle("a", status="sold", sold_on=dt.date(2025, 1, 1)), vehicle("b")])])
    assert codes(last.stock) == ["b"]
    assert last.sold == []
    assert list(last.ledger.vehicles) == ["b"]


def test_a_row_that_left_the_file_is_shown_as_sold_from_what_was_published() -> None:
    car = vehicle("a", 50_000, trim="Drive 1.0", condition="certified")
    entry = after([("2026-03-01", [car, vehicle("b")]), ("2026-03-05", [vehicle("b")])]).sold[0]
    found = entry.vehicle
    assert (entry.gone, entry.sold_on, found.status) == (True, dt.date(2026, 3, 5), "sold")
    assert (found.name, found.year, found.price, found.body) == (
        "Fiat Argo Drive 1.0",
        2021,
        Decimal(50_000),
        "hatchback",
    )
    assert found.condition == "certified"
    assert not entry.new_arrival
    assert entry.dropped_from is None


def test_a_vehicle_marked_sold_before_it_left_keeps_its_day_of_sale() -> None:
    history = [("2026-03-01", [vehicle("a", status="sold")]), ("2026-03-20", list[Vehicle]())]
    assert [entry.sold_on for entry in after(history).sold] == [dt.date(2026, 3, 1)]
    assert after([*history, ("2026-03-31", [])]).sold == []


def test_a_vehicle_that_comes_back_is_in_stock_again() -> None:
    last = after([("2026-03-01", [vehicle("a")]), ("2026-03-05", []), ("2026-03-08", [vehicle("a")])])
    assert codes(last.stock) == ["a"]
    assert last.sold == []


def test_the_most_recent_sale_comes_first() -> None:
    sold = [vehicle(code, status="sold", sold_on=dt.date(2026, 2, date)) for code, date in (("a", 10), ("b", 20))]
    assert codes(after([("2026-03-01", [*sold, vehicle("c", status="sold")])]).sold) == ["c", "b", "a"]


def test_a_store_that_is_not_known_is_the_main_one() -> None:
    stores = [rooftop(), rooftop(id="norte", name="Loja Norte")]
    stock = [vehicle("a", rooftop="norte"), vehicle("b", rooftop="closed-last-year")]
    shown = after([("2026-03-01", stock)], rooftops=stores).stock
    assert {entry.vehicle.code: entry.rooftop.id for entry in shown} == {"a": "norte", "b": "centro"}


def test_the_digest_changes_with_each_thing_that_is_shown_and_with_nothing_else() -> None:
    history = [("2026-03-01", list[Vehicle]()), ("2026-03-05", [vehicle("a", 50_000)])]
    first = after(history).stock[0].digest
    assert after([*history, ("2026-03-06", [vehicle("a", 50_000)])]).stock[0].digest == first
    others = [
        after([*history, ("2026-03-06", [vehicle("a", 48_000)])]).stock[0].digest,
        after([*history, ("2026-03-30", [vehicle("a", 50_000)])]).stock[0].digest,
        after([*history, ("2026-03-06", [vehicle("a", 50_000, status="reserved")])]).stock[0].digest,
        after([*history, ("2026-03-06", [])]).sold[0].digest,
        after([*history, ("2026-03-07", [])]).sold[0].digest,
        after(history, rooftops=[rooftop(name="Loja Nova")]).stock[0].digest,
    ]
    assert len({first, *others}) == len(others) + 1


def test_the_clock_is_the_main_stores_also_when_it_is_given_in_another_zone() -> None:
    last = site([vehicle("a")], dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC))
    assert last.now == dt.datetime(2026, 3, 1, 22, 0, tzinfo=ZONE)
    assert last.now.utcoffset() == -3 * dt.timedelta(hours=1)
    assert last.stock[0].first_seen == dt.date(2026, 3, 1)


def test_building_twice_at_one_clock_gives_one_site() -> None:
    history = [("2026-03-01", [vehicle("a", 50_000), vehicle("b")]), ("2026-03-03", [vehicle("a", 47_000)])]
    once, twice = after(history), after([*history, history[-1]])
    assert [entry.digest for entry in once.stock + once.sold] == [entry.digest for entry in twice.stock + twice.sold]
    assert once.changes_at == twice.changes_at
    assert once.ledger == twice.ledger


ORDERED = [
    vehicle("a", 70_000, mileage=30_000, year=2020, status="reserved", arrived=dt.date(2026, 2, 27)),
    vehicle("b", 50_000, mileage=None, year=2022, arrived=dt.date(2026, 1, 1)),
    vehicle("c", None, mileage=10_000, year=None, arrived=dt.date(2026, 2, 1)),
    vehicle("d", 60_000, mileage=90_000, year=2018, status="coming_soon", arrived=dt.date(2026, 1, 20)),
    vehicle("e", 60_000, mileage=20_000, year=2022, arrived=dt.date(2026, 2, 1)),
]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", "cebad"),
        ("price", "bdeac"),
        ("-price", "adebc"),
        ("mileage", "ceadb"),
        ("year", "dabec"),
        ("-year", "beadc"),
    ],
)
def test_the_listing_follows_the_settings_whatever_the_files_order(order: str, expected: str) -> None:
    for stock in (ORDERED, ORDERED[::-1]):
        assert "".join(codes(site(stock, day("2026-03-01"), listing={"order": order}).stock)) == expected


def test_a_clock_set_back_is_no_error() -> None:
    ahead = site([vehicle("a", 50_000), vehicle("b")], day("2026-03-10"))
    back = site([vehicle("a", 48_000)], day("2026-03-10") - 5 * DAY, ahead.ledger)
    assert codes(back.stock) == ["a"]
    assert codes(back.sold) == ["b"]
