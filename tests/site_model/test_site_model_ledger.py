"""What the ledger remembers from build to build, and what it never holds."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_model_builders import DAY, day, vehicle

from dealergen.inventory import Vehicle
from dealergen.site import Ledger, VehicleRecord

START = dt.date(2026, 3, 1)


def entered(*vehicles: Vehicle, on: str = "2026-03-01", after: Ledger | None = None) -> Ledger:
    return (after or Ledger()).enter(vehicles, day(on))


def test_a_vehicle_is_first_seen_on_the_day_of_the_build_by_the_clock_of_the_store() -> None:
    before_midnight = dt.datetime(2026, 3, 2, 2, 30, tzinfo=dt.UTC).astimezone(day("2026-03-01").tzinfo)
    assert Ledger().enter([vehicle("a")], before_midnight).vehicles["a"].first_seen == START


def test_only_changes_of_price_are_remembered() -> None:
    ledger = entered(vehicle("a", 50_000))
    ledger = entered(vehicle("a", 50_000), on="2026-03-02", after=ledger)
    ledger = entered(vehicle("a", 48_000), on="2026-03-03", after=ledger)
    ledger = entered(vehicle("a"), on="2026-03-04", after=ledger)
    assert ledger.vehicles["a"].prices == (
        (START, Decimal(50_000)),
        (START + 2 * DAY, Decimal(48_000)),
        (START + 3 * DAY, None),
    )


def test_the_last_twelve_prices_are_kept() -> None:
    ledger = Ledger()
    for step in range(20):
        ledger = ledger.enter([vehicle("a", 50_000 - step)], day("2026-03-01") + step * DAY)
    assert [price for _, price in ledger.vehicles["a"].prices] == [Decimal(50_000 - step) for step in range(8, 20)]


def test_what_a_sold_vehicle_fetched_is_not_remembered() -> None:
    ledger = entered(vehicle("a", 50_000))
    ledger = entered(vehicle("a", 43_210, status="sold"), vehicle("b", 31_000, status="sold"), after=ledger)
    assert ledger.vehicles["a"].price == 50_000
    assert ledger.vehicles["b"].price is None
    assert b"43210" not in ledger.public_bytes()
    assert b"31000" not in ledger.public_bytes()


def test_nothing_that_identifies_a_vehicle_to_others_is_in_the_published_text() -> None:
    secret = vehicle("a", 50_000, vin="9BWZZZ377VT004251", stock_number="ST-778", description="Dono anterior: X")
    text = entered(secret).public_bytes().decode()
    assert "Argo" in text
    assert not [word for word in ("9BWZZZ377VT004251", "ST-778", "Dono", "inventory.csv") if word in text]


def test_a_build_on_another_day_without_a_change_leaves_the_ledger_as_it_was() -> None:
    stock = [vehicle("a", 50_000), vehicle("b", status="sold")]
    paths = {"/estoque/": None, "/estoque/argo-a/": "a"}
    first = Ledger().enter(stock, day("2026-03-01")).publish(paths, day("2026-03-01"))
    later = first.enter(stock, day("2026-03-09")).publish(paths, day("2026-03-09"))
    assert later.public_bytes() == first.public_bytes()


def test_a_vehicle_that_vanished_left_on_the_day_on_which_it_was_missed() -> None:
    ledger = entered(vehicle("a"), vehicle("b"))
    ledger = entered(vehicle("b"), on="2026-03-05", after=ledger)
    ledger = entered(vehicle("b"), on="2026-03-06", after=ledger)
    assert ledger.vehicles["a"].left == dt.date(2026, 3, 5)


def test_a_vehicle_that_comes_back_within_three_months_is_the_one_that_left() -> None:
    ledger = entered(vehicle("a", 50_000))
    ledger = entered(on="2026-03-05", after=ledger)
    record = entered(vehicle("a", 50_000), on="2026-05-01", after=ledger).vehicles["a"]
    assert (record.first_seen, record.left) == (START, None)


def test_a_vehicle_that_comes_back_after_half_a_year_is_new_with_new_prices() -> None:
    ledger = entered(vehicle("a", 50_000))
    ledger = entered(on="2026-03-05", after=ledger)
    record = entered(vehicle("a", 42_000), on="2026-09-01", after=ledger).vehicles["a"]
    assert record.first_seen == dt.date(2026, 9, 1)
    assert record.prices == ((dt.date(2026, 9, 1), Decimal(42_000)),)


def test_a_sale_is_dated_by_the_file_else_by_the_day_on_which_it_was_first_seen() -> None:
    told = vehicle("a", status="sold", sold_on=dt.date(2026, 2, 20))
    ledger = entered(told, vehicle("b", status="sold"))
    ledger = entered(told, vehicle("b", status="sold"), on="2026-03-08", after=ledger)
    assert ledger.vehicles["a"].sold == dt.date(2026, 2, 20)
    assert ledger.vehicles["b"].sold == START


def test_a_sale_that_fell_through_is_forgotten() -> None:
    ledger = entered(vehicle("a", status="sold"))
    assert entered(vehicle("a"), on="2026-03-04", after=ledger).vehicles["a"].sold is None


def test_last_prices_are_of_the_vehicles_in_the_last_file() -> None:
    ledger = entered(vehicle("a", 50_000), vehicle("b"), vehicle("c", 70_000))
    ledger = entered(vehicle("a", 49_000), vehicle("b"), on="2026-03-02", after=ledger)
    assert ledger.last_prices() == {"a": Decimal(49_000), "b": None}
    assert Ledger().last_prices() == {}


def test_the_text_is_json_with_a_line_for_each_vehicle_and_address_in_order() -> None:
    ledger = entered(vehicle("b", 50_000, trim='Drive "1.0"'), vehicle("a", make="Citroën"))
    ledger = ledger.publish({"/b/": "b", "/a/": "a"}, day("2026-03-01"))
    lines = ledger.public_bytes().decode().splitlines()
    assert [line[:5] for line in lines] == ['{"ver', '"a":{', '"b":{', '},"ur', '"/a/"', '"/b/"', "}}"]
    document = json.loads(ledger.public_bytes())
    assert document["version"] == 1
    assert document["vehicles"]["a"]["make"] == "Citroën"
    assert document["vehicles"]["b"]["prices"] == [["2026-03-01", 50_000]]
    assert document["urls"]["/a/"] == ["a", "2026-03-01", None, ""]


def test_an_address_remembers_when_what_it_shows_last_changed() -> None:
    ledger = Ledger().publish({"/a/": None}, day("2026-03-01"), contents={"/a/": "one"})
    same = ledger.publish({"/a/": None}, day("2026-03-05"), contents={"/a/": "one"})
    other = Ledger.parse(same.public_bytes()).publish({"/a/": None}, day("2026-03-09"), contents={"/a/": "two"})
    again = other.publish({"/a/": None}, day("2026-03-09"), contents={"/a/": "two"})
    assert [entry.urls["/a/"].modified.isoformat() for entry in (ledger, same, other, again)] == [
        "2026-03-01",
        "2026-03-01",
        "2026-03-09",
        "2026-03-09",
    ]
    assert other.urls["/a/"].since == START


def test_cents_survive_exactly() -> None:
    ledger = entered(Vehicle(code="a", file="f", line=2, price=Decimal("12999.90")))
    assert Ledger.parse(ledger.public_bytes()).vehicles["a"].price == Decimal("12999.90")


GOOD = {"first_seen": "2026-03-01", "prices": [], "make": "Fiat", "model": "Argo", "trim": "", "year": 2021}
LINE = GOOD | {"body": "hatchback", "rooftop": "centro", "condition": "used"}


def document(**changes: object) -> bytes:
    return json.dumps({"version": 1, "begun": "2026-03-01", "vehicles": {"a": LINE}, "urls": {}} | changes).encode()


def test_a_ledger_written_by_hand_is_read() -> None:
    record = Ledger.parse(document()).vehicles["a"]
    assert record == VehicleRecord(START, make="Fiat", model="Argo", year=2021, body="hatchback", rooftop="centro")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html><title>Not found</title>",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"version":1',
        b"[" * 100_000,
        document(version=2),
        document(version=None),
        document(begun="yesterday"),
        document(vehicles=[]),
        document(vehicles={"../../etc": LINE}),
        document(vehicles={"a": GOOD}),
        document(vehicles={"a": LINE | {"prices": [["2026-03-01", float("nan")]]}}),
        document(vehicles={"a": LINE | {"prices": [["2026-03-01", "cheap"]]}}),
        document(vehicles={"a": LINE | {"prices": [["2026-03-01"]]}}),
        document(vehicles={"a": LINE | {"make": 7}}),
        document(urls={"/a/\n/* https://elsewhere.example 301!": [None, "2026-03-01", None, ""]}),
        document(urls={"/a/ https://elsewhere.example": [None, "2026-03-01", None, ""]}),
        document(urls={"/a/": [None, "2026-03-01", None, "", "2026-03-02", "/b/ 301"]}),
        document(urls={"/a/": {"since": "2026-03-01"}}),
    ],
)
def test_anything_but_a_whole_ledger_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Ledger.parse(data)


def test_a_number_too_large_to_print_is_refused() -> None:
    data = document(vehicles={"a": LINE | {"prices": [["2026-03-01", 7]]}}).replace(b"7]", b"1e999999]")
    with pytest.raises(ValueError, match="sensible size"):
        Ledger.parse(data)


def test_words_outside_the_vocabulary_and_control_characters_do_not_come_in() -> None:
    odd = LINE | {"body": "spaceship", "condition": "<script>", "make": "Fi\x00a\u202et\n"}
    record = Ledger.parse(document(vehicles={"a": odd})).vehicles["a"]
    assert (record.body, record.condition, record.make) == (None, "used", "Fiat")


def test_a_path_with_a_space_is_not_taken() -> None:
    with pytest.raises(ValueError, match="not the path of an address"):
        Ledger().publish({"/a b/": None}, day("2026-03-01"))


prices = st.one_of(st.none(), st.integers(1, 500_000).map(Decimal), st.decimals(1, 99_999, places=2))
texts = st.text(st.characters(exclude_categories=["C"]), max_size=12)


@st.composite
def vehicles(draw: st.DrawFn) -> list[Vehicle]:
    found = draw(st.sets(st.sampled_from("abcdef"), max_size=6))
    return [
        Vehicle(
            code=code,
            file="f",
            line=2,
            price=draw(prices),
            make=draw(texts),
            year=draw(st.one_of(st.none(), st.integers(1950, 2030))),
            status=draw(st.sampled_from(["available", "reserved", "sold", "coming_soon"])),
            sold_on=draw(st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))),
        )
        for code in sorted(found)
    ]


moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 6, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
builds = st.lists(st.tuples(moments, vehicles()), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(builds)
def test_a_build_repeated_at_the_same_clock_changes_nothing(history: list[tuple[dt.datetime, list[Vehicle]]]) -> None:
    ledger = Ledger()
    for now, stock in history:
        paths = {f"/{vehicle.make and 'x'}{vehicle.code}/": vehicle.code for vehicle in stock}
        ledger = ledger.enter(stock, now).publish(paths, now)
        again = Ledger.parse(ledger.public_bytes()).enter(reversed(stock), now).publish(paths, now)
        assert again.public_bytes() == ledger.public_bytes()


@settings(max_examples=60, deadline=None)
@given(builds)
def test_what_is_written_is_read_back(history: list[tuple[dt.datetime, list[Vehicle]]]) -> None:
    ledger = Ledger()
    for now, stock in history:
        ledger = ledger.enter(stock, now)
    assert Ledger.parse(ledger.public_bytes()) == ledger
